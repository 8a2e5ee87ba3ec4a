internal import DelimitedText

/// A file to be read and the folder that may name its sample.
struct InputFile: Sendable {
  /// The path as printed.
  let path: String
  /// The name of the sample folder it lies in; empty for files that lie flat.
  let sampleDirectory: String
  /// The path of the folder it lies in.
  let directory: String
  let stamp: FileStamp
}

/// What is to be read, in a fixed order, and what is left alone.
struct Discovery: Sendable {
  private(set) var files: [InputFile] = []
  /// Files that are not read, each with the reason.
  private(set) var skipped: [(path: String, reason: String)] = []
  private(set) var faults: [InputError] = []

  /// Looks at all inputs.
  ///
  /// - Parameter now: Seconds since 1970, for the quiet time.
  init(inputs: [String], output: String, quietTime: Int, now: Int) {
    for input in inputs {
      guard let stamp = FileStamp(path: input) else {
        faults.append(InputError(path: input, problem: "does not exist or cannot be looked at"))
        continue
      }
      if stamp.isDirectory {
        walk(Self.withoutSlash(input), name: "", depth: 0, output: output, quietTime: quietTime, now: now)
      } else {
        add(input, stamp, sampleDirectory: "", directory: Self.parent(input), quietTime: quietTime, now: now)
      }
    }
  }

  /// Files of a folder come before its folders, so that cohort files and sheets are known first.
  private mutating func walk(_ directory: String, name: String, depth: Int, output: String, quietTime: Int, now: Int) {
    let names: [String]
    do throws(SystemError) {
      names = try FileReading.names(in: directory)
    } catch {
      faults.append(InputError(path: directory, problem: error.description))
      return
    }
    let isOutput = names.contains("run.json") && names.contains("datapackage.json")
    if isOutput || names.contains("therapies.tsv") && names.contains("samples.tsv") {
      skipped.append((directory, "is an output folder of oncomatch"))
      return
    }
    var folders: [String] = []
    for entry in names {
      let path = directory + "/" + entry
      if entry.hasPrefix(".") {
        skipped.append((path, "is hidden"))
        continue
      }
      guard let stamp = FileStamp(path: path) else {
        faults.append(InputError(path: path, problem: "cannot be looked at (is it a dead link?)"))
        continue
      }
      if stamp.isDirectory {
        folders.append(entry)
      } else {
        add(path, stamp, sampleDirectory: name, directory: directory, quietTime: quietTime, now: now)
      }
    }
    guard depth < 8 else { return }
    for folder in folders {
      walk(directory + "/" + folder, name: folder, depth: depth + 1, output: output, quietTime: quietTime, now: now)
    }
  }

  private mutating func add(
    _ path: String, _ stamp: FileStamp, sampleDirectory: String, directory: String, quietTime: Int, now: Int
  ) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let reason = Self.reasonToSkip(name) {
      skipped.append((path, reason))
    } else if !stamp.isRegular {
      skipped.append((path, "is not a regular file"))
    } else if quietTime > 0, now - stamp.modified / 1_000_000_000 < quietTime {
      skipped.append((path, "is younger than the quiet time (left for the next run)"))
    } else {
      files.append(InputFile(path: path, sampleDirectory: sampleDirectory, directory: directory, stamp: stamp))
    }
  }

  private static func reasonToSkip(_ name: String) -> String? {
    let upper = name.uppercased()
    if upper.hasPrefix("README") || upper.hasPrefix("LICENSE") || upper.hasPrefix("LICENCE") { return "is a document" }
    if name.hasPrefix("meta_") { return "is study metadata" }
    if name.hasSuffix(".tmp") || name.hasSuffix(".part") { return "is unfinished (left for the next run)" }
    if name.hasSuffix(".tbi") || name.hasSuffix(".csi") || name.hasSuffix(".md5") { return "is an index or check sum" }
    return nil
  }

  static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }

  private static func withoutSlash(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// The file name without the suffixes that name its kind: `S1.maf.gz` is `S1`.
  static func stem(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    let suffixes = [
      ".gz", ".bgz", ".maf", ".txt", ".tsv", ".vcf", ".csv", ".seg", ".cna", ".cnv", ".sv", ".fusions", ".fusion",
      ".mutations", ".somatic", ".annotated", ".bed", ".cns",
    ]
    var changed = true
    while changed {
      changed = false
      for suffix in suffixes where name.lowercased().hasSuffix(suffix) && name.utf8.count > suffix.utf8.count {
        name.removeLast(suffix.count)
        changed = true
      }
    }
    return name
  }
}
