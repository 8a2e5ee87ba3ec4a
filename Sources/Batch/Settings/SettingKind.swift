// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching
internal import Reports

/// What a setting may be, and how it is read and written.
package struct SettingKind<Value: Sendable>: Sendable {
  /// What the value of an option has to be, for messages: `a number of seconds, 0 or more`.
  package let expected: String
  /// What a value in a settings file has to be.
  let expectedInFile: String
  /// The value in a settings file, whose folder is the second argument; `nil` when it is not what is expected.
  let fromFile: @Sendable (TOMLValue, String) -> Value?
  /// The value of an option; `nil` when it is not what is expected.
  let fromOption: @Sendable (String) -> Value?
  /// The value as run.json records it.
  let text: @Sendable (Value) -> String

  fileprivate init(
    expected: String, inFile expectedInFile: String? = nil,
    fromFile: @escaping @Sendable (TOMLValue, String) -> Value?, fromOption: @escaping @Sendable (String) -> Value?,
    text: @escaping @Sendable (Value) -> String
  ) {
    self.expected = expected
    self.expectedInFile = expectedInFile ?? expected
    self.fromFile = fromFile
    self.fromOption = fromOption
    self.text = text
  }
}

extension SettingKind where Value == String {
  /// A text that is not empty.
  static func text(_ expected: String) -> SettingKind {
    SettingKind(
      expected: expected, inFile: expected + " in quotes",
      fromFile: { value, _ in
        guard case .text(let text) = value, !text.isEmpty else { return nil }
        return text
      }, fromOption: { $0 }, text: { $0 })
  }

  /// A path; in a settings file it is relative to the file's folder.
  static var path: SettingKind {
    SettingKind(
      expected: "a path", inFile: "a path in quotes",
      fromFile: { value, folder in
        guard case .text(let text) = value, !text.isEmpty else { return nil }
        return Self.resolved(text, folder)
      }, fromOption: { $0 }, text: { $0 })
  }

  /// An address of the web.
  static var address: SettingKind {
    let text = Self.text("an address that begins with https:// or http://")
    let isAddress: @Sendable (String) -> Bool = { text in
      (text.hasPrefix("https://") || text.hasPrefix("http://")) && !text.contains(where: \.isWhitespace)
    }
    return SettingKind(
      expected: text.expected, inFile: text.expectedInFile,
      fromFile: { value, folder in text.fromFile(value, folder).flatMap { isAddress($0) ? $0 : nil } },
      fromOption: { isAddress($0) ? $0 : nil }, text: { $0 })
  }
}

extension SettingKind {
  /// A path of a settings file as seen from where the program runs.
  fileprivate static func resolved(_ path: String, _ folder: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
  }

  /// The texts of a list; `nil` when something else is in it.
  fileprivate static func texts(_ value: TOMLValue) -> [String]? {
    guard case .list(let values) = value else { return nil }
    var texts: [String] = []
    for case .text(let text) in values { texts.append(text) }
    return texts.count == values.count ? texts : nil
  }

  /// A value that may be left open.
  static func optional<Wrapped>(_ kind: SettingKind<Wrapped>) -> SettingKind where Value == Wrapped? {
    SettingKind(
      expected: kind.expected, inFile: kind.expectedInFile, fromFile: { kind.fromFile($0, $1).map { .some($0) } },
      fromOption: { kind.fromOption($0).map { .some($0) } }, text: { $0.map(kind.text) ?? "" })
  }
}

extension SettingKind where Value == Bool {
  /// Yes or no.
  static var flag: SettingKind {
    SettingKind(
      expected: "true or false",
      fromFile: { value, _ in
        guard case .flag(let flag) = value else { return nil }
        return flag
      }, fromOption: { Bool($0) }, text: { String($0) })
  }
}

extension SettingKind where Value == Int {
  /// A whole number.
  static func count(_ expected: String, atLeast least: Int, atMost most: Int = .max) -> SettingKind {
    SettingKind(
      expected: expected,
      fromFile: { value, _ in
        guard case .integer(let number) = value, number >= least, number <= most else { return nil }
        return number
      }, fromOption: { Int($0).flatMap { $0 >= least && $0 <= most ? $0 : nil } }, text: { String($0) })
  }
}

extension SettingKind where Value == Double {
  /// A number in a range.
  static func number(_ expected: String, in range: ClosedRange<Double>) -> SettingKind {
    SettingKind(
      expected: expected,
      fromFile: { value, _ in
        let number: Double
        switch value {
        case .integer(let whole): number = Double(whole)
        case .number(let part): number = part
        case .text, .flag, .list: return nil
        }
        return range.contains(number) ? number : nil
      }, fromOption: { Double($0).flatMap { range.contains($0) ? $0 : nil } }, text: { String($0) })
  }
}

extension SettingKind where Value == [String] {
  /// Paths; in a settings file they are relative to the file's folder.
  static var paths: SettingKind {
    SettingKind(
      expected: "a path", inFile: "a list of paths in quotes",
      fromFile: { value, folder in texts(value)?.map { resolved($0, folder) } },
      fromOption: { [$0] }, text: { $0.joined(separator: ",") })
  }
}

extension SettingKind where Value == [String] {
  /// Names.
  static func names(_ expected: String) -> SettingKind {
    SettingKind(
      expected: expected, inFile: "a list of names in quotes", fromFile: { value, _ in texts(value) },
      fromOption: { [$0] }, text: { $0.joined(separator: ",") })
  }
}

extension SettingKind where Value == Set<ReportFormat> {
  /// Forms of reports; an option joins them by commas.
  static var formats: SettingKind {
    @Sendable func formats(_ names: [String]) -> Set<ReportFormat>? {
      let known = names.compactMap { ReportFormat(rawValue: $0) }
      return known.count == names.count && !known.isEmpty ? Set(known) : nil
    }
    return SettingKind(
      expected: "a list, joined by commas, of " + ReportFormat.allCases.map(\.rawValue).joined(separator: ", "),
      inFile: "a list of " + ReportFormat.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
      fromFile: { value, _ in texts(value).flatMap(formats) },
      fromOption: { formats($0.split(separator: ",").map { $0.lowercased() }) },
      text: { $0.map(\.rawValue).sorted().joined(separator: ",") })
  }
}

extension SettingKind where Value == GenomeBuild {
  /// A build of the genome.
  static var genome: SettingKind {
    SettingKind(
      expected: "a genome build, GRCh37 or GRCh38", inFile: "\"GRCh37\" or \"GRCh38\"",
      fromFile: { value, _ in
        guard case .text(let name) = value else { return nil }
        return GenomeBuild(name)
      }, fromOption: { GenomeBuild($0) }, text: { $0.name })
  }
}

extension SettingKind where Value == RegulatorChoice {
  /// Whose labels count as approved here.
  static var regulator: SettingKind {
    SettingKind(
      expected: "a regulator: " + RegulatorChoice.allCases.map(\.rawValue).joined(separator: ", "),
      inFile: "a regulator: " + RegulatorChoice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
      fromFile: { value, _ in
        guard case .text(let name) = value else { return nil }
        return RegulatorChoice(rawValue: name)
      }, fromOption: { RegulatorChoice(rawValue: $0) }, text: { $0.rawValue })
  }
}

extension SettingKind where Value == Rule.Level {
  /// A level of evidence.
  static var level: SettingKind {
    SettingKind(
      expected: "a level: " + Rule.Level.allCases.map(\.rawValue).joined(separator: ", "),
      inFile: "a level: " + Rule.Level.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "),
      fromFile: { value, _ in
        guard case .text(let name) = value else { return nil }
        return Rule.Level(rawValue: name)
      }, fromOption: { Rule.Level(rawValue: $0) }, text: { $0.rawValue })
  }
}
