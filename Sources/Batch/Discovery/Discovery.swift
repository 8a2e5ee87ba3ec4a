internal import DelimitedText
internal import SystemIO

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
  /// A folder or file below an input that cannot be looked at.
  struct Unreadable: Sendable {
    /// The sample folder it is or lies in; empty when it lies flat.
    let sampleDirectory: String
    let directory: String
    let error: InputError
    /// Whether a sample is lost with it, by its name.
    var isSample = true
  }

  var files: [InputFile] = []
  /// Files that are not read, each with the reason.
  private(set) var skipped: [(path: String, reason: String)] = []
  /// Inputs that are not there.
  private(set) var faults: [InputError] = []
  /// What lies below an input and cannot be looked at; its sample fails, the others go on.
  var unreadable: [Unreadable] = []
  /// Sample folders in which a file is left for the next run, by path.
  var deferredDirectories: [String: String] = [:]
  /// Folders whose samples stay as they are since a file of theirs is being written anew.
  private(set) var heldDirectories: Set<String> = []
  /// Files that are left for the next run, with their places among ``files``.
  var unsettled: [(file: InputFile, place: Int)] = []
  private var visited: Set<UInt64> = []

  /// Looks at all inputs.
  ///
  /// Links are followed, also out of the input; a folder that was seen already is not walked again.
  ///
  /// - Parameter now: Seconds since 1970, for the quiet time.
  init(inputs: [String], output: String, quietTime: Int, now: Int) {
    for input in inputs {
      guard let stamp = FileStamp(path: input) else {
        faults.append(InputError(path: input, problem: "does not exist or cannot be accessed"))
        continue
      }
      if stamp.isDirectory {
        visited.insert(stamp.inode)
        walk(Self.withoutSlash(input), name: "", depth: 0, output: output, quietTime: quietTime, now: now)
      } else {
        add(input, stamp, sampleDirectory: "", directory: Self.parent(input), quietTime: quietTime, now: now)
      }
    }
  }

  private static let deepest = 8

  /// Files of a folder come before its folders, so that cohort files and sheets are known first.
  private mutating func walk(_ directory: String, name: String, depth: Int, output: String, quietTime: Int, now: Int) {
    let names: [String]
    do throws(SystemError) {
      names = try FileReading.names(in: directory)
    } catch {
      let error = InputError(path: directory, problem: error.description)
      if depth == 0 {
        faults.append(error)
      } else {
        unreadable.append(Unreadable(sampleDirectory: name, directory: directory, error: error))
      }
      return
    }
    let isOutput = names.contains("run.json") && names.contains("datapackage.json")
    if isOutput || names.contains("therapies.tsv") && names.contains("samples.tsv") {
      skipped.append((directory, "is an output folder of oncomatch"))
      return
    }
    var folders: [(name: String, stamp: FileStamp)] = []
    for entry in names {
      let path = directory + "/" + entry
      if entry.hasPrefix(".") {
        skipped.append((path, "is hidden"))
        continue
      }
      guard let stamp = FileStamp(path: path) else {
        addUnreadable(path, entry, sampleDirectory: name, directory: directory)
        continue
      }
      if stamp.isDirectory {
        folders.append((entry, stamp))
      } else {
        add(path, stamp, sampleDirectory: name, directory: directory, quietTime: quietTime, now: now)
      }
    }
    for folder in folders {
      let path = directory + "/" + folder.name
      if depth >= Self.deepest {
        skipped.append((path, "lies more than \(Self.deepest) folders deep"))
      } else if !visited.insert(folder.stamp.inode).inserted {
        skipped.append((path, "leads to a folder that is already read"))
      } else {
        walk(
          path, name: SampleName.printable(folder.name), depth: depth + 1, output: output, quietTime: quietTime,
          now: now)
      }
    }
  }

  /// What cannot be looked at is the sample's loss if its name says that it is a table, or may be a sample's folder.
  private mutating func addUnreadable(_ path: String, _ entry: String, sampleDirectory: String, directory: String) {
    let error = InputError(path: path, problem: "cannot be accessed (is it a dead link?)")
    if let reason = Self.reasonToSkip(entry) { return skipped.append((path, reason)) }
    var item = Unreadable(sampleDirectory: sampleDirectory, directory: directory, error: error)
    if sampleDirectory.isEmpty {
      item = Unreadable(sampleDirectory: SampleName.printable(Self.stem(entry)), directory: path, error: error)
      item.isSample = !entry.contains(".") || Self.namesTable(entry, inFolder: true)
    } else {
      item.isSample = Self.namesTable(entry, inFolder: true)
    }
    unreadable.append(item)
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
      if !sampleDirectory.isEmpty { deferredDirectories[directory] = sampleDirectory }
      let file = InputFile(path: path, sampleDirectory: sampleDirectory, directory: directory, stamp: stamp)
      unsettled.append((file, files.count))
    } else {
      files.append(InputFile(path: path, sampleDirectory: sampleDirectory, directory: directory, stamp: stamp))
    }
  }

  /// An unsettled file that an earlier run has read counts as what that run saw: its sample keeps its report until the file
  /// has come to rest, and is not made from half of its files.
  mutating func keep(_ previous: RecordedRun) {
    for (file, place) in unsettled.reversed() where !file.sampleDirectory.isEmpty {
      guard let known = previous.input(file.path) else { continue }
      let stamp = FileStamp(
        size: known.size, modified: known.modified, inode: UInt64(truncatingIfNeeded: known.inode))
      files.insert(
        InputFile(path: file.path, sampleDirectory: file.sampleDirectory, directory: file.directory, stamp: stamp),
        at: place)
      heldDirectories.insert(file.directory)
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

  static func withoutSlash(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Words that tools put behind the sample's name.
  private static let knownSuffixes: Set<String> = [
    "gz", "bgz", "maf", "txt", "tsv", "vcf", "csv", "seg", "cna", "cnv", "cns", "cnr", "sv", "fusion", "fusions",
    "mutation", "mutations", "somatic", "germline", "annotated", "bed", "call", "called", "calls", "purple", "linx",
    "chord", "virus", "gene", "genes", "purity", "qc", "driver", "catalog", "prediction", "svs", "capture", "rna",
    "star", "snv", "snvs", "indel", "indels", "vep", "csq", "ann", "snpeff", "final", "arriba", "abridged",
    "filtered", "pass", "hg19", "hg38", "grch37", "grch38", "biomarkers", "clinical", "segments", "results",
    "hg19_multianno", "hg38_multianno", "dev", "star-fusion", "fusion_predictions", "predictions", "coding_effect",
    "fusion_candidates", "fusioncatcher", "final-list_candidate-fusion-genes", "jaffa_results", "bcftools", "mutect2",
    "combinedvariantoutput", "allfusions", "multianno", "dragen", "hard-filtered", "json", "xml", "segs", "orange",
  ]

  /// Names that tools give to their files in every sample's folder, without the words behind them.
  private static let toolNames: Set<String> = [
    "star-fusion", "fusions", "fusion_predictions", "arriba", "final-list_candidate-fusion-genes", "fusion_candidates",
    "jaffa_results", "combinedvariantoutput", "allfusions", "variants", "mutect2", "output", "results", "calls",
  ]

  /// Whether a file's name says that it is a table of alterations: `S1.maf.gz`, and in a sample's folder `calls.tsv` too.
  static func namesTable(_ path: String, inFolder: Bool) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let words = name.split(separator: ".").dropFirst()
    return words.contains { $0 == "maf" || $0 == "vcf" || inFolder && folderTables.contains(String($0)) }
  }

  private static let folderTables: Set<String> = ["tsv", "csv", "txt", "cna", "cnv", "seg", "sv", "gz"]

  /// The file name without the words that name its kind: `S1.somatic.maf.gz` is `S1`.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var parts = name.split(separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, knownSuffixes.contains(last.lowercased()) { parts.removeLast() }
    let stem = parts.joined(separator: ".")
    // A tool's own name for its file names no sample; the folder does.
    if toolNames.contains(stem.lowercased()) {
      let folders = path.split(separator: "/").dropLast()
      if let folder = folders.last, folder != ".", folder != ".." { return String(folder) }
    }
    return stem
  }
}
