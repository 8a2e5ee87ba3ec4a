// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge
internal import Normalization
internal import Reports

extension SampleProcessor {
  /// Mean copies that a genome may have.
  static let ploidies = 0.5...20.0

  /// A number of the sample's row of the sheet; says so where a cell is none, or lies outside of what there may be.
  func number(
    _ name: String, _ entry: SampleSheet.Entry?, in range: ClosedRange<Double> = -.infinity ... .infinity,
    _ message: inout String
  ) -> Double? {
    guard let cell = entry?.values[name] else { return nil }
    let number = WrittenNumber(cell).value
    if let number, range.contains(number) { return number }
    let fault =
      number == nil
      ? "is no clear number"
      : "lies outside \(MutationalBurden.plain(range.lowerBound)) to \(MutationalBurden.plain(range.upperBound))"
    append("\(name) '\(cell)' of the sample sheet \(fault) and is not used", to: &message)
    return nil
  }

  /// A share of 1; a number from 2 on, or with a percent sign, counts hundredths.
  ///
  /// Between 1 and 2 it may be either, which is said.
  func share(_ name: String, _ entry: SampleSheet.Entry?, _ message: inout String) -> Double? {
    let isPercent = entry?.values[name]?.contains("%") == true
    guard let number = number(name, entry, in: 0...100, &message) else { return nil }
    if isPercent || number >= 2 { return number / 100 }
    if number <= 1 { return number }
    append(
      "\(name) '\(entry?.values[name] ?? "")' of the sample sheet may be a share or a percentage and is not used (write it with %)",
      to: &message)
    return nil
  }

  /// The patient's age in years; `nil` where the sheet states none that there may be.
  static func age(_ entry: SampleSheet.Entry) -> Double? {
    entry.values["age"].flatMap(PatientAge.years)
  }

  /// What is stated of a patient who is neither, or of whom it is not known.
  private static let otherSexes: Set<String> = ["unknown", "u", "other", "o", "x", "d", "diverse", "not reported"]

  /// Cells of a sheet that are in no vocabulary, each with what there is to say of it.
  func unusable(_ entry: SampleSheet.Entry) -> [String] {
    func unless(_ name: String, _ isRead: (String) -> Bool) -> String? {
      guard let cell = entry.values[name], !isRead(cell) else { return nil }
      return "\(name) '\(cell)' of the sample sheet cannot be read and is not used"
    }
    let cells = [
      unless("genome_build") { GenomeBuild($0) != nil },
      unless("age") { PatientAge.years($0) != nil },
      unless("grade") { TumorGrade.read($0) != nil || TumorGrade.isWord($0) },
      unless("sex") { Sex(written: $0) != nil || Self.otherSexes.contains($0.lowercased()) },
    ]
    let prior = CourseReading.items(entry.values["prior_therapy"] ?? "").map { StatedTherapy($0).name }
    return cells.compactMap(\.self) + prior.compactMap(context.table.reference.agents.priorTherapyRemark)
  }

  /// Takes up what the sample's row of the sheet says of the tumor and the patient.
  func apply(_ entry: SampleSheet.Entry?, to profile: inout SampleProfile, _ message: inout String) {
    guard let entry else { return }
    let found = normalizer.findings(of: entry)
    // What a file says of a gene goes before a cell that says the same, or less.
    profile.alterations += found.measured + found.ofGenes.filter { !isKnown($0, in: profile.alterations) }
    for (kind, genes) in found.undetermined { profile.assayed.undetermined[kind, default: []].formUnion(genes) }
    for (column, value, reason) in found.unclear {
      append("\(column) '\(value)' of the sample sheet \(reason) and is not used", to: &message)
    }
    for remark in unusable(entry) { append(remark, to: &message) }
    if let limit = share("vaf_limit", entry, &message) { profile.assayLimit = limit }
    profile.age = Self.age(entry)
    profile.sex = entry.values["sex"].flatMap { Sex(written: $0) }
    if let prior = entry.values["prior_therapy"] {
      profile.priorTherapy = CourseReading.items(prior).map { StatedTherapy($0).name }
    }
  }

  /// Whether a finding, or a change that it leaves open, is among others.
  private func isKnown(_ finding: Alteration, in alterations: [Alteration]) -> Bool {
    alterations.contains { other in
      guard other.gene == finding.gene else { return false }
      guard case .sequence(let change) = finding.event, case .sequence(let own) = other.event else {
        return other.event == finding.event
      }
      return own == change || own.proteinChange == change.proteinChange && change.proteinChange != nil
        || change.unnamed == .unspecified
    }
  }

  /// Files that the sheet gives to a sample and that are not read as its own, each with what to do.
  func filesElsewhere(_ sample: AssembledSample) -> [String] {
    let stated = sample.entry?.values["files"]?.split { $0 == ";" || $0 == "," } ?? []
    let own = sample.parts.map { files[Int($0.file)].path }
    return stated.compactMap { cell in
      let name = cell.drop { $0 == " " }
      let isOwn = own.contains { path in
        path == name || path.hasSuffix("/" + name) || name.hasSuffix("/" + path)
      }
      if name.isEmpty || isOwn { return nil }
      return
        "'\(name)' of the column files is not read as a file of this sample (put it in a folder of the sample's name, or begin its name with it)"
    }
  }

  /// What rows of sheets say of one sample and cannot both be; empty where they agree.
  func disagreement(_ entry: SampleSheet.Entry?) -> String {
    entry.map { SheetDisagreement.words(of: $0, resolver.tree) } ?? ""
  }
}
