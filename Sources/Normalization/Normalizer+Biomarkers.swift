// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats
internal import Knowledge

extension Normalizer {
  func biomarker(_ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation) -> Result {
    let name = batch.string(row.name)
    let value = batch.string(row.value)
    if let fate = scoreOfTool(row, batch, source) { return fate }
    if isOfNoStain(name, value) {
      return inWords(name, value, source).map { .kept($0) }
        ?? .rejected(
          column: name, value: value,
          problem: "is not the result of a stain, and is not understood (give it in a table of alterations)")
    }
    let stated = StatedMeasurement(
      name: name, value: value, unit: batch.string(row.scale), method: batch.string(row.method),
      facts: table.reference.facts)
    guard stated.isReadable else {
      return .rejected(
        column: name, value: value,
        problem:
          "is on a scale that no rule uses (give TMB in mut/Mb, ER and PR in percent, HER2 ISH as positive, negative or its ratio to CEP17)"
      )
    }
    let plain = StatedMeasurement.withoutUntested(value)
    let repair = table.reference.facts.biomarkers.first(.repair).nameOfResults
    guard
      let measurement = row.isOfIntactRepair
        ? Measurement(name: repair, word: "proficient")
        : stated.measurement ?? lostRepairProtein(
          stated.plainName, plain, isStain: stated.namesAssay || row.isOfRepairPanel)
          ?? stain(stated.plainName, plain)
    else {
      if let found = inWords(name, value, source) ?? asQuestion(name, value, row, batch, source) { return .kept(found) }
      return .rejected(
        column: name, value: value,
        problem:
          "cannot be read as a biomarker (known are TMB in mut/Mb, MSI, MMR, HRD, PD-L1 with its scale, TLS, EBV, HPV and stains by gene)"
      )
    }
    let alteration = Alteration(
      gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)", source: source)
    let isWithoutScale =
      measurement.number != nil && measurement.scale.isEmpty
      && measurement.name == table.reference.facts.biomarkers.first(.share).nameOfResults
    return isWithoutScale
      ? .notEvaluated(alteration, "does not state its scale (TPS, CPS, TC or IC), which rules ask for")
      : .kept(alteration)
  }

  /// What the row of a stain says of a second test in the same cell.
  func besides(_ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation) -> [Alteration] {
    let name = batch.string(row.name)
    let value = batch.string(row.value)
    let stated = StatedMeasurement(
      name: name, value: value, unit: batch.string(row.scale), method: batch.string(row.method),
      facts: table.reference.facts)
    guard stated.isReadable, stated.measurement != nil else { return [] }
    return stated.beside.map { measurement in
      Alteration(
        gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)", source: source)
    }
  }

  /// A score of microsatellite instability by the limits of its tool; `nil` when the row states no such number.
  private func scoreOfTool(_ row: RawBiomarker, _ batch: RecordBatch, _ source: SourceLocation) -> Result? {
    let name = batch.string(row.name)
    let value = batch.string(row.value)
    let facts = table.reference.facts
    let key = BiomarkerTable.key(name)
    guard let biomarker = facts.biomarkers.written(key), let number = WrittenNumber(value).value else { return nil }
    if biomarker.reading == .deficiency, biomarker.genes.isEmpty {
      let tool = [batch.string(row.method), batch.string(row.scale), name].joined(separator: " ")
      return score(number, biomarker.nameOfResults, tool: tool, written: "\(name) \(value)", source)
    }
    guard biomarker.reading == .instability else { return nil }
    // cBioPortal's MSI_SCORE is MSIsensor's.
    let said = [batch.string(row.method), batch.string(row.scale), name].joined(separator: " ")
    let tool = key == "MSISCORE" && batch.string(row.method).isEmpty ? "MSIsensor" : said
    return score(number, biomarker.nameOfResults, tool: tool, written: "\(name) \(value)", source)
      ?? .rejected(
        column: name, value: value,
        problem: "is a score whose tool is not named (name it in a column method: MSIsensor, MANTIS, DRAGEN)")
  }

  private func score(
    _ number: Double, _ biomarker: String, tool: String, written: String, _ source: SourceLocation?
  ) -> Result? {
    guard let limits = table.reference.facts.scoreLimits.limits(of: biomarker, namedIn: tool) else { return nil }
    let isDeficiency = table.reference.facts.biomarkers.first(.deficiency).nameOfResults == biomarker
    let (high, low) = isDeficiency ? ("positive", "negative") : ("high", "stable")
    // -1 stands for no score in exports.
    let word = number >= limits.highFrom ? high : (0..<limits.stableBelow).contains(number) ? low : ""
    let alteration = Alteration(
      gene: biomarker,
      event: .measurement(Measurement(name: biomarker, scale: limits.tool, word: word, number: number)),
      asWritten: written, source: source)
    return word.isEmpty
      ? .notEvaluated(
        alteration,
        number < 0
          ? "a score is never below 0"
          : "the score lies between the limits of \(limits.tool): stable below \(limits.stableBelow), high from \(limits.highFrom)"
      )
      : .kept(alteration)
  }

  /// A row of a table of mutations whose gene is the name of a biomarker: `TMB` with `15.2`, `MSI` with `MSI-H`.
  func biomarker(_ row: RawMutation, _ batch: RecordBatch, _ source: SourceLocation) -> Result? {
    let name = batch.string(row.gene)
    let key = BiomarkerTable.key(name)
    let value = batch.string([row.proteinChange, row.codingChange, row.words].first { !$0.isEmpty } ?? TextSlice())
    let plain = value.hasPrefix("p.") ? String(value.dropFirst(2)) : value
    guard !plain.isEmpty else { return nil }
    let isOther = key == "OTHERBIOMARKERS"
    let lowered = plain.lowercased()
    let own = isOther ? (lowered.hasPrefix("t") ? "TMB" : lowered.hasPrefix("m") ? "MSI" : "") : key
    guard let biomarker = table.reference.facts.biomarkers.written(own),
      let measurement = MeasurementNormalizer.measurement(
        of: biomarker, value: isOther ? String(plain.split(separator: "-").last ?? "") : plain)
    else { return nil }
    return .kept(
      Alteration(
        gene: measurement.name, event: .measurement(measurement), asWritten: "\(name) \(value)", source: source))
  }

  /// Marks results of proteins of mismatch repair where a sample has such of several of them, which is what stains give:
  /// `MLH1 negative` alone may be the result of another test.
  func markRepairPanel(_ parts: inout [(file: Int32, batch: RecordBatch)]) {
    var places: [(part: Int, record: Int)] = []
    var named: Set<String> = []
    var lost: Set<String> = []
    lazy var repair = table.reference.facts.biomarkers.first(.repair).genes
    for (part, (_, batch)) in parts.enumerated() {
      for (place, record) in batch.records.enumerated() {
        guard case .biomarker(let row) = record.statement else { continue }
        guard let result = MeasurementNormalizer.polarity(batch.string(row.value)),
          let symbol = repairGene(batch.string(row.name)), repair.contains(symbol)
        else { continue }
        named.insert(symbol)
        if !["positive", "intact", "present"].contains(result) { lost.insert(symbol) }
        places.append((part, place))
      }
    }
    guard named.count > 1 else { return }
    for (part, place) in places {
      guard case .biomarker(var row) = parts[part].batch.records[place].statement else { continue }
      row.isOfRepairPanel = true
      row.isOfIntactRepair = lost.isEmpty && named.count == repair.count
      parts[part].batch.records[place].statement = .biomarker(row)
    }
  }

  /// The gene whose protein a row names, with or without words for the stain: `MLH1`, `MLH1 IHC`.
  private func repairGene(_ name: String) -> String? {
    let plain = StatedMeasurement(name: name, value: "", facts: table.reference.facts).plainName
    if case .gene(let symbol) = genes.normalize(plain) { return symbol }
    return nil
  }

  /// The loss of one of the proteins of mismatch repair by a stain, which is a deficiency: `MLH1 lost`.
  ///
  /// `negative` may be the result of another test unless the name says that it is a stain.
  private func lostRepairProtein(_ name: String, _ value: String, isStain: Bool) -> Measurement? {
    let repair = table.reference.facts.biomarkers.first(.repair)
    guard case .gene(let symbol) = genes.normalize(name), repair.genes.contains(symbol) else { return nil }
    let words = FindingPhrase(value).words.map { $0.lowercased() }
    if ["0", "0%", "0 %"].contains(value) { return Measurement(name: repair.nameOfResults, word: "deficient") }
    if isStain, words.count == 1, MeasurementNormalizer.polarity(value) == "negative" {
      return Measurement(name: repair.nameOfResults, word: "deficient")
    }
    let isLost = words.contains { ["loss", "lost", "absent", "deficient"].contains($0) || isStain && $0 == "negative" }
    // Words for anything else make it another finding: a copy, a variant, a promoter, an allele.
    let aside: Set<String> = [
      "loss", "lost", "absent", "deficient", "negative", "of", "expression", "nuclear", "protein", "staining", "stain",
      "complete", "isolated", "by", "ihc",
    ]
    guard isLost, words.allSatisfy(aside.contains) else { return nil }
    return Measurement(name: repair.nameOfResults, word: "deficient")
  }

  /// A virus, or a protein by the name of its gene: `CD117 positive`, `CLDN18.2 80%`, `MET IHC 3+`.
  private func stain(_ name: String, _ value: String) -> Measurement? {
    let plain = GeneNameKey.plain(name)
    // A result on a scale of its own that cannot be read is no grade of a stain.
    switch table.reference.facts.biomarkers.written(plain)?.reading {
    case .share, .graded, .burden, .burdenPerMb, .instability, .repair, .deficiency, .structures: return nil
    default: break
    }
    let lowered = value.lowercased()
    if let known = table.reference.facts.biomarkers.all(.virus).first(where: { plain.hasPrefix($0.name) }) {
      let words = ["present": "positive", "detected": "positive", "absent": "negative", "not detected": "negative"]
      return (words[lowered] ?? MeasurementNormalizer.polarity(lowered)).map { Measurement(name: known.name, word: $0) }
    }
    let bytes = Array(name.utf8)
    let numbered = GeneIdentifier(bytes.span, bare: nil).flatMap {
      table.reference.geneIdentifiers.gene($0, in: table.reference.genes)
    }
    switch numbered.map({ .gene(table.reference.genes.symbol($0)) }) ?? genes.normalize(name) {
    case .gene(let symbol), .protein(let symbol):
      let stain = StainText(lowered)
      if stain.isUnclear { return nil }
      if let grade = stain.grade ?? (lowered == "0" ? 0 : nil) {
        // Where tests of the gene look for a rearrangement, a strong stain is what a positive one is.
        if table.reference.facts.fusionRoles.isTestOfRearrangement(symbol), grade != 1 {
          return Measurement(name: symbol, word: grade == 0 ? "negative" : "positive")
        }
        return Measurement(name: symbol, scale: "IHC", number: grade, share: stain.share)
      }
      if lowered.hasSuffix("%"), let number = WrittenNumber(lowered.dropLast()).value {
        return Measurement(name: symbol, scale: "percent", number: number)
      }
      let words = [
        "present": "positive", "detected": "positive", "expressed": "positive", "absent": "loss",
        "not expressed": "negative", "not present": "negative",
      ]
      return (words[lowered] ?? MeasurementNormalizer.polarity(lowered)).map { Measurement(name: symbol, word: $0) }
    case .family, .ambiguous, .dateLike, .unknown: return nil
    }
  }

  /// Measurements that a sample sheet states, and cells that are not used, each with the reason.
  func measurements(
    of entry: SampleSheet.Entry
  ) -> (measured: [Alteration], unclear: [(column: String, value: String, reason: String)]) {
    var measured: [Alteration] = []
    var unclear: [(column: String, value: String, reason: String)] = []
    func measure(_ column: String, _ named: String) {
      guard let cell = entry.values[column] else { return }
      // A ratio and the group of a ratio may be the same whole number.
      if column == "her2_fish", cell.allSatisfy(\.isNumber) || cell.lowercased().contains("group") {
        return unclear.append((column, cell, "cannot be read"))
      }
      // Of two words the second is the scale.
      let words = named.split(separator: " ").map(String.init)
      let (name, value) = words.count == 2 ? (words[0], "\(words[1]) \(cell)") : (named, cell)
      let read = StatedMeasurement(name: name, value: value, facts: table.reference.facts)
      guard let measurement = read.measurement ?? stated(name, value) else {
        return unclear.append((column, value, "cannot be read"))
      }
      let beside = read.beside
      for found in [measurement] + beside
      where !(measurement == found && measured.last?.asWritten == "\(name) \(value)") {
        measured.append(
          Alteration(gene: found.name, event: .measurement(found), asWritten: "\(name) \(value)"))
      }
    }
    for (column, name) in Self.sheetColumns { measure(column, name) }
    if entry.values["tmb"] == nil { measure("tmb_status", "TMB") }
    for (column, tool) in [("msi_score", "MSIsensor"), ("mantis_score", "MANTIS")] {
      let called = entry.values["msi"] ?? ""
      guard called.isEmpty || stated("MSI", called) == nil, let value = entry.values[column] else { continue }
      // `Do not report`, `Indeterminate`: the lab has seen the score and calls nothing by it.
      guard called.isEmpty || ResultWords.builtIn.meaning(of: called[...]) == .untested else {
        unclear.append((column, value, "is not a call, and the lab makes none ('\(called)')"))
        continue
      }
      guard let number = WrittenNumber(value).value else {
        unclear.append((column, value, "cannot be read"))
        continue
      }
      switch score(number, "MSI", tool: tool, written: "\(column) \(value)", nil) {
      case .kept(let alteration):
        measured.append(alteration)
        return (measured, unclear)
      case .notEvaluated(_, let reason): unclear.append((column, value, "tells nothing (\(reason))"))
      case .filtered, .rejected, nil: continue
      }
    }
    return (measured, unclear)
  }

  private func stated(_ name: String, _ value: String) -> Measurement? {
    MeasurementNormalizer.measurement(name: name, value: value, biomarkers: table.reference.facts.biomarkers)
      ?? stain(name, value)
  }

  private static let sheetColumns = [
    ("tmb", "TMB"), ("msi", "MSI"), ("mmr", "MMR"), ("hrd", "HRD"), ("her2", "HER2"), ("er", "ER"), ("pr", "PR"),
    ("pd_l1", "PD-L1"), ("pd_l1_tps", "PD-L1 TPS"), ("pd_l1_cps", "PD-L1 CPS"), ("her2_ihc", "HER2 IHC"),
    ("tls", "TLS"),
    ("her2_fish", "HER2 FISH"), ("ebv", "EBV"), ("hpv", "HPV"), ("mcpyv", "MCPYV"), ("wgd", "WGD"),
  ]
}
