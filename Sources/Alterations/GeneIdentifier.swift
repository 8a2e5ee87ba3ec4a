// SPDX-License-Identifier: Apache-2.0
/// The number of a gene in a catalog other than that of symbols: Entrez 673, HGNC:1097, ENSG00000157764.
///
/// It is kept as a number, so that a row carries it without text.
package struct GeneIdentifier: Hashable, Sendable {
  /// Who gave the number.
  package enum Authority: UInt8, Sendable, CaseIterable {
    case entrez, hgnc, ensembl
  }

  /// Who gave the number.
  package var authority = Authority.entrez
  /// The number; 0 when none is given.
  package var number: Int32 = 0

  /// No identifier.
  package init() {}

  /// A number of a catalog.
  package init(_ authority: Authority, _ number: Int32) {
    self.authority = authority
    self.number = number
  }

  /// Whether there is one.
  package var isSet: Bool { number > 0 }

  /// Reads `HGNC:1097`, `ENSG00000157764.14` or digits alone; `nil` when the text is none of them.
  ///
  /// - Parameter bare: Who gave a number that stands alone; `nil` where digits alone are no identifier.
  package init?(_ text: Span<UInt8>, bare: Authority?) {
    var place = 0
    var authority = bare
    if text.count > 5, Self.begins(text, "HGNC:") {
      (authority, place) = (.hgnc, 5)
    } else if text.count > 4, Self.begins(text, "ENSG") {
      (authority, place) = (.ensembl, 4)
    }
    guard let authority, place < text.count else { return nil }
    var value = 0
    let first = place
    while place < text.count, text[place] >= 0x30, text[place] <= 0x39, place - first < 11 {
      value = value * 10 + Int(text[place] - 0x30)
      place += 1
    }
    // Ensembl's numbers have a version behind a point.
    guard place > first, place == text.count || authority == .ensembl && text[place] == UInt8(ascii: "."),
      value > 0, value <= Int(Int32.max)
    else { return nil }
    self.init(authority, Int32(value))
  }

  private static func begins(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where text[index] & 0xDF != (unsafe buffer[index]) & 0xDF { return false }
      return true
    }
  }
}

extension GeneIdentifier: CustomStringConvertible {
  /// As the catalog writes it.
  package var description: String {
    switch authority {
    case .entrez: "Entrez \(number)"
    case .hgnc: "HGNC:\(number)"
    case .ensembl: "ENSG" + String(repeating: "0", count: max(0, 11 - String(number).utf8.count)) + String(number)
    }
  }
}
