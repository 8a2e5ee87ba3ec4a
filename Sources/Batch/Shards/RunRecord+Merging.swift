// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import SystemIO

extension RunRecord {
  /// The records of all parts of a cohort as one, as far as it does not depend on the merge itself.
  ///
  /// - Parameter chosen: Which part reports each sample.
  init(merging parts: [RunRecord], chosen: [String: Int]) {
    guard let first = parts.first else { return }
    (programVersion, tables) = (first.programVersion, first.tables)
    (settingsDigest, sheetDigest) = (first.settingsDigest, first.sheetDigest)
    reportSettings = first.reportSettings
    for name in RunOptions.reportSettingNames where reportSettings[name] == nil { reportSettings[name] = "" }
    request = first.request
    var seen: Set<String> = []
    request.inputs = parts.flatMap(\.request.inputs).filter { seen.insert($0).inserted }
    request.tumorType = reportSettings["tumor_type"] ?? ""
    request.genome = reportSettings["input.genome"] ?? ""
    request.writesSampleFiles = reportSettings["sample_files"] == "true"
    jobs = parts.map(\.jobs).max() ?? 1

    var byPath: [String: Input] = [:]
    for input in parts.lazy.flatMap(\.inputs) {
      byPath[input.path] = byPath[input.path].map { Self.sum($0, input) } ?? input
    }
    let paths = byPath.keys.sorted(by: InputOrder(inputs: request.inputs).precedes)
    var numbers: [String: Int32] = [:]
    for (number, path) in paths.enumerated() { numbers[path] = Int32(number) }
    inputs = paths.compactMap { byPath[$0] }
    for index in inputs.indices {
      inputs[index].filteredByReader = [:]
      inputs[index].filtered = inputs[index].filtered.filter { $0.value > 0 }
    }

    for (place, part) in parts.enumerated() {
      for var sample in part.samples where chosen[sample.id] == place {
        sample.inputs = part.paths(of: sample).compactMap { numbers[$0] }
        samples.append(sample)
      }
    }
    samples.sort { $0.id < $1.id }
    for part in parts { removedFiles.merge(part.removedFiles) { first, _ in first } }
    removed = Set(parts.flatMap(\.removed)).filter { chosen[$0] == nil }.sorted()
    for part in parts { panels.merge(part.panels) { first, _ in first } }
    var reasons: [String: Skipped] = [:]
    for item in parts.lazy.flatMap(\.skipped) { reasons[item.path] = item }
    skipped = reasons.values.sorted { $0.path < $1.path }
  }

  /// What two parts say of a file that both read; rows that the reader set aside are said by both.
  private static func sum(_ one: Input, _ other: Input) -> Input {
    var sum = one
    sum.counts.add(other.counts)
    let own = other.filtered.merging(other.filteredByReader) { $0 - $1 }
    sum.filtered.merge(own, uniquingKeysWith: +)
    return sum
  }

  /// Seconds and rows by stage.
  var clock: StageClock {
    var clock = StageClock()
    for figures in stages {
      guard let stage = Stage.allCases.first(where: { $0.name == figures.stage }) else { continue }
      clock.set(stage, seconds: figures.seconds, rows: figures.rows)
    }
    return clock
  }

  /// Number and count of the shard; `nil` when it is none.
  var shard: (number: Int, count: Int)? {
    let numbers = part.split(separator: "/").map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
    return (number, count)
  }
}
