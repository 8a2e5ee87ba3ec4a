internal import Alterations
internal import Reports
internal import Knowledge

/// A key that a settings file may hold.
struct SettingKey: Sendable {
  let section: String
  let key: String
  /// What its value has to be.
  let expected: String
  /// Takes the value; `false` when it is not what is expected.
  ///
  /// The second argument is the folder of the settings file.
  let apply: @Sendable (TOMLValue, String, inout RunSettings) -> Bool

  var name: String { section + "." + key }

  static let all: [SettingKey] =
    [
      path("input", "samples", \.sheet), path("input", "panel", \.panel),
      text("input", "tumor_type", "an OncoTree code, name or alias in quotes", \.tumorType),
      SettingKey(section: "input", key: "genome", expected: "\"GRCh37\" or \"GRCh38\"") { value, _, settings in
        guard case .text(let name) = value, let build = GenomeBuild(name) else { return false }
        settings.genome = build
        return true
      },
      flag("input", "whole_exome", \.thresholds.isWholeExome),
      count("input", "quiet_time", "a number of seconds, 0 or more", 0, \.quietTime),
      count("input", "max_text_size", "a number of bytes, 1 or more", 1, \.maxTextSize),
      count("input", "max_line_size", "a number of bytes, 1 or more", 1, \.maxLineSize),
      SettingKey(section: "table", key: "files", expected: "a list of paths in quotes") { value, folder, settings in
        guard let names = texts(value) else { return false }
        settings.tables = names.map { resolved($0, folder) }
        return true
      },
      flag("table", "builtin", \.usesBuiltInTable),
      SettingKey(
        section: "output", key: "formats",
        expected: "a list of " + ReportFormat.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      ) { value, _, settings in
        guard let names = texts(value) else { return false }
        let formats = names.compactMap { ReportFormat(rawValue: $0) }
        settings.formats = Set(formats)
        return formats.count == names.count
      },
    ] + [
      text("output", "report_url", "an address in quotes", \.reportAddress),
      flag("output", "sample_files", \.writesSampleFiles), flag("output", "explain", \.explains),
      flag("output", "private", \.isPrivate), flag("output", "prune", \.prunes),
      count("workers", "jobs", "a number of workers, 1 or more", 1, \.jobs),
      flag("run", "strict", \.isStrict), flag("run", "verify", \.verifies), flag("run", "quiet", \.isQuiet),
      number("thresholds", "amplification_copies", "a number of copies, 3 or more", 3...1000) {
        $1.thresholds.amplificationCopies = $0
      },
      number("thresholds", "subclonal_fraction", "a fraction, 0 to 1", 0...1) { $1.thresholds.subclonalFraction = $0 },
      number("thresholds", "low_support_vaf", "a fraction, 0 to 1", 0...1) { $1.thresholds.lowSupport = $0 },
      number("gates", "min_vaf", "a fraction, 0 to 1", 0...1) { $1.thresholds.leastFraction = $0 },
      SettingKey(
        section: "gates", key: "lowest_level",
        expected: "a level: " + Rule.Level.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      ) { value, _, settings in
        guard case .text(let name) = value, let level = Rule.Level(rawValue: name) else { return false }
        settings.thresholds.lowestLevel = level
        return true
      },
    ]

  private static func resolved(_ path: String, _ folder: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
  }

  private static func texts(_ value: TOMLValue) -> [String]? {
    guard case .list(let values) = value else { return nil }
    var texts: [String] = []
    for case .text(let text) in values { texts.append(text) }
    return texts.count == values.count ? texts : nil
  }

  private static func path(
    _ section: String, _ key: String, _ place: any WritableKeyPath<RunSettings, String?> & Sendable
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: "a path in quotes") { value, folder, settings in
      guard case .text(let text) = value, !text.isEmpty else { return false }
      settings[keyPath: place] = resolved(text, folder)
      return true
    }
  }

  private static func text(
    _ section: String, _ key: String, _ expected: String, _ place: any WritableKeyPath<RunSettings, String?> & Sendable
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: expected) { value, _, settings in
      guard case .text(let text) = value, !text.isEmpty else { return false }
      settings[keyPath: place] = text
      return true
    }
  }

  private static func flag(
    _ section: String, _ key: String, _ place: any WritableKeyPath<RunSettings, Bool?> & Sendable
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: "true or false") { value, _, settings in
      guard case .flag(let flag) = value else { return false }
      settings[keyPath: place] = flag
      return true
    }
  }

  private static func flag(
    _ section: String, _ key: String, _ place: any WritableKeyPath<RunSettings, Bool> & Sendable
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: "true or false") { value, _, settings in
      guard case .flag(let flag) = value else { return false }
      settings[keyPath: place] = flag
      return true
    }
  }

  private static func count(
    _ section: String, _ key: String, _ expected: String, _ least: Int,
    _ place: any WritableKeyPath<RunSettings, Int?> & Sendable
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: expected) { value, _, settings in
      guard case .integer(let number) = value, number >= least else { return false }
      settings[keyPath: place] = number
      return true
    }
  }

  private static func number(
    _ section: String, _ key: String, _ expected: String, _ range: ClosedRange<Double>,
    _ set: @escaping @Sendable (Double, inout RunSettings) -> Void
  ) -> SettingKey {
    SettingKey(section: section, key: key, expected: expected) { value, _, settings in
      let number: Double
      switch value {
      case .integer(let whole): number = Double(whole)
      case .number(let part): number = part
      default: return false
      }
      guard range.contains(number) else { return false }
      set(number, &settings)
      return true
    }
  }
}
