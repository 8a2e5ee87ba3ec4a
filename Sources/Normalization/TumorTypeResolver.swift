// SPDX-License-Identifier: Apache-2.0
package import Alterations
internal import DelimitedText
package import InputFormats
package import Knowledge

/// Decides a sample's tumor type and site from its sheet entry and the command line.
package struct TumorTypeResolver: Sendable {
  package let tree: TumorTypeTree
  package let fallback: String
  private let sites: SiteCodes
  /// Reads names that state findings beside the type; `nil` where findings are not wanted.
  private let diagnoses: DiagnosisText?

  /// A resolver over a tree.
  ///
  /// - Parameters:
  ///   - fallback: The type of samples for which nothing else gives one, as written; empty for none.
  ///   - sites: Codes that depend on the site.
  ///   - diagnoses: Reads names that state findings beside the type; `nil` for names that state a type alone.
  package init(
    tree: TumorTypeTree, fallback: String, sites: SiteCodes = Facts.builtIn.siteCodes, diagnoses: DiagnosisText? = nil
  ) {
    self.tree = tree
    self.diagnoses = diagnoses
    self.fallback = fallback
    self.sites = sites
  }

  /// The codes, where they came from, the site, and a remark when something could not be mapped.
  package struct Answer {
    package var codes: [String] = []
    /// Whether they are types of several organs that share the stated name.
    var areNamesakes = false
    package var source = ""
    /// Whether a code was written, which needs no reading.
    package var isCode = false
    package var site: TumorSite?
    /// The WHO grade that the type says; `nil` when it says none.
    package var grade: Int?
    package var remark = ""
    /// Findings that the name of the type states beside it.
    package var findings: [Alteration] = []
    /// A type that is not known, with what may have been meant; empty when there is none.
    package var unknownType = ""
  }

  package func resolve(_ entry: SampleSheet.Entry?) -> Answer {
    var answer = Answer()
    answer.site = Self.site(entry?.site ?? "")
    var unmapped: [String] = []
    var isStated = false
    var (taken, others): (String, [String]) = ("", [])
    if let entry {
      for (index, text) in ([entry.tumorType] + entry.otherTumorTypes).enumerated() where !text.isEmpty {
        // Behind the type that counts names are looked up and not read.
        if !answer.codes.isEmpty {
          if let other = tree.understand(text)?.code, isAnother(other, than: answer.codes) {
            others.append("'\(text)'")
          }
          continue
        }
        let name = named(text)
        unmapped += name.failed
        if name.codes.isEmpty, !Self.saysNothing(text) { isStated = true }
        guard !name.codes.isEmpty else { continue }
        take(name, from: index == 0 ? "sheet \(entry.tumorTypeColumn)" : "sheet", text, &answer)
        taken = text
      }
    }
    // A type that is stated and not known is another one than that of the command line.
    if answer.codes.isEmpty, !isStated, !fallback.isEmpty {
      let name = named(fallback)
      unmapped += name.failed
      if !name.codes.isEmpty { take(name, from: "--tumor-type", fallback, &answer) }
    }
    if answer.codes.isEmpty {
      answer.source = "none"
      answer.remark =
        unmapped.isEmpty
        ? "tumor type unknown: tumor-agnostic rules only, as evidence of another tumor"
        : "tumor type '\(unmapped[0])' is not known: tumor-agnostic rules only, as evidence of another tumor (\(advice(unmapped[0])))"
      if let first = unmapped.first { answer.unknownType = "'\(first)' (\(advice(first)))" }
    } else if let first = unmapped.first {
      answer.remark = "tumor type '\(first)' is not known and left out (\(advice(first)))"
      answer.unknownType = "'\(first)' (\(advice(first)))"
    }
    if !others.isEmpty {
      let remark =
        "the sample sheet names another tumor type beside '\(taken)', which is used: \(others.joined(separator: ", "))"
      answer.remark += (answer.remark.isEmpty ? "" : "; ") + remark
    }
    if !answer.findings.isEmpty {
      let findings = answer.findings.map { "\($0.gene) \($0.description)" }.joined(separator: ", ")
      let remark = "the name of the tumor type states findings, which are read as such: \(findings)"
      answer.remark += (answer.remark.isEmpty ? "" : "; ") + remark
    }
    settleGrade(entry?.values["grade"] ?? "", &answer)
    settleOrgan(entry?.site ?? "", &answer)
    // OncoTree files one histology by organ: the site decides between its codes, or the code says the site.
    if let site = answer.site {
      answer.codes = answer.codes.map { sites.code($0, at: site) }
    } else {
      answer.site = answer.codes.lazy.compactMap { sites.site(of: $0) }.first
    }
    return answer
  }

  /// Whether a type is one of another organ than those taken, and neither is a kind of the other.
  private func isAnother(_ code: String, than taken: [String]) -> Bool {
    !taken.contains { own in
      code == own || tree.covers(code, own) || tree.covers(own, code)
        || tree.organ(ofCode: code) == tree.organ(ofCode: own)
    }
  }

  /// Whether a cell states no type: empty, a word for one that nobody stated, or one for any tumor.
  private static func saysNothing(_ text: String) -> Bool {
    ByteText.isMissing(Array(text.utf8).span) || idleWords.contains(text.lowercased())
  }

  private static let idleWords: Set<String> = [
    "unknown", "not known", "not available", "not specified", "not reported", "not stated", "missing", "tumor",
    "tumour", "cancer", "neoplasm", "malignancy", "primary", "primary tumor", "primary tumour", "metastasis",
    "metastatic",
    "recurrent", "recurrence", "relapse",
  ]

  /// Of types of several organs that share a name those of the site; without a site all may be meant, which is said.
  private func settleOrgan(_ site: String, _ answer: inout Answer) {
    guard answer.areNamesakes else { return }
    let words = Set(site.lowercased().split { !$0.isLetter }.map(String.init))
    let own = answer.codes.filter { code in
      tree.organ(ofCode: code).lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) }
    }
    if !own.isEmpty { answer.codes = own }
    guard answer.codes.count > 1 else { return }
    let organs = answer.codes.map { "\($0) (\(tree.organ(ofCode: $0)))" }.joined(separator: ", ")
    answer.remark +=
      (answer.remark.isEmpty ? "" : "; ") + "the name of the tumor type is that of \(organs): give the code or the site"
  }

  /// Takes up the grade of the sheet; where it and the type contradict each other neither is believed.
  private func settleGrade(_ cell: String, _ answer: inout Answer) {
    guard let stated = TumorGrade.read(cell) else { return }
    if let known = answer.grade, known != stated {
      answer.grade = nil
      let remark = "grade \(stated) contradicts the tumor type, which says grade \(known): the grade is not used"
      answer.remark += (answer.remark.isEmpty ? "" : "; ") + remark
    } else {
      answer.grade = stated
    }
  }

  /// The answer for a type and site stated in words.
  package func resolve(tumorType: String, site: String, grade: String = "") -> Answer {
    var entry = SampleSheet.Entry()
    if !grade.isEmpty { entry.values = SheetValues(stated: [("grade", grade)]) }
    entry.tumorType = tumorType
    entry.tumorTypeColumn = "tumor_type"
    entry.site = site
    return resolve(entry)
  }

  /// What to write in the place of a type that is not known.
  package func advice(_ text: String) -> String { tree.advice(text) }

  /// What the name of a type says.
  private struct Named {
    var codes: [String] = []
    /// How it was read.
    var source: TumorTypeTree.Source?
    /// Parts that are no types.
    var failed: [String] = []
    var findings: [Alteration] = []
  }

  private func named(_ text: String) -> Named {
    let successors = tree.successors(of: text)
    if successors.count > 1 {
      return Named(codes: successors, source: text.trimmingWhiteSpace.contains(" ") ? .alias : .retiredCode)
    }
    if let whole = tree.understand(text) {
      let namesakes = whole.source == .name ? tree.namesakes(text) : []
      // What a name of the tree says is what its code says.
      let findings = whole.source.isCode || tree.isName(text) ? nil : diagnoses?.read(text)?.findings
      return Named(
        codes: namesakes.count > 1 ? namesakes : [whole.code], source: whole.source, findings: findings ?? [])
    }
    if let diagnosis = diagnoses?.read(text) {
      return Named(codes: diagnosis.codes, source: diagnosis.source, findings: diagnosis.findings)
    }
    for spelled in Self.spelledOut(text) {
      let name = named(spelled)
      if !name.codes.isEmpty, name.failed.isEmpty { return name }
    }
    var name = Named()
    let parts = text.split(whereSeparator: { $0 == ";" || $0 == "|" || $0 == "+" })
    for part in parts {
      if let found = tree.understand(String(part)) {
        if !name.codes.contains(found.code) { name.codes.append(found.code) }
        name.source = found.source
      } else {
        name.failed.append(String(part))
      }
    }
    return name
  }

  /// `breast ca`, `lung adenoca` with the words that clinics shorten; none where nothing is shortened.
  private static func spelledOut(_ text: String) -> [String] {
    let words = text.split(separator: " ").map(String.init)
    return [("cancer", "adenocarcinoma"), ("carcinoma", "adenocarcinoma")].compactMap { own, gland in
      let spelled = words.map { word in
        let bare = word.lowercased().filter { !".,".contains($0) }
        let end = word.hasSuffix(",") ? "," : ""
        return bare == "ca" ? own + end : ["adenoca", "adeno-ca"].contains(bare) ? gland + end : word
      }
      return spelled == words ? nil : spelled.joined(separator: " ")
    }
  }

  private func take(_ name: Named, from place: String, _ text: String, _ answer: inout Answer) {
    answer.codes = name.codes
    answer.areNamesakes = name.codes.count > 1 && tree.namesakes(text).count > 1
    answer.grade = tree.grade(of: text)
    answer.findings = name.findings
    answer.isCode = name.source == .code
    answer.source = "\(place) (\(name.source?.rawValue ?? ""))"
  }

  /// The site that a text names; `nil` for an empty one.
  package static func site(_ text: String) -> TumorSite? {
    let lowered = text.lowercased()
    if lowered.isEmpty { return nil }
    if lowered.contains("extra-uter") || lowered.contains("extrauter") { return .extraUterine }
    return lowered.contains("uter") || lowered.contains("myometri") ? .uterine : .extraUterine
  }
}
