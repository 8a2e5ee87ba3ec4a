// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads tables of fusion callers and labs with one fusion a row; ``FusionCaller`` knows their columns.
struct FusionTableReader: RecordReader {
  private let columns: InputHeader
  private let caller: FusionCaller
  private let sample, fivePrime, threePrime, gene, name, frame, kind, status, lastExon, firstExon: Int?
  /// Whether the column of the frame asks whether it is kept: `in_frame`, where 0 and 1 may stand.
  private let frameIsFlag: Bool
  /// Columns of the strands of both genes, and of the place in the second one (Arriba).
  private let strands: [Int]
  /// Columns of whether each gene is read in its own direction, and of whether the partners stand in their order (TSO 500).
  private let senses: [Int]
  private let directionKnown: Int?
  private let secondSite: Int?
  private let gate: CallGate
  private let firstBreakpoint, secondBreakpoint, build: Int?
  private let words: RearrangementCells
  private let exclusions: [(column: Int, rule: FusionCaller.Exclusion)]

  var formatName: String { "fusions (\(caller.name))" }
  var mayHoldSamples: Bool { caller.name == "table" }
  var assays: [AssayKind] { [.fusions] }

  static func recognizes(_ header: InputHeader) -> Bool { FusionCaller.of(header) != nil }

  init(_ header: InputHeader) {
    columns = header
    let caller = FusionCaller.of(header) ?? FusionCaller(name: "table", needs: [])
    self.caller = caller
    sample = header.sampleColumn
    fivePrime = header.column(anyOf: caller.fivePrime)
    threePrime = header.column(anyOf: caller.threePrime)
    gene = header.column(anyOf: caller.gene)
    name = header.column(anyOf: caller.fusion)
    frame = header.column(anyOf: caller.frame)
    frameIsFlag = frame.map { header.cells[$0].lowercased().filter(\.isLetter).hasSuffix("inframe") } ?? false
    kind = header.column(anyOf: caller.kind)
    strands = [header.column("strand1(gene/fusion)"), header.column("strand2(gene/fusion)")].compactMap(\.self)
    secondSite = strands.isEmpty ? nil : header.column("site2")
    senses = [header.column("gene a sense"), header.column("gene b sense")].compactMap(\.self)
    directionKnown = header.column("fusion directionality known")
    status = header.column(anyOf: caller.status)
    lastExon = header.column(anyOf: caller.exons.last)
    firstExon = header.column(anyOf: caller.exons.first)
    // Of TSO 500's filter the row's own rule decides.
    let decided = ["Arriba": "filters", "TruSight Oncology 500": "filter"]
    gate = CallGate(header, except: Set([decided[caller.name]].compactMap(\.self)))
    firstBreakpoint = header.column(anyOf: caller.breakpoints.first)
    secondBreakpoint = header.column(anyOf: caller.breakpoints.second)
    build = header.column("ncbi_build", "genome_build", "build")
    words = RearrangementCells(header, taken: [sample, fivePrime, threePrime, gene, name, frame, status])
    exclusions = caller.exclusions.compactMap { rule in header.column(rule.column).map { ($0, rule) } }
  }

  /// What a row says of the partners.
  private enum Partners {
    case two(first: String, second: String, written: String)
    /// The name of the fusion speaks of other genes than the columns of the genes.
    case otherThanNamed(first: String, second: String, name: String)
    /// A name that only a list of genes can take apart, beside one of its genes or none.
    case named(String, gene: String)
    case noGene
    case empty
  }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var fields = RowFields(separator: columns.separator)
    var tally = gate.tally
    var disagreements = 0
    var firstDisagreement = ""
    while let line = walker.next(in: text) {
      if RowFields.isBlank(line, text) { continue }
      fields.split(line, text)
      content.rowsRead += 1
      let sampleCell = fields.cell(sample, text)
      let batch = content.batchNumber(of: text.extracting(sampleCell))
      content.noteBuild(fields, build, text, line: walker.lineNumber)
      content.batches[batch].counts.read += 1
      if sample != nil, sampleCell.isEmpty {
        reject(&content, batch, walker.lineNumber, sample, "is empty (the row belongs to no sample)")
        continue
      }
      // Half a row is no fusion with an unknown partner.
      if fields.isCut(before: fivePrime, threePrime, fivePrime == nil ? name : nil) {
        content.batches[batch].counts.rejected += 1
        content.rejected.append(.cutRow(fields, of: columns, line: walker.lineNumber))
        continue
      }
      var fusion = RawFusion()
      let partners = partners(fields, text)
      if case .empty = partners {
        if let reason = exclusion(fields, text) {
          content.setAside(batch, reason, line: walker.lineNumber)
          continue
        }
        reject(&content, batch, walker.lineNumber, name ?? fivePrime, "is empty (name the gene or genes of the fusion)")
        continue
      }
      if let reason = exclusion(fields, text) {
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      }
      var doubt: Int?
      switch gate.check(text, &tally, { fields.raw(gate.columns[$0]) }) {
      case .call: break
      case .noCall(let reason, _, _):
        content.setAside(batch, reason, line: walker.lineNumber)
        continue
      case .doubtful(let number): doubt = number
      }
      switch partners {
      case .empty: continue
      case .noGene:
        content.setAside(batch, "no gene at either breakpoint", line: walker.lineNumber)
        continue
      case .named(let name, let gene):
        fusion.first = content.batches[batch].keep(gene)
        fusion.name = content.batches[batch].keep(name)
        fusion.frame = content.batches[batch].keep(effect(fields, text))
        keepWords(fields, text, isInOneGene: false, &fusion, &content.batches[batch])
      case .otherThanNamed(let first, let second, let name):
        disagreements += 1
        if firstDisagreement.isEmpty {
          firstDisagreement = "line \(walker.lineNumber): '\(name)' beside \(first) and \(second)"
        }
        fill(&fusion, first, second, "", fields, text, &content.batches[batch])
      case .two(let first, let second, let written):
        fill(&fusion, first, second, written, fields, text, &content.batches[batch])
      }
      fusion.status = content.batches[batch].keep(text.extracting(fields.cell(status, text)))
      content.batches[batch].add(.fusion(fusion), line: walker.lineNumber, doubt: doubt)
    }
    content.add(tally)
    if disagreements > 0 {
      content.remarks.append(
        "\(columns.name(name)) names other genes than \(columns.name(fivePrime)) and \(columns.name(threePrime)) in "
          + "\(disagreements) row\(disagreements == 1 ? "" : "s"); the columns of the genes are used "
          + "(\(firstDisagreement))")
    }
  }

  private func fill(
    _ fusion: inout RawFusion, _ first: String, _ second: String, _ written: String, _ fields: RowFields,
    _ text: Span<UInt8>, _ batch: inout RecordBatch
  ) {
    let isInOneGene = first == second
    let effect = effect(fields, text)
    fusion.first = batch.keep(first)
    fusion.second = batch.keep(second)
    fusion.name = batch.keep(isInOneGene && written.isEmpty ? fields.string(kind, text) : written)
    fusion.frame = batch.keep(effect)
    keepWords(fields, text, isInOneGene: isInOneGene, &fusion, &batch)
    fusion.isOrdered =
      switch caller.order {
      case .stated: true
      case .unstated: fields.string(directionKnown, text).lowercased() == "true"
      case .statedInFrame: effect == "in-frame"
      }
  }

  private func partners(_ fields: RowFields, _ text: Span<UInt8>) -> Partners {
    let written = fields.string(name, text)
    let first = Self.symbol(fields.string(fivePrime, text))
    let second = Self.symbol(fields.string(threePrime, text))
    if !first.isEmpty || !second.isEmpty {
      if Self.isUnknown(first), Self.isUnknown(second) { return .noGene }
      let five = first.isEmpty ? FusionName.unknownPartner : first
      let three = second.isEmpty ? FusionName.unknownPartner : second
      let isTelling = written.contains("--") || written.contains("::")
      if isTelling, [first, second].contains(where: { !Self.isUnknown($0) && !written.contains($0) }) {
        return .otherThanNamed(first: five, second: three, name: written)
      }
      return .two(first: five, second: three, written: written)
    }
    let gene = fields.string(gene, text)
    if !gene.isEmpty {
      // A row of a table of fusions that names one gene and no more.
      if written.isEmpty { return .named("fusion", gene: gene) }
      let told = FusionName.partners(written, of: gene)
      return told.second.isEmpty
        ? .named(written, gene: gene) : .two(first: told.first, second: told.second, written: written)
    }
    if written.isEmpty { return .empty }
    guard let told = FusionName.partners(written, separator: caller.separator) else { return .named(written, gene: "") }
    return Self.isUnknown(told.first) && Self.isUnknown(told.second)
      ? .noGene : .two(first: told.first, second: told.second, written: written)
  }

  /// A gene without the identifier that callers hang onto it: `EML4^ENSG...`, `EML4 (ENSG...)`, `EML4|ENSG...`; the
  /// identifier where it stands alone.
  private static func symbol(_ cell: String) -> String {
    // Arriba: genes beside a breakpoint between genes, with their distances: `A(1234),ENSG00000259001(567)`.
    if hasDistance(cell) { return cell }
    if let found = cell.firstRange(of: "ENSG0") {
      let signs: Set<Character> = [" ", "^", "|", "_", ":", ";", ",", "(", "[", "{", "/", "-", ")", "]", "}"]
      var before = cell[..<found.lowerBound]
      while let last = before.last, signs.contains(last) { before = before.dropLast() }
      if !before.isEmpty { return String(before) }
      let identifier = cell[found.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "." }
      let behind = cell[identifier.endIndex...].drop { signs.contains($0) }
      return String(behind.isEmpty ? identifier : behind.prefix { !signs.contains($0) || $0 == "-" })
    }
    if let cut = cell.firstIndex(of: "^") { return String(cell[..<cut]) }
    if let cut = cell.firstRange(of: " (") { return String(cell[..<cut.lowerBound]) }
    return cell
  }

  /// Whether a cell holds a number in brackets, which is a distance.
  private static func hasDistance(_ cell: String) -> Bool {
    guard let open = cell.firstIndex(of: "(") else { return false }
    let inside = cell[cell.index(after: open)...].prefix { $0 != ")" }
    return !inside.isEmpty && inside.allSatisfy(\.isNumber)
  }

  /// Whether a partner is none, or neighbors of a breakpoint between genes: `A(1234),B(567)`.
  private static func isUnknown(_ gene: String) -> Bool {
    gene.isEmpty || gene == FusionName.unknownPartner || gene.hasSuffix(")") && gene.contains("(")
  }

  /// What else the row says: exons, breakpoints, words.
  private func keepWords(
    _ fields: RowFields, _ text: Span<UInt8>, isInOneGene: Bool, _ fusion: inout RawFusion, _ batch: inout RecordBatch
  ) {
    var details = words.text(fields, text)
    let last = ByteText.count(text.extracting(fields.cell(lastExon, text))).flatMap { $0 > 0 ? Int($0) : nil }
    let first = ByteText.count(text.extracting(fields.cell(firstExon, text))).flatMap { $0 > 0 ? Int($0) : nil }
    if isInOneGene {
      if let last, let first, let exons = ExonWords.junction(last: last, first: first) {
        details = exons + "\n" + details
      }
    } else {
      fusion.firstExon = Int16(clamping: last ?? 0)
      fusion.secondExon = Int16(clamping: first ?? 0)
    }
    // Arriba: `duplication/ITD`.
    if let kind = fields.string(kind, text).split(separator: "/").last { details += "\n" + kind }
    fusion.details = batch.keep(details)
    fusion.firstBreakpoint = batch.keep(text.extracting(fields.cell(firstBreakpoint, text)))
    fusion.secondBreakpoint = batch.keep(text.extracting(fields.cell(secondBreakpoint, text)))
    fusion.build = batch.keep(text.extracting(fields.cell(build, text)))
  }

  /// What the row says of the frame.
  private func effect(_ fields: RowFields, _ text: Span<UInt8>) -> String {
    let kindText = fields.string(kind, text)
    let cell = fields.string(frame, text)
    // Arriba: partners that meet head to head or tail to tail make no common protein.
    if kindText.contains("5'-5'") || kindText.contains("3'-3'") { return "antisense" }
    // Its strands are that of the gene and that which is transcribed. Behind a break in the 3'UTR of the second gene nothing
    // of its protein is left.
    if strands.contains(where: { Self.isAntisense(fields.string($0, text)) }) { return "antisense" }
    if senses.contains(where: { fields.string($0, text).lowercased() == "false" }) { return "antisense" }
    if let secondSite, fields.string(secondSite, text).hasPrefix("3'UTR"), cell.isEmpty || cell == "." {
      return "out-of-frame"
    }
    return switch cell.lowercased().filter(\.isLetter) {
    case "true", "t", "yes", "y", "in", "inframe", "inframeshift": "in-frame"
    case "false", "f", "no", "n", "out", "outofframe", "outframe", "offframe", "off", "oof", "frameshift",
      "noninframe", "notinframe":
      "out-of-frame"
    case "stopcodon": "stop-codon"
    // Others speak of where the breakpoints are: `CDS(truncated)/UTR`, `intronic/intronic`.
    default:
      frameIsFlag && (cell == "0" || cell == "1")
        ? (cell == "0" ? "out-of-frame" : "in-frame")
        : cell.lowercased().contains("frame") || cell.lowercased().contains("sense") ? cell : ""
    }
  }

  /// Whether another strand is transcribed than that of the gene: `+/-`.
  private static func isAntisense(_ cell: String) -> Bool {
    let sides = cell.split(separator: "/").map(String.init)
    return sides.count == 2 && sides.allSatisfy { ["+", "-"].contains($0) } && sides[0] != sides[1]
  }

  private func exclusion(_ fields: RowFields, _ text: Span<UInt8>) -> String? {
    for (column, rule) in exclusions {
      let cell = fields.cell(column, text)
      if cell.isEmpty { continue }
      let applies =
        switch rule.test {
        case .isFilled: true
        case .isOneOf(let words): words.contains(ByteText.string(text.extracting(cell)).lowercased())
        // `PASS;LOW_ALT_TO_REF`: what stands beside the word is told and does not decide.
        case .isNoneOf(let words):
          !ByteText.string(text.extracting(cell)).lowercased().split(separator: ";").contains {
            words.contains(String($0))
          }
        case .isBelow(let limit): ByteText.number(text.extracting(cell)).map { $0 < limit } ?? false
        }
      if applies { return rule.reason }
    }
    return nil
  }

  private func reject(_ content: inout ReadRows, _ batch: Int, _ line: Int, _ column: Int?, _ problem: String) {
    content.batches[batch].counts.rejected += 1
    content.rejected.append(
      InputError(path: columns.path, line: line, column: columns.name(column), problem: problem))
  }
}
