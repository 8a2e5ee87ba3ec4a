// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import Knowledge
internal import Matching

/// What `oncomatch annotate` says of one sample and of its rows: the cells of the columns that it adds.
///
/// Read from the report that a run would write, so that a row's answer is that of the sample's report.
package struct RowAnswers {
  let report: SampleReport
  let context: ReportContext
  let names: AnnotationNames
  /// Rows of evidence by the alteration that they rest on.
  private let rowsByAlteration: [Int: [Int]]

  /// The answers of a sample's report.
  package init(_ report: SampleReport, _ context: ReportContext, _ names: AnnotationNames) {
    self.report = report
    self.context = context
    self.names = names
    var rows: [Int: [Int]] = [:]
    for (number, match) in (report.matches?.therapies ?? []).enumerated() {
      for place in match.alterations { rows[place, default: []].append(number) }
    }
    rowsByAlteration = rows
  }

  /// Cells with the tabs between them, in the order of ``AnnotationColumns``.
  private static func bytes(_ cells: [String]) -> [UInt8] {
    var buffer = TSVWriter()
    for cell in cells { buffer.cell(cell) }
    return buffer.bytes
  }

  // MARK: Rows

  /// The cells of a row.
  package func cells(_ row: AnnotatedRow) -> [UInt8] {
    switch names {
    case .oncomatch: Self.bytes(ownCells(row))
    case .oncokb: Self.bytes(oncoKBCells(row))
    }
  }

  /// The cells in front of those of a row where a cell of a matrix has a row of its own.
  package func leadingCells(_ row: AnnotatedRow) -> [UInt8] {
    let found = row.alterations.compactMap { report.matches?.alterations[$0].alteration }
    return Self.bytes([
      report.sampleID, report.tumorType, Self.joined(found.map(\.gene)), Self.joined(found.map(\.callName)),
    ])
  }

  /// The cells of a row that belongs to no sample that was looked at.
  package static func cells(
    setAside fate: AnnotatedRow.Fate?, reason: String, _ names: AnnotationNames, version: String
  ) -> [UInt8] {
    var cells = [String](repeating: "", count: AnnotationColumns.ofRows(names).count)
    cells[cells.count - 1] = version
    switch names {
    case .oncomatch:
      cells[2] = fate?.rawValue ?? ""
      cells[cells.count - 2] = reason
    case .oncokb:
      cells[0] = "False"
      cells[cells.count - 3] = fate?.rawValue ?? ""
      cells[cells.count - 2] = reason
    }
    return bytes(cells)
  }

  private func ownCells(_ row: AnnotatedRow) -> [String] {
    let found = alterations(row)
    var list = RowWords()
    for annotated in found { list.add(annotated.alteration, .decided(annotated)) }
    for place in row.unlisted { list.add(report.unlisted[place], Judgement(unlisted: report.unlisted[place])) }
    list.reasons += row.reasons.filter { !list.reasons.contains($0) }
    let evidence = evidence(row)
    return [
      report.sampleID, report.tumorType, fate(row).rawValue, Self.joined(list.genes), Self.joined(list.changes),
      Self.joined(list.classes), Self.joined(list.oncogenicity), Self.joined(list.outcomes),
    ] + levels(EvidenceCounts(evidence)) + groups { self.isOf(row, $0) } + [
      against(row), conditions(row),
      Self.joined(Self.unique(evidence.map(\.rule.id))),
      Self.joined(Self.unique(evidence.flatMap(\.rule.references))),
      Self.joined(Self.unique(list.flags)), Self.joined(list.reasons), version,
    ]
  }

  private func oncoKBCells(_ row: AnnotatedRow) -> [String] {
    let found = alterations(row)
    let treatments = treatments(row)
    let isKept = !found.isEmpty || !row.unlisted.isEmpty
    let isEvaluated = found.contains { $0.outcome != .notEvaluated } || !row.unlisted.isEmpty
    let words =
      isKept ? oncogenicity(found, row.unlisted.map { report.unlisted[$0] }) : (effect: "", oncogenic: "")
    let isKnown = found.contains { context.table.hasRules(about: $0.gene) }
    var reasons = Self.unique(found.compactMap { $0.outcome == .notEvaluated ? $0.reason : nil })
    reasons += row.reasons.filter { !reasons.contains($0) }
    return [
      Self.word(isEvaluated), Self.word(isKnown), Self.word(found.contains { $0.outcome == .matched }), words.effect,
      "",
      words.oncogenic,
    ] + leveled(treatments) + [Self.joined(treatments.references.map(Self.citation))]
      + [String](repeating: "", count: 10) + [
        levels(EvidenceCounts(evidence(row)))[0], conditions(row), groups { self.isOf(row, $0) }[3],
        fate(row).rawValue, Self.joined(reasons), version,
      ]
  }

  /// What became of a row as a whole.
  private func fate(_ row: AnnotatedRow) -> AnnotatedRow.Fate {
    let found = alterations(row)
    if found.contains(where: { $0.outcome == .matched }) { return .matched }
    return found.isEmpty && row.unlisted.isEmpty ? row.setAside ?? .filtered : .unmatched
  }

  private func alterations(_ row: AnnotatedRow) -> [AnnotatedAlteration] {
    row.alterations.compactMap { report.matches?.alterations[$0] }
  }

  /// The rows of therapies.tsv that rest on a row's alterations, in their order.
  private func evidence(_ row: AnnotatedRow) -> [TherapyMatch] {
    let numbers = Set(row.alterations.flatMap { rowsByAlteration[$0] ?? [] }).sorted()
    return numbers.compactMap { report.matches?.therapies[$0] }
  }

  private func treatments(_ row: AnnotatedRow) -> OncoKBTreatments {
    guard let matches = report.matches, row.alterations.contains(where: { rowsByAlteration[$0] != nil }) else {
      return OncoKBTreatments()
    }
    return OncoKBTreatments(matches) { match in match.alterations.contains(where: row.alterations.contains) }
  }

  /// Whether an option rests on a row's alterations, or what closes it does.
  private func isOf(_ row: AnnotatedRow, _ option: TherapyOption) -> Bool {
    guard row.alterations.contains(where: { rowsByAlteration[$0] != nil }) else { return false }
    if option.because.contains(where: row.alterations.contains) { return true }
    guard option.group == .closed || option.group == .noBenefit else { return false }
    return option.rowsAgainst.contains { $0.alterations.contains(where: row.alterations.contains) }
  }

  /// Therapies that are not closed and that a row of evidence on these alterations speaks against.
  private func against(_ row: AnnotatedRow) -> String {
    guard row.alterations.contains(where: { rowsByAlteration[$0] != nil }) else { return "" }
    let options = (report.matches?.options ?? []).filter { option in
      option.group.isRanked
        && option.rowsAgainst.contains { $0.alterations.contains(where: row.alterations.contains) }
    }
    return Self.joined(Self.unique(options.map(\.therapy)))
  }

  /// Therapies that wait for a test, each with what would have to be tested.
  private func conditions(_ row: AnnotatedRow) -> String {
    let waiting = (report.matches?.options ?? []).filter { $0.group == .conditional && isOf(row, $0) }
    return Self.joined(Self.unique(waiting.map { "\($0.therapy): \($0.best.condition.joined(separator: ", "))" }))
  }

  // MARK: Samples

  /// The cells of the sample's row in a clinical file.
  package var sampleCells: [UInt8] {
    switch names {
    case .oncomatch: Self.bytes(ownSampleCells)
    case .oncokb: Self.bytes(oncoKBSampleCells)
    }
  }

  /// The cells of a clinical row of which no sample was looked at.
  package static func sampleCells(reason: String, _ names: AnnotationNames, version: String) -> [UInt8] {
    let columns = AnnotationColumns.ofSamples(names)
    var cells = [String](repeating: "", count: columns.count)
    cells[cells.count - 1] = version
    cells[cells.count - 2] = reason
    return bytes(cells)
  }

  private var ownSampleCells: [String] {
    let options = report.matches?.options ?? []
    let best = options.first { $0.rank == 1 }
    return [
      report.sampleID, report.tumorType, report.status.rawValue, report.highestTier, report.highestSensitivityLevel,
      report.highestResistanceLevel,
    ] + groups { _ in true } + [
      String(report.alterationCount), String(report.matchedCount), best?.therapy ?? "",
      best.flatMap { best in report.matches.map { best.becauseWords($0) } } ?? "",
      Self.joined(report.assaysSeen.map(\.rawValue)), Self.joined(report.assaysMissing.map(\.rawValue)),
      report.message, version,
    ]
  }

  private var oncoKBSampleCells: [String] {
    let found = report.matches?.alterations ?? []
    var byLevel: [OncoKBLevel: [String]] = [:]
    var withSensitive = 0, resistant: [String] = []
    for (place, annotated) in found.enumerated() where rowsByAlteration[place] != nil {
      var row = AnnotatedRow()
      row.alterations = [place]
      let treatments = treatments(row)
      let variant = annotated.gene + " " + annotated.description
      for level in OncoKBLevel.allCases {
        guard let therapies = treatments.therapies[level] else { continue }
        byLevel[level, default: []].append("\(therapies.joined(separator: ","))(\(variant))")
      }
      if treatments.therapies.keys.contains(where: { !$0.isResistance }) { withSensitive += 1 }
      if treatments.therapies.keys.contains(where: \.isResistance) { resistant.append(variant) }
    }
    let whole = report.matches.map { OncoKBTreatments($0) { !$0.alterations.isEmpty } } ?? OncoKBTreatments()
    let oncogenic = found.filter(\.oncogenicity.isOncogenic).map { $0.gene + " " + $0.description }
    let all = found.count { $0.oncogenicity.verdict != .notApplicable } + report.unlisted.count
    return OncoKBLevel.allCases.map { Self.joined(byLevel[$0] ?? []) }
      + [whole.highest(), whole.highest { !$0.isResistance }, whole.highest(\.isResistance)]
      + [String](repeating: "", count: 8) + [
        Self.joined(oncogenic), String(oncogenic.count), Self.joined(resistant), String(resistant.count),
        String(withSensitive), String(resistant.count), "0", "0", String(all), report.highestTier,
        report.status.rawValue, report.message, version,
      ]
  }

  // MARK: Cells

  /// Names and versions of the tables that were matched against.
  private var version: String { Self.version(context) }

  /// Names and versions of the tables that were matched against.
  package static func version(_ context: ReportContext) -> String { joined(context.versions.tables) }

  private func levels(_ counts: EvidenceCounts) -> [String] {
    [
      counts.strongestTier?.name ?? "", counts.sensitivityLevel?.rawValue ?? "",
      counts.resistanceLevel?.rawValue ?? "",
    ]
  }

  /// Therapies by group, for the columns of ``AnnotationColumns/groups``.
  private func groups(_ isWanted: (TherapyOption) -> Bool) -> [String] {
    let options = (report.matches?.options ?? []).filter(isWanted)
    return AnnotationColumns.groups.map { group in
      Self.joined(Self.unique(options.filter { $0.group == group }.map(\.therapy)))
    }
  }

  private func leveled(_ treatments: OncoKBTreatments) -> [String] {
    OncoKBLevel.allCases.map { (treatments.therapies[$0] ?? []).joined(separator: ",") } + [
      treatments.highest(), treatments.highest { !$0.isResistance }, treatments.highest(\.isResistance),
    ]
  }

  private static func joined(_ texts: [String]) -> String { texts.joined(separator: ";") }

  private static func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private static func word(_ isTrue: Bool) -> String { isTrue ? "True" : "False" }

  /// A reference as the annotator writes it: the number alone where it is one of PubMed.
  private static func citation(_ reference: String) -> String {
    reference.hasPrefix("PMID:") ? String(reference.dropFirst(5)) : reference
  }
}
