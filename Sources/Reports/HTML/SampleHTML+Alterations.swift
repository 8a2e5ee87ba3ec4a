// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Matching
internal import Knowledge

extension SamplePage {
  /// Alterations as written and as understood: what matched, then uncertain ones, then the rest.
  func alterations(_ html: inout HTMLBuffer) {
    named("alterations", "Alterations", lead: "As written in the input and as understood.", &html) { html in
      if report.alterationCount == 0 { html.element("p", text: "None was kept for this sample.") }
      let indices = matches.alterations.indices
      let matched = indices.filter { matches.alterations[$0].outcome == .matched }
      let uncertain = indices.filter { matches.alterations[$0].outcome == .vus }
      let others = indices.filter { ![.matched, .vus].contains(matches.alterations[$0].outcome) }
      if matched.isEmpty, report.alterationCount > 0 {
        html.element("p") { html in
          html.element("strong", text: "No match: ")
          html.text("no alteration meets a rule of the table.")
        }
      }
      if !matched.isEmpty { table("Matched by a rule", matched, &html) }
      if !uncertain.isEmpty {
        html.element("h3", text: "Variants of uncertain significance (\(uncertain.count))")
        folded(uncertain.count, "variant", "variants", isOpen: uncertain.count <= 8, &html) { html in
          table("Variants of uncertain significance: no match", uncertain, &html)
        }
      }
      if !others.isEmpty {
        html.element("h3", text: "No match (\(others.count))")
        folded(others.count, "further alteration", "further alterations", isOpen: others.count <= 8, &html) { html in
          table("Alterations without a rule, benign, silent or not evaluated", others, &html)
        }
      }
      if !report.unlisted.isEmpty {
        html.element("h3", text: "Genes without rules (\(report.unlisted.count))")
        folded(report.unlisted.count, "change", "changes", isOpen: false, &html) { html in
          html.element("p", "class=\"small\"") { html in
            for (place, alteration) in report.unlisted.enumerated() {
              html.text((place == 0 ? "" : ", ") + alteration.gene + " " + alteration.description)
              if !alteration.cautions.isEmpty { html.text(" (" + measured(alteration) + ")") }
            }
            html.text(": no rule in the table.")
          }
        }
      }
    }
  }

  private func table(_ caption: StaticString, _ indices: [Int], _ html: inout HTMLBuffer) {
    scrolling(caption, &html) { html in
      html.element("caption") { $0.markup(caption) }
      html.markup(
        """
        <thead><tr><th scope="col">Alteration</th><th scope="col">As written</th><th scope="col">Oncogenicity</th>\
        <th scope="col">Outcome</th><th scope="col">Measured</th><th scope="col">Source</th></tr></thead>
        """)
      html.element("tbody") { html in
        for index in indices { alteration(index, &html) }
      }
    }
  }

  private func alteration(_ index: Int, _ html: inout HTMLBuffer) {
    let annotated = matches.alterations[index]
    let alteration = annotated.alteration
    html.element("tr", "", ("id", "a\(index)")) { html in
      html.element("th", "scope=\"row\"") { html in
        html.text(annotated.plainName)
        let name = alteration.className.withSpaces
        if !name.isEmpty, name != annotated.plain, !alteration.isCopyNumber {
          html.markup(" ")
          html.element("small", text: name)
        }
      }
      html.element("td") { $0.element("code", text: alteration.asWritten) }
      html.element("td") { html in
        html.text(ReportWords.oncogenicity(annotated.oncogenicity.verdict))
        if !annotated.oncogenicity.reason.isEmpty {
          html.element("small", text: annotated.oncogenicity.reason)
        }
      }
      html.element("td") { html in
        html.text(ReportWords.outcome(annotated.outcome))
        let reason = annotated.plainReason
        if !reason.isEmpty { html.element("small", text: reason) }
      }
      html.element("td", text: measured(alteration))
      html.element("td") { html in
        guard let source = alteration.source else { return html.text("sample sheet or statement") }
        html.text("\(shortPath(report.files[source.file] ?? "")), line \(source.line)")
      }
    }
    html.newline()
  }

  /// A file without the sample's folder, which the list of inputs names.
  private func shortPath(_ path: String) -> String {
    let folder = report.directory
    guard !folder.isEmpty, path.hasPrefix(folder), path.utf8.count > folder.utf8.count + 1 else { return path }
    let rest = path.dropFirst(folder.count)
    return rest.first == "/" ? String(rest.dropFirst()) : path
  }

  private func measured(_ alteration: Alteration) -> String {
    var parts: [String] = []
    if let fraction = alteration.variantAlleleFraction { parts.append("VAF " + ReportWords.percent(fraction)) }
    if let fraction = alteration.cancerCellFraction { parts.append("CCF " + ReportWords.percent(fraction)) }
    if let copies = alteration.copyNumber { parts.append("copies " + ReportWords.plain(copies)) }
    if alteration.origin != .unknown { parts.append(alteration.origin.rawValue) }
    parts += alteration.cautions.map(\.words)
    return parts.joined(separator: ", ")
  }

  /// Rules about an altered gene that were not met, with the first thing that failed.
  func nearMisses(_ html: inout HTMLBuffer) {
    guard !matches.nearMisses.isEmpty else { return }
    named(
      "near_misses", "Near misses",
      lead: "Rules about an altered gene that were not met: what was found, against what the rule asks for.",
      &html
    ) { html in
      let weak = matches.nearMisses.count { $0.rule.level >= .d }
      let shown = matches.nearMisses.count - weak
      if weak > 0 {
        html.element(
          "p", "class=\"small\"",
          text: ReportWords.count(weak, "rule", "rules")
            + " of single patients or of the laboratory (levels D and E) \(weak == 1 ? "stands" : "stand") in the report's JSON."
        )
      }
      if shown == 0 { return }
      folded(shown, "rule", "rules", isOpen: shown <= 5, &html) { html in
        scrolling("Near misses", &html) { html in
          html.element("caption", text: "Rules that were not met")
          html.markup(
            """
            <thead><tr><th scope="col">Alteration</th><th scope="col">What failed</th>\
            <th scope="col">Rules</th></tr></thead>
            """)
          html.element("tbody") { html in
            for group in missGroups { nearMiss(group.rules, group.words, &html) }
          }
        }
      }
    }
  }

  /// Near misses of one alteration that failed for one reason, in the order of the first.
  private var missGroups: [(words: String, rules: [NearMiss])] {
    struct Key: Hashable {
      let alteration: Int
      let reason: String
    }
    var groups: [(words: String, rules: [NearMiss])] = []
    var known: [Key: Int] = [:]
    for miss in matches.nearMisses where miss.rule.level < .d {
      let key = Key(alteration: miss.alteration, reason: context.words(miss))
      if let place = known[key] {
        groups[place].rules.append(miss)
      } else {
        known[key] = groups.count
        groups.append((key.reason, [miss]))
      }
    }
    return groups
  }

  /// - Parameter said: What failed, as tables say it.
  private func nearMiss(_ group: [NearMiss], _ said: String, _ html: inout HTMLBuffer) {
    let annotated = matches.alterations[group[0].alteration]
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: annotated.plainName)
      html.element("td", text: words(group[0], said))
      html.element("td") { html in
        html.list(Self.byTherapy(group, context.ruleMarkup), separator: "; ") { html, therapy in
          html.text(therapy.name)
          html.markup(" (")
          html.list(therapy.rules) { $0.text($1) }
          html.markup(")")
        }
      }
    }
    html.newline()
  }

  /// The therapies of rules in their order, each with its rules and their levels: `erlotinib` with `R0134 A1`.
  private static func byTherapy(
    _ group: [NearMiss], _ markup: RuleParts<RuleMarkup>
  ) -> [(name: String, rules: [String])] {
    var found: [(name: String, rules: [String])] = []
    for miss in group {
      let parts = markup[miss.ruleIndex]
      if let place = found.firstIndex(where: { $0.name == parts.missed }) {
        found[place].rules.append(parts.missedRule)
      } else {
        found.append((parts.missed, [parts.missedRule]))
      }
    }
    return found
  }

  /// What failed, groups of tumor types by their names.
  private func words(_ miss: NearMiss, _ said: String) -> String {
    guard case .tumorType(let code, _, let barrier) = miss.reason else {
      return PlainCell.spaced(PlainCell.calls(said))
    }
    return MissReason.words(tumorType: code, context.ruleAsked[miss.ruleIndex].plainScope, barrier)
  }
}

extension Alteration {
  /// Whether it is a call of copy number, which is in words already.
  fileprivate var isCopyNumber: Bool {
    if case .copyNumber = event { return true }
    return false
  }
}
