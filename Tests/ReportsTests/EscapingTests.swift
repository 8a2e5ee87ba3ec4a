// SPDX-License-Identifier: Apache-2.0
import JSONText
import Testing
@testable import Reports

/// Texts are looked at eight bytes at a time; a character must not hide among its neighbors.
@Suite struct EscapingTests {
  static let characters: [Character] =
    (Array(0..<0x80) + [0x80, 0x9F, 0xA0, 0xE9, 0x3B1, 0x206A, 0xFFFD, 0x1F600] + unshown)
    .compactMap(UnicodeScalar.init).map(Character.init)

  /// Marks that turn the direction of writing, and numbers that are no character.
  static let unshown: [UInt32] = [0x200E, 0x202E, 0x2066, 0x2069, 0xFDD0, 0xFFFE, 0x1FFFE]

  /// Each character alone, at every place of words of several lengths, and twice.
  static func texts(_ character: Character) -> [String] {
    var texts: [String] = [String(character), String(repeating: character, count: 9)]
    for length in [1, 7, 8, 9, 17] {
      for place in 0...length {
        texts.append(
          String(repeating: "a", count: place) + String(character) + String(repeating: "~", count: length - place))
      }
    }
    return texts
  }

  @Test("JSON reads back as the text it was written from", arguments: characters)
  func escapesJSON(character: Character) throws {
    for text in Self.texts(character) {
      var json = JSONWriter()
      json.object { $0.value("key", text) }
      let bytes = json.bytes
      #expect(try JSONValue(bytes.span)["key"]?.text == text)
      let inside = bytes.dropFirst("{\n  \"key\": \"".utf8.count).dropLast("\"\n}".utf8.count)
      for (place, byte) in inside.enumerated() {
        #expect(byte >= 0x20, "a control character at \(place) of \(text.debugDescription)")
      }
    }
  }

  @Test("a page holds no character of a text that could be markup or turn the page", arguments: characters)
  func escapesHTML(character: Character) {
    let shown: String =
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case "\t", "\n", "\r": " "
      default: isShown(character) ? String(character) : "\u{FFFD}"
      }
    for text in Self.texts(character) {
      var html = HTMLBuffer()
      html.text(text)
      let expected = text.map { $0 == character ? shown : String($0) }.joined()
      #expect(String(decoding: html.bytes, as: UTF8.self) == expected, "\(text.debugDescription)")
    }
  }

  private func isShown(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
      && !Self.unshown.contains { UnicodeScalar($0).map(Character.init) == character }
  }
}
