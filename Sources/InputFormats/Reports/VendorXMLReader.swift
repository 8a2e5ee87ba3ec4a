// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

/// Reads the XML result of FoundationOne tests: short variants, copy numbers, rearrangements, TMB and MSI as attributes.
///
/// Layout as read by public converters (fk506cni/panelsdb2, `xml2fm/xslt`): elements `short-variant`,
/// `copy-number-alteration`, `rearrangement`, `microsatellite-instability`, `tumor-mutation-burden` below `variant-report`.
struct VendorXMLReader: RecordReader {
  private let path: String

  var formatName: String { "XML report (FoundationOne)" }
  var assays: [AssayKind] { [.mutations, .copyNumber, .fusions, .biomarkers] }
  var rowKind: TableLayout.RowKind? { nil }
  var headerIsData: Bool { true }

  static func recognizes(_ header: InputHeader) -> Bool {
    header.cells.first.map {
      $0.hasPrefix("<?xml") || $0.hasPrefix("<rr:ResultsReport") || $0.hasPrefix("<variant-report")
    } ?? false
  }

  init(_ header: InputHeader) { path = header.path }

  func read(_ text: Span<UInt8>, walker: inout LineWalker, into content: inout ReadRows) {
    var tags: [XMLTag] = []
    var scanner = XMLScanner(offset: walker.offset, line: walker.lineNumber + 1)
    while let tag = scanner.next(text) { tags.append(tag) }
    while walker.next(in: text) != nil {}
    guard let report = tags.first(where: { $0.name == "variant-report" }) else {
      return content.refuse(
        Refusal(reason: "is XML of no known layout (give the result as a table, or FoundationOne's XML)"))
    }
    let sampleID = tags.first { $0.name == "sample" }?["name"] ?? report["specimen"] ?? report["test-request"] ?? ""
    let batch = content.batchNumber(of: sampleID)
    for tag in tags { keep(tag, batch, &content) }
  }

  private func keep(_ tag: XMLTag, _ batch: Int, _ content: inout ReadRows) {
    switch tag.name {
    case "short-variant":
      content.rowsRead += 1
      if tag["status"] == "unknown" && tag["protein-effect"] == nil {
        return content.filter(batch, "no change is given")
      }
      content.batches[batch].counts.read += 1
      var mutation = RawMutation()
      mutation.gene = content.batches[batch].keep(tag["gene"] ?? "")
      mutation.proteinChange = content.batches[batch].keep(tag["protein-effect"] ?? "")
      mutation.codingChange = content.batches[batch].keep(
        tag["cds-effect"].map { $0.hasPrefix("c.") ? $0 : "c." + $0 } ?? "")
      let words = Array((tag["functional-effect"] ?? "").utf8)
      content.batches[batch].keep(Consequences.builtIn.read(0..<words.count, in: words.span), of: &mutation, words.span)
      keepReads(tag, &mutation, &content)
      mutation.statements = Self.statements[tag["status"]?.lowercased() ?? ""] ?? []
      content.batches[batch].add(.mutation(mutation), line: tag.line)
    case "copy-number-alteration":
      content.rowsRead += 1
      // The report lists copies below its limit as equivocal.
      if tag["equivocal"]?.lowercased() == "true" {
        return content.filter(batch, "called equivocal by the report", line: tag.line)
      }
      content.batches[batch].counts.read += 1
      var copyNumber = RawCopyNumber()
      copyNumber.gene = content.batches[batch].keep(tag["gene"] ?? "")
      // A loss that the test reports is one of both alleles where no copy is left.
      let type = tag["type"] ?? ""
      let copies = tag["copy-number"].flatMap { WrittenNumber($0).value }
      let isGone = type.lowercased() == "loss" && copies == 0
      let isUnread = copies == nil && !(tag["copy-number"] ?? "").isEmpty
      if isUnread { noteUnread(tag, "copy-number", &content) }
      if let copies, !isGone, !type.lowercased().contains("partial") {
        copyNumber.isCopies = true
        copyNumber.amount = content.batches[batch].keep(String(copies))
        copyNumber.call = content.batches[batch].keep(type)
      } else {
        copyNumber.amount = content.batches[batch].keep(isGone ? "homozygous deletion" : type)
      }
      content.batches[batch].add(.copyNumber(copyNumber), line: tag.line)
    case "rearrangement":
      content.rowsRead += 1
      content.batches[batch].counts.read += 1
      var fusion = RawFusion()
      fusion.first = content.batches[batch].keep(tag["targeted-gene"] ?? tag["gene"] ?? "")
      fusion.second = content.batches[batch].keep(tag["other-gene"].map { $0 == "N/A" ? "" : $0 } ?? "")
      fusion.name = content.batches[batch].keep(tag["description"] ?? tag["type"] ?? "")
      if tag["description"] != nil { fusion.details = content.batches[batch].keep(tag["type"] ?? "") }
      fusion.frame = content.batches[batch].keep(
        ["yes": "in-frame", "no": "out-of-frame"][tag["in-frame"]?.lowercased() ?? ""] ?? "")
      content.batches[batch].add(.fusion(fusion), line: tag.line)
    case "microsatellite-instability":
      biomarker("MSI", tag["status"] ?? "", "", tag, batch, &content)
    case "tumor-mutation-burden":
      biomarker("TMB", tag["score"] ?? tag["status"] ?? "", "mut/Mb", tag, batch, &content)
    default: break
    }
  }

  /// How the test calls a change: `known` and `likely` to be pathogenic, or of unknown meaning.
  private static let statements: [String: StatedPathogenicity] = [
    "known": .pathogenic, "likely": .pathogenic, "unknown": .uncertain, "ambiguous": .uncertain,
  ]

  private func keepReads(_ tag: XMLTag, _ mutation: inout RawMutation, _ content: inout ReadRows) {
    if let cell = tag["depth"], !cell.isEmpty {
      let bytes = Array(cell.utf8)
      if let depth = ByteText.count(bytes.span) {
        mutation.depth = Int32(clamping: depth)
      } else {
        noteUnread(tag, "depth", &content)
      }
    }
    let name = tag["allele-fraction"] == nil ? "percent-reads" : "allele-fraction"
    guard let cell = tag[name], !cell.isEmpty else { return }
    let bytes = Array(cell.utf8)
    if let share = ByteText.share(bytes.span, isPercent: name == "percent-reads") {
      mutation.alleleFraction = Float(share)
    } else {
      noteUnread(tag, name, &content)
    }
  }

  private func noteUnread(_ tag: XMLTag, _ name: String, _ content: inout ReadRows) {
    let bytes = Array((tag[name] ?? "").utf8)
    content.noteUnread(bytes.span, column: name, line: tag.line, path: path)
  }

  private func biomarker(
    _ name: String, _ value: String, _ unit: String, _ tag: XMLTag, _ batch: Int, _ content: inout ReadRows
  ) {
    content.rowsRead += 1
    let lowered = value.lowercased()
    guard !value.isEmpty, !lowered.contains("cannot"), !lowered.contains("unknown"), !lowered.contains("determined")
    else {
      return content.filter(batch, "\(name) cannot be determined")
    }
    content.batches[batch].counts.read += 1
    content.batches[batch].keepBiomarker(name, value, scale: unit, line: tag.line)
  }
}

/// The start of an element, with its attributes.
struct XMLTag {
  /// The name without its prefix.
  let name: String
  let line: Int
  private var attributes: [String: String] = [:]

  init(name: String, line: Int, attributes: [String: String]) {
    self.name = name
    self.line = line
    self.attributes = attributes
  }

  /// The value of an attribute; `nil` where there is none.
  subscript(name: String) -> String? { attributes[name] }
}

/// Walks the starts of elements; text, comments and ends are passed over.
private struct XMLScanner {
  var offset: Int
  var line: Int

  mutating func next(_ text: Span<UInt8>) -> XMLTag? {
    while offset < text.count {
      guard text[offset] == UInt8(ascii: "<") else {
        step(text)
        continue
      }
      let start = offset + 1
      guard start < text.count else { return nil }
      if text[start] == UInt8(ascii: "!") || text[start] == UInt8(ascii: "?") || text[start] == UInt8(ascii: "/") {
        skip(text)
        continue
      }
      return tag(text)
    }
    return nil
  }

  private mutating func step(_ text: Span<UInt8>) {
    if text[offset] == 0x0A { line += 1 }
    offset += 1
  }

  /// Passes over what ends with `>`; a comment may hold any.
  private mutating func skip(_ text: Span<UInt8>) {
    let isComment =
      offset + 3 < text.count && text[offset + 2] == UInt8(ascii: "-") && text[offset + 3] == UInt8(ascii: "-")
    while offset < text.count {
      let isEnd = text[offset] == UInt8(ascii: ">")
      let closes =
        !isComment || offset >= 2 && text[offset - 1] == UInt8(ascii: "-") && text[offset - 2] == UInt8(ascii: "-")
      step(text)
      if isEnd, closes { return }
    }
  }

  private mutating func word(_ text: Span<UInt8>) -> String {
    let start = offset
    while offset < text.count, text[offset] > 0x20, text[offset] != UInt8(ascii: ">"),
      text[offset] != UInt8(ascii: "="),
      text[offset] != UInt8(ascii: "/") || offset == start
    {
      offset += 1
    }
    return ByteText.string(text.extracting(start..<offset))
  }

  private mutating func tag(_ text: Span<UInt8>) -> XMLTag {
    let first = line
    offset += 1
    let full = word(text)
    var attributes: [String: String] = [:]
    while offset < text.count, text[offset] != UInt8(ascii: ">") {
      if text[offset] <= 0x20 || text[offset] == UInt8(ascii: "/") {
        step(text)
        continue
      }
      let name = word(text)
      if name.isEmpty {
        step(text)
        continue
      }
      while offset < text.count, text[offset] <= 0x20 { step(text) }
      guard offset < text.count, text[offset] == UInt8(ascii: "=") else { continue }
      offset += 1
      while offset < text.count, text[offset] <= 0x20 { step(text) }
      guard offset < text.count, text[offset] == UInt8(ascii: "\"") || text[offset] == UInt8(ascii: "'") else {
        continue
      }
      let quote = text[offset]
      let start = offset + 1
      offset += 1
      while offset < text.count, text[offset] != quote { step(text) }
      attributes[name] = Self.plain(ByteText.string(text.extracting(start..<min(offset, text.count))))
      if offset < text.count { offset += 1 }
    }
    return XMLTag(name: full.split(separator: ":").last.map(String.init) ?? full, line: first, attributes: attributes)
  }

  private static func plain(_ text: String) -> String {
    guard text.contains("&") else { return text }
    return text.replacing("&gt;", with: ">").replacing("&lt;", with: "<").replacing("&quot;", with: "\"")
      .replacing("&apos;", with: "'").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
