// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// What the words of a cell on the result of a call say: laboratories write it in many ways.
enum CallPhrase: Equatable, Sendable {
  /// The change is not there.
  case absent
  /// Whether it is there was not found out.
  case open

  /// Longer cells are remarks.
  private static let longest = 80

  private static let answers: Set<String> = [
    "no", "n", "false", "f", "0", "none", "nd", "n/d", "nein", "non", "-", "\u{2013}",
  ]
  /// Words that say it at the beginning of a cell.
  private static let refusals: Set<String> = [
    "negative", "negativ", "negativo", "negativa", "négatif", "négative", "neg", "absent", "undetected",
    "undetectable", "unmutated", "nonmutated", "nonmutant", "normal", "wildtype", "wt",
  ]
  private static let negations: Set<String> = [
    "not", "no", "non", "nicht", "never", "without", "kein", "keine", "aucun", "aucune", "nessuna", "nessun", "sin",
  ]
  /// What is denied behind `not`.
  private static let found: Set<String> = [
    "detected", "detectable", "identified", "found", "present", "seen", "observed", "mutated", "mutant", "amplified",
    "rearranged", "fused", "deleted", "called", "demonstrated", "visible", "nachgewiesen", "nachweisbar", "gefunden",
    "vorhanden", "mutiert", "detectada", "detectado", "encontrada", "encontrado", "rilevata", "rilevato", "retrouvé",
    "retrouvée", "retrouve", "retrouvee", "détecté", "détectée", "detecte", "detectee",
  ]
  /// What is left open behind `not`.
  private static let done: Set<String> = [
    "performed", "done", "tested", "evaluable", "assessable", "assessed", "analyzed", "analysed", "sequenced",
    "covered", "sufficient", "interpretable", "confirmed",
  ]
  /// What may stand around a denial: names of what is looked for, and words that say nothing else.
  private static let things: Set<String> = [
    "mutation", "mutations", "variant", "variants", "fusion", "fusions", "rearrangement", "rearrangements",
    "alteration", "alterations", "amplification", "deletion", "change", "changes", "aberration", "aberrations",
    "abnormality", "loss", "gain", "reportable", "pathogenic", "clinically", "significant", "relevant", "evidence",
    "of", "for", "call", "reads", "read", "somatic", "gene", "target", "marker", "is", "was", "were", "be", "could",
    "result", "results", "test", "nachweis", "einer", "eines", "von", "mutación", "mutacion", "mutazione", "the", "a",
    "transcript", "wt", "wildtype", "wild", "type", "0", "copies", "ml",
  ]

  /// - Parameter cell: The cell as written.
  init?(_ cell: Span<UInt8>) {
    guard cell.count <= Self.longest, let said = Self.read(Self.plain(cell)) else { return nil }
    self = said
  }

  /// Whether the cell of a column that asks for the result alone says no.
  static func isNo(_ cell: Span<UInt8>) -> Bool { cell.count < 12 && answers.contains(plain(cell)) }

  private static func plain(_ cell: Span<UInt8>) -> String {
    var text = Substring(ByteText.string(cell).lowercased())
    func isLeftOut(_ character: Character?) -> Bool { character.map { " .!\"'".contains($0) } ?? false }
    while isLeftOut(text.first) { text.removeFirst() }
    while isLeftOut(text.last) { text.removeLast() }
    return String(text)
  }

  private static func read(_ plain: String) -> CallPhrase? {
    let words = plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let first = words.first else { return nil }
    if isBelowLimit(plain, words) || first == "insufficient" || plain == "qns" { return .open }
    if refusals.contains(first) || first == "wild" && words.dropFirst().first == "type" {
      return words.dropFirst().allSatisfy { things.contains($0) || found.contains($0) || negations.contains($0) }
        ? .absent : nil
    }
    guard let place = words.firstIndex(where: negations.contains), words[..<place].allSatisfy(things.contains) else {
      return nil
    }
    let rest = words[(place + 1)...]
    guard let next = rest.first else { return nil }
    // `not detected in the normal` speaks of another tissue.
    guard rest.allSatisfy({ things.contains($0) || found.contains($0) || done.contains($0) }) else { return nil }
    if done.contains(next) || next == "result" || next == "results" { return .open }
    return .absent
  }

  /// `below cutoff`, `< LOD`.
  private static func isBelowLimit(_ text: String, _ words: [String]) -> Bool {
    guard text.hasPrefix("<") || words.first == "below" || words.first == "under" else { return false }
    let limits: Set<String> = ["lod", "loq", "limit", "limits", "cutoff", "cut", "threshold", "detection"]
    return words.contains(where: limits.contains)
  }
}
