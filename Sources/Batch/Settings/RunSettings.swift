package import Alterations
package import DelimitedText
package import Reports
internal import SystemIO

/// What a settings file says (`oncomatch run --settings`); what it leaves open is `nil` or as it is without a file.
package struct RunSettings: Sendable {
  /// The sample sheet.
  package var sheet: String?
  /// The tumor type of samples whose type nothing else gives.
  package var tumorType: String?
  /// The build of the genome of inputs that do not state one.
  package var genome: GenomeBuild?
  /// Genes that were assayed.
  package var panel: String?
  /// Seconds a file must have been left alone.
  package var quietTime: Int?
  /// Largest unpacked text of one file, in bytes.
  package var maxTextSize: Int?
  /// Longest line of a file, in bytes.
  package var maxLineSize: Int?
  /// The address under which the output folder is served.
  package var reportAddress: String?
  /// Tables to add.
  package var tables: [String]?
  /// Whether the built-in table is used.
  package var usesBuiltInTable: Bool?
  /// The forms of the samples' reports.
  package var formats: Set<ReportFormat>?
  /// Whether per-sample folders are written.
  package var writesSampleFiles: Bool?
  /// Whether rules that were not met are written.
  package var explains: Bool?
  /// Whether new files are readable by their owner alone.
  package var isPrivate: Bool?
  /// Whether reports of samples whose input is gone are removed.
  package var prunes: Bool?
  /// Number of workers.
  package var jobs: Int?
  /// Whether any failed sample makes the run fail.
  package var isStrict: Bool?
  /// Whether content is compared, not size and time alone.
  package var verifies: Bool?
  /// Whether nothing but errors is said.
  package var isQuiet: Bool?
  /// Thresholds and gates.
  package var thresholds = Thresholds()

  /// Nothing said.
  package init() {}

  /// Reads a settings file; paths in it are relative to its folder.
  ///
  /// - Throws: ``InputError`` with line, key and the nearest known key.
  package init(path: String) throws(InputError) {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      try FileReading.read(path, into: &bytes)
    } catch {
      throw InputError(path: path, problem: error.description)
    }
    try self.init(bytes, path: path)
  }

  init(_ bytes: [UInt8], path: String) throws(InputError) {
    let text = try TOMLText(bytes, path: path)
    let names = Set(SettingKey.all.map(\.section))
    for section in text.sections where !names.contains(section.name) {
      throw InputError(
        path: path, line: section.line, column: "section", value: section.name,
        problem: "is not known (\(NearestName.advice(for: section.name, among: names.sorted())))")
    }
    let folder = Discovery.parent(path)
    for entry in text.entries {
      let name = entry.section.isEmpty ? entry.key : entry.section + "." + entry.key
      guard let key = SettingKey.all.first(where: { $0.section == entry.section && $0.key == entry.key }) else {
        throw InputError(
          path: path, line: entry.line, column: "key", value: name,
          problem: "is not known (\(NearestName.advice(for: name, among: SettingKey.all.map(\.name))))")
      }
      guard key.apply(entry.value, folder, &self) else {
        throw InputError(
          path: path, line: entry.line, column: name, value: entry.value.shown, problem: "is not \(key.expected)")
      }
    }
  }
}

extension RunOptions {
  /// What a run was asked to do by its settings; inputs, output, panel and workers are left to the caller.
  package init(_ settings: RunSettings) {
    self.init()
    sheet = settings.sheet ?? sheet
    tumorType = settings.tumorType ?? tumorType
    genome = settings.genome ?? genome
    quietTime = settings.quietTime ?? quietTime
    maxTextSize = settings.maxTextSize ?? maxTextSize
    maxLineSize = settings.maxLineSize ?? maxLineSize
    reportAddress = settings.reportAddress ?? reportAddress
    isPrivate = settings.isPrivate ?? isPrivate
    formats = settings.formats ?? formats
    writesSampleFiles = settings.writesSampleFiles ?? writesSampleFiles
    explains = settings.explains ?? explains
    prunes = settings.prunes ?? prunes
    isStrict = settings.isStrict ?? isStrict
    verifies = settings.verifies ?? verifies
    thresholds = settings.thresholds
  }
}

/// The known name that a mistyped one is closest to.
enum NearestName {
  /// What to tell a person.
  static func advice(for name: String, among known: [String]) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let distances = known.map { candidate in
      let end = candidate.split(separator: ".").last.map(String.init) ?? candidate
      return (min(distance(name, candidate), distance(last, end)), candidate)
    }
    guard let nearest = distances.min(by: { $0 < $1 }), nearest.0 <= max(2, last.utf8.count / 2) else {
      return "known: " + known.joined(separator: ", ")
    }
    return "did you mean \(nearest.1)?"
  }

  /// Letters to insert, remove, change or swap.
  static func distance(_ one: String, _ other: String) -> Int {
    let (first, second) = (Array(one.utf8), Array(other.utf8))
    var rows = [Array(0...second.count)]
    for (row, byte) in first.enumerated() {
      var next = [row + 1]
      for (column, otherByte) in second.enumerated() {
        var least = min(rows[row][column] + (byte == otherByte ? 0 : 1), rows[row][column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, byte == second[column - 1], first[row - 1] == otherByte {
          least = min(least, rows[row - 1][column - 1] + 1)
        }
        next.append(least)
      }
      rows.append(next)
    }
    return rows[first.count][second.count]
  }
}
