// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import InputFormats

/// Words in the place of a change that say that none was found, or that nobody looked.
///
/// `EGFR not detected` and `ALK fusion: negative` are no findings; read as a change that cannot be understood they would
/// be taken for one that may be there.
enum NoCallWords {
  /// What such words come to.
  private enum Meaning {
    case notFound, notAssayed, uncertain

    var reason: String {
      switch self {
      case .notFound: "stated as not found"
      case .notAssayed: "not assayed"
      case .uncertain: "stated as uncertain"
      }
    }
  }

  /// Whether a cell in the place of a change says that it is not known whether there is one.
  static func leavesOpen(_ cell: String) -> Bool {
    switch meaning(cell) {
    case .notAssayed, .uncertain: true
    case .notFound, nil: false
    }
  }

  /// Why a row is not looked at; `nil` when it states a finding.
  static func reason(_ statement: RawRecord.Statement, _ batch: RecordBatch) -> String? {
    switch statement {
    case .mutation(let row):
      let change = batch.text.span.extracting(row.proteinChange.range)
      // Most rows begin with `p.` and hold nothing else.
      guard change.count >= 2, change.count <= 60, !isPlain(change) else { return nil }
      let cell = batch.string(row.proteinChange)
      return holdsFinding(cell) ? nil : meaning(cell)?.reason
    case .copyNumber(let row):
      guard row.amount.count >= 2, row.amount.count <= 60, !row.isCopies else { return nil }
      return meaning(batch.string(row.amount))?.reason
    case .fusion(let row):
      for slice in [row.name, row.first, row.second] where slice.count >= 2 && slice.count <= 80 {
        if let found = meaning(batch.string(slice)) { return found.reason }
      }
      return nil
    case .biomarker(let row):
      guard row.value.count >= 4, row.value.count <= 80 else { return nil }
      let value = StatedMeasurement.withoutUntested(batch.string(row.value))
      return value.contains(where: \.isLetter) || value.hasSuffix("?") ? doubt(value)?.reason : nil
    case .segment: return nil
    }
  }

  /// Whether a part of a cell of several states a change, whatever the others deny: `L858R; T790M: no`.
  private static func holdsFinding(_ cell: String) -> Bool {
    let parts = cell.replacing(" with ", with: ";").split { ";,".contains($0) }
    guard parts.count > 1, !isDeniedList(cell) else { return false }
    return parts.contains { part in
      let part = part.drop { $0 == " " }
      guard meaning(String(part)) == nil else { return false }
      let words = part.split(separator: " ")
      return words.contains { ProteinChange(String($0)).map { $0.first > 0 } ?? false }
        || part.contains(where: \.isNumber) && words.contains { Negation.namesFinding($0) || $0.lowercased() == "del" }
    }
  }

  /// `L858R, T790M and exon 19 deletion were not detected`: the verb holds for all of the list.
  private static func isDeniedList(_ cell: String) -> Bool {
    let lowered = cell.lowercased()
    return ["detected", "identified", "found", "seen", "present"].contains { lowered.hasSuffix("were not " + $0) }
  }

  /// Whether a cell is a change of a protein and no words beside it, as far as its bytes tell.
  private static func isPlain(_ cell: Span<UInt8>) -> Bool {
    guard cell[0] | 0x20 == UInt8(ascii: "p"), cell[1] == UInt8(ascii: ".") else { return false }
    for index in cell.indices where cell[index] == 0x20 || cell[index] >= 0x80 { return false }
    return cell[cell.count - 1] != UInt8(ascii: "?") || cell.count < 5
  }

  /// What words of doubt make of a cell: `L858R?`, `suspected`, `KIF5B-RET (not confirmed)`, `test failed`.
  private static func doubt(_ text: String) -> Meaning? {
    // Nearly all cells hold a number, a change or a word for a call.
    let letters = text.utf8.reduce(0) { $0 + ($1 | 0x20 >= 0x61 && $1 | 0x20 <= 0x7A || $1 >= 0x80 ? 1 : 0) }
    let isAsked = text.hasSuffix("?") || text.hasSuffix("\u{FF1F}")
    guard isAsked || letters > 3, !Certainty.isPlain(text) else { return nil }
    guard let doubt = Certainty.doubt(FindingPhrase(PlainTyping.of(text))),
      text.contains(where: { !"().pP ?".contains($0) }), isAsked || CopyNumberNormalizer.call(text) == nil
    else { return nil }
    return if case .untested = doubt { .notAssayed } else { .uncertain }
  }

  private static func meaning(_ text: String) -> Meaning? {
    let typed = PlainTyping.of(text)
    if typed.hasSuffix("(-)") || typed.hasSuffix("(neg)") || typed.hasSuffix("(negative)") || typed.hasSuffix(" -") {
      return .notFound
    }
    if let inner = bracketed(typed), denials.contains(inner) { return .notFound }
    var body = typed[...]
    if let cut = body.firstIndex(of: "("), cut > body.startIndex { body = body[..<cut] }
    let key = key(body)
    switch ResultWords.builtIn.meaning(of: body) {
    case .absent: return .notFound
    case .untested: return .notAssayed
    case .uncertain: return .uncertain
    case .present, nil: break
    }
    if let doubt = doubt(text) { return doubt }
    // A gene, or what was looked for, may stand before the words: `ALK fusion: not detected`.
    let lowered = body.lowercased()
    guard lowered.contains(where: { $0 == " " || $0 == ":" || $0 == "_" }) || lowered.hasSuffix("-negative") else {
      return nil
    }
    // `no such call`, `no data`: nobody looked, or nothing came of it.
    if lowered.hasPrefix("no "), lowered.split(separator: " ").contains(where: { nothingSeen.contains(String($0)) }) {
      return .notAssayed
    }
    if endings.contains(where: { key.hasSuffix($0) }) || lowered.hasPrefix("no ") && !lowered.hasPrefix("no. ")
      || lowered.hasPrefix("negative for ")
    {
      return .notFound
    }
    // `exon 14 skipping: no alteration detected`.
    if let colon = lowered.firstRange(of: ": no "), ClinicalText.saysNothingFound(String(lowered[colon.upperBound...]))
    {
      return .notFound
    }
    if let last = meaning(ofLast: lowered) { return last }
    return untestedEndings.contains { key.hasSuffix($0) } ? .notAssayed : nil
  }

  /// What the last word of a cell, in lower case, says of those before it.
  private static func meaning(ofLast lowered: String) -> Meaning? {
    // `D842V: no`, `V600E = 0`.
    let words = lowered.split { " :=".contains($0) }
    if words.count > 1, let last = words.last,
      saysNothingOfIt(String(last), behind: words.dropLast().last.map(String.init))
    {
      return .notFound
    }
    if words.count > 1, let last = words.last, last.hasPrefix("<"), last.contains("lod") || last.contains(".") {
      return .uncertain
    }
    // `CN 0` is a loss, and in `amplification, CEP17 normal` another thing is normal.
    if words.count > 1, let last = words.last, lastDenials.contains(String(last)), !lowered.contains(","),
      !Negation.isValue(String(last), of: String(words[words.count - 2]))
    {
      return .notFound
    }
    return nil
  }

  /// `L858R 0.00`, `EML4-ALK 0 reads`: a share of nothing, or no read.
  private static func saysNothingOfIt(_ last: String, behind before: String?) -> Bool {
    if ["reads", "read"].contains(last) { return before == "0" }
    let digits = last.hasSuffix("%") ? last.dropLast() : last[...]
    return digits.hasPrefix("0.") && digits.count > 2 && digits.allSatisfy { $0 == "0" || $0 == "." }
  }

  /// What stands in brackets at the end of a cell, in lower case.
  private static func bracketed(_ text: String) -> String? {
    guard text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex else { return nil }
    return text[text.index(after: open)...].dropLast().lowercased()
  }

  /// What denies the change that it stands behind, in brackets and as the last word.
  private static let denials: Set<String> = [
    "wt", "wild type", "wild-type", "normal", "reference", "vaf 0%", "vaf 0", "vaf: 0%", "vaf=0%", "0%", "excluded",
    "false positive", "not found", "absent",
  ]
  private static let lastDenials: Set<String> = [
    "no", "0", "0%", "neg", "-", "wt", "excluded", "reference", "normal",
  ]

  /// Letters and digits of a text, in lower case.
  private static func key(_ text: Substring) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.lowercased().filter { $0.isLetter || $0.isNumber } }
    var bytes = Array(text.utf8)
    for index in bytes.indices where bytes[index] >= 0x41 && bytes[index] <= 0x5A { bytes[index] += 0x20 }
    bytes.removeAll { !($0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let nothingSeen: Set<String> = [
    "call", "calls", "data", "result", "results", "coverage", "information",
  ]
  private static let endings = [
    "notdetected", "undetected", "negative", "absent", "wildtype", "notfound", "notidentified", "notpresent",
    "nonedetected", "notamplified", "notrearranged", "notmutated", "undetectable", "notdetectable", "notseen",
    "nichtnachgewiesen", "notobserved", "notlost", "notdeleted", "notgained", "notfused", "falsepositive",
    "nonrilevata", "nonrilevato", "nodetectada", "nodetectado", "ruledout", "excludedbyfish", "pertinentnegative",
  ]
  private static let untestedEndings = [
    "nocall", "failed", "nottested", "notassessed", "notassayed", "notdone", "notevaluable", "indeterminate",
    "insufficient", "notperformed",
  ]
}
