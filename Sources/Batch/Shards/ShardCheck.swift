// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Whether the parts of a cohort fit together, and which part reports each sample.
struct ShardCheck {
  /// Why they do not fit; empty when they do.
  private(set) var faults: [InputError] = []
  /// The number of the part that reports a sample.
  private(set) var chosen: [String: Int] = [:]

  init(parts: [RecordedRun], programVersion: String) {
    compare(parts, programVersion)
    countShards(parts)
    shareFiles(parts)
    if faults.isEmpty { choose(parts) }
  }

  private mutating func add(_ folder: String, _ problem: String) {
    faults.append(InputError(path: folder, problem: problem))
  }

  /// Program, tables, settings and sheet have to be the same.
  private mutating func compare(_ parts: [RecordedRun], _ programVersion: String) {
    guard let first = parts.first else { return }
    for part in parts {
      if part.record.programVersion != programVersion {
        add(
          part.folder,
          "was made by oncomatch \(part.record.programVersion), this is \(programVersion) (run the shard again)")
      }
      if part.record.tableDigest != first.record.tableDigest {
        add(part.folder, "has the tables \(Self.text(part)), \(first.folder) has \(Self.text(first)) (use the same)")
      }
      let (own, other) = (part.record.reportSettings, first.record.reportSettings)
      for name in Set(own.keys).union(other.keys).sorted() where own[name] != other[name] {
        add(
          part.folder,
          "was made with \(name) '\(own[name] ?? "")', \(first.folder) with '\(other[name] ?? "")' (use the same)")
      }
      if part.record.sheetDigest != first.record.sheetDigest {
        add(part.folder, "was made with another sample sheet, or other overrides, than \(first.folder) (use the same)")
      }
    }
  }

  private static func text(_ part: RecordedRun) -> String {
    part.record.tables.map { "\($0.name) \($0.version) (\($0.digest))" }.joined(separator: ", ")
  }

  /// Either no folder is a shard, or all are and none is missing.
  private mutating func countShards(_ parts: [RecordedRun]) {
    guard let (first, count) = parts.lazy.compactMap({ part in part.record.shard.map { (part, $0.count) } }).first
    else {
      return
    }
    var seen: [Int: String] = [:]
    for part in parts {
      guard let shard = part.record.shard else {
        add(part.folder, "is not a shard, \(first.folder) is shard \(first.record.part)")
        continue
      }
      if shard.count != count {
        add(
          part.folder,
          "is shard \(part.record.part), \(first.folder) is shard \(first.record.part) (use the same number)")
      } else if let other = seen[shard.number] {
        add(part.folder, "is shard \(part.record.part), and so is \(other)")
      }
      seen[shard.number] = part.folder
    }
    let missing = (1...count).filter { seen[$0] == nil }
    if !missing.isEmpty, faults.isEmpty {
      let names = missing.prefix(20).map { "\($0)/\(count)" }.joined(separator: ", ")
      add(first.folder, "is one of \(count) shards, missing: \(names)\(missing.count > 20 ? ", ..." : "")")
    }
  }

  /// Runs that are no parts of one cohort must not have read the same file, since its rows would be told twice.
  private mutating func shareFiles(_ parts: [RecordedRun]) {
    var readers: [String: String] = [:]
    for part in parts where part.record.part.isEmpty {
      for path in part.record.inputs.map(\.path) {
        if let other = readers[path] {
          add(part.folder, "read \(path), and so did \(other) (split a cohort with --shard or --samples-from)")
          return
        }
        readers[path] = part.folder
      }
    }
  }

  /// A sample that one part knows from its files and another from the sheet alone is the first one's.
  private mutating func choose(_ parts: [RecordedRun]) {
    for (place, part) in parts.enumerated() {
      for sample in part.record.samples {
        let id = sample.id
        guard let other = chosen[id] else {
          chosen[id] = place
          continue
        }
        let known = parts[other].sample(id).map(parts[other].record.paths) ?? []
        if known.isEmpty {
          chosen[id] = place
        } else if !sample.inputs.isEmpty {
          add(
            part.folder,
            "reports sample '\(id)' from \(part.record.paths(of: sample)[0]), and \(parts[other].folder) from \(known[0])"
              + " (one sample, one shard: put its files in one folder or give a sample sheet)")
        }
      }
    }
    faults.sort { ($0.path, $0.problem) < ($1.path, $1.problem) }
  }
}
