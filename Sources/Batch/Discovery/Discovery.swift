// SPDX-License-Identifier: Apache-2.0
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

/// A file or folder that is not read.
struct LeftOut: Sendable {
  let path: String
  let reason: String
  /// The sample folder that it lies in; empty where it lies in none.
  var directory = ""
  /// Whether the sample of ``directory`` is told of it: it may be the sample's, and is not about another file.
  var isNamed = false
  /// Whether calls may be lost with it, so that it is said and `--strict` fails on it.
  var isLoss = false
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
  /// Files and folders that are not read, each with the reason.
  private(set) var skipped: [LeftOut] = []
  /// Inputs that are not there.
  private(set) var faults: [InputError] = []
  /// Inputs that are outputs of this program.
  private(set) var outputs: [String] = []
  /// A table of alterations that lies in the output folder, which lies in an input; `nil` where there is none.
  private(set) var tableInOutput: String?
  /// What lies below an input and cannot be looked at; its sample fails, the others go on.
  var unreadable: [Unreadable] = []
  /// Sample folders in which a file is left for the next run, by path; their sample is where no other is read.
  var deferredDirectories: [String: String] = [:]
  /// Samples that are left for the next run, and files of which samples are told.
  var deferral = Deferral()
  /// Files that another part of the cohort reads.
  var ofOtherParts: [String] = []
  /// A file that is left for the next run.
  struct Unsettled: Sendable {
    let file: InputFile
    /// Its place among ``files``.
    var place: Int
    /// Whether its name says so: what it is written for may be there beside it.
    var isUnfinished = false
  }

  /// Files that are left for the next run.
  var unsettled: [Unsettled] = []
  /// What waits for the next run as the last one left it.
  var waiting = WaitingSamples()
  /// Folders in which there is nothing, with the device that they lie on.
  private(set) var emptyFolders: [(path: String, device: UInt64)] = []
  private var visited: Set<FileStamp.Identity> = []
  private let outputPlace: FileStamp.Identity?
  private let quietTime: Int
  private let now: Int

  /// Looks at all inputs.
  ///
  /// Links are followed, also out of the input; a folder that was seen already is not walked again, and neither is the
  /// output folder.
  ///
  /// - Parameter now: Seconds since 1970, for the quiet time.
  init(inputs: [String], output: String, quietTime: Int, now: Int) {
    self.quietTime = quietTime
    self.now = now
    outputPlace = output.isEmpty ? nil : FileStamp(path: output)?.identity
    if let outputPlace { visited.insert(outputPlace) }
    var named: Set<String> = []
    var places: Set<Int> = []
    for input in inputs {
      guard let stamp = FileStamp(path: input) else {
        faults.append(InputError(path: input, problem: "does not exist or cannot be accessed"))
        continue
      }
      if stamp.isDirectory {
        visited.insert(stamp.identity)
        walk(Self.withoutSlash(input), name: "", depth: 0, stamp)
      } else if stamp.isRegular {
        if named.insert(input).inserted {
          let place = files.count
          add(input, stamp, sampleDirectory: "", directory: Self.parent(input))
          if files.count > place { places.insert(place) }
        } else {
          skip(input, "is named twice and read once", in: "")
        }
      } else {
        faults.append(
          InputError(
            path: input, problem: "is a pipe, a socket or a device (put what it gives in a file, and name that)"))
      }
    }
    if !places.isEmpty, places.count < files.count { leaveOutNamed(places) }
  }

  /// Files that were named and lie in an input too are read there: the folder may say whose they are.
  ///
  /// - Parameter places: Their places among ``files``.
  private mutating func leaveOutNamed(_ places: Set<Int>) {
    let found = Set(files.indices.filter { !places.contains($0) }.map { files[$0].stamp.identity })
    let twice = places.filter { found.contains(files[$0].stamp.identity) }
    for place in twice.sorted() { skip(files[place].path, "lies in an input too and is read there", in: "") }
    if twice.isEmpty { return }
    files = files.indices.filter { !twice.contains($0) }.map { files[$0] }
    for index in unsettled.indices { unsettled[index].place -= twice.count { $0 < unsettled[index].place } }
  }

  private static let deepest = 8

  /// Files of a folder come before its folders, so that cohort files and sheets are known first.
  private mutating func walk(_ directory: String, name: String, depth: Int, _ place: FileStamp) {
    let found: FileReading.Names
    do throws(SystemError) {
      found = try FileReading.list(directory)
    } catch {
      let error = InputError(path: directory, problem: error.description)
      if depth == 0 {
        faults.append(error)
      } else {
        unreadable.append(Unreadable(sampleDirectory: name, directory: directory, error: error))
      }
      return
    }
    if OwnOutput.isOutput(directory, names: found.names) { return leaveOut(output: directory, name, depth) }
    let twins = Self.twins(found.names)
    addUnreadable(found, twins, sampleDirectory: name, directory: directory)
    var folders: [(name: String, stamp: FileStamp)] = []
    let inSample = name.isEmpty ? "" : directory
    for entry in found.names where !twins.contains(entry) {
      let path = directory + "/" + entry
      // Hidden copies of a file that is there are what transfers left.
      if entry.hasPrefix("."), Self.hiddenCopy(entry).map(found.names.contains) ?? true {
        skip(path, "is hidden", in: inSample)
        continue
      }
      guard let stamp = FileStamp(path: path) else {
        addUnreadable(
          path, entry, sampleDirectory: name, directory: directory,
          problem: "cannot be accessed (is it a dead link? else the rights of its folder forbid it)")
        continue
      }
      if stamp.isDirectory, entry.hasPrefix(".") {
        skip(path, "is hidden", in: inSample)
      } else if stamp.isDirectory {
        folders.append((entry, stamp))
      } else {
        add(path, stamp, sampleDirectory: name, directory: directory)
      }
    }
    if found.names.allSatisfy({ $0.hasPrefix(".") || Self.reasonToSkip($0) != nil }), found.undecodable.isEmpty {
      emptyFolders.append((directory, place.identity.device))
    }
    for folder in folders {
      let path = directory + "/" + folder.name
      if folder.stamp.identity == outputPlace {
        tableInOutput = tableInOutput ?? OwnOutput.tableOfOthers(in: path)
        skip(path, "is the output folder", in: inSample)
      } else if depth >= Self.deepest {
        skip(path, "lies more than \(Self.deepest) folders deep", in: directory, isLoss: true, isNamed: true)
      } else if !visited.insert(folder.stamp.identity).inserted {
        skip(path, "leads to a folder that is already read", in: inSample)
      } else {
        walk(path, name: SampleName.printable(folder.name), depth: depth + 1, folder.stamp)
      }
    }
  }

  /// Names that read alike and differ in their bytes, as `é` may be one code point or two: a sample, its report and what
  /// is known of it from the last run have one name.
  private static func twins(_ names: [String]) -> Set<String> {
    // Of such a pair at least one holds more than ASCII.
    guard !names.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else { return [] }
    var seen: Set<String> = []
    return Set(names.filter { !seen.insert($0).inserted })
  }

  /// An output folder among the inputs is left alone, and a loss where a table of alterations lies in it.
  private mutating func leaveOut(output directory: String, _ name: String, _ depth: Int) {
    if depth == 0 { outputs.append(directory) }
    guard depth > 0, let table = OwnOutput.tableOfOthers(in: directory) else {
      return skip(
        directory, "is an output folder of oncomatch", in: depth < 2 ? "" : Self.parent(directory), isNamed: true)
    }
    let problem = "is an output folder of oncomatch and holds \(table) (move one of them out of the other)"
    unreadable.append(
      Unreadable(sampleDirectory: name, directory: directory, error: InputError(path: directory, problem: problem)))
  }

  private mutating func skip(
    _ path: String, _ reason: String, in folder: String, isLoss: Bool = false, isNamed: Bool = false
  ) {
    skipped.append(
      LeftOut(path: path, reason: reason, directory: folder, isNamed: isNamed && !folder.isEmpty, isLoss: isLoss))
  }

  /// Notes what waits for the next run, or is left out of this one.
  mutating func leaveOut(_ file: InputFile, _ reason: String) {
    skip(file.path, reason, in: file.sampleDirectory.isEmpty ? "" : file.directory)
  }

  /// Keeps what is left out of the folders that this run does; what lies flat concerns every part of a cohort.
  ///
  /// - Parameter isKept: Whether a folder, by its path and the name of its sample, is one of them.
  mutating func keepLeftOut(of isKept: (String, String) -> Bool) {
    skipped.removeAll { item in
      guard !item.directory.isEmpty else { return false }
      let name = item.directory.split(separator: "/").last.map { SampleName.printable(String($0)) }
      return !isKept(item.directory, name ?? item.directory)
    }
  }

  /// What lies in a folder under a name that cannot be used.
  private mutating func addUnreadable(
    _ found: FileReading.Names, _ twins: Set<String>, sampleDirectory: String, directory: String
  ) {
    for entry in found.undecodable {
      addUnreadable(
        directory + "/" + entry, entry, sampleDirectory: sampleDirectory, directory: directory,
        problem: "has a name that is not UTF-8, shown with % (rename it)")
    }
    for entry in found.names where twins.contains(entry) {
      addUnreadable(
        directory + "/" + entry, entry, sampleDirectory: sampleDirectory, directory: directory,
        problem: "reads like the name of another one here that is written in other code points (rename one of them)")
    }
  }

  /// What cannot be looked at is the sample's loss if its name says that it is a table, or may be a sample's folder.
  private mutating func addUnreadable(
    _ path: String, _ entry: String, sampleDirectory: String, directory: String, problem: String
  ) {
    let error = InputError(path: path, problem: problem)
    let folder = sampleDirectory.isEmpty ? "" : directory
    if Self.isUnfinished(entry) { return skip(path, Self.unfinished, in: folder, isNamed: true) }
    if let reason = Self.reasonToSkip(entry) { return skip(path, reason, in: folder, isNamed: !Self.isIndex(entry)) }
    var item = Unreadable(sampleDirectory: sampleDirectory, directory: directory, error: error)
    if sampleDirectory.isEmpty {
      item = Unreadable(sampleDirectory: SampleName.printable(Self.stem(entry)), directory: path, error: error)
      item.isSample = !entry.contains(".") || Self.namesTable(entry, inFolder: true)
    } else {
      item.isSample = Self.namesTable(entry, inFolder: true)
    }
    unreadable.append(item)
  }

  private mutating func add(_ path: String, _ stamp: FileStamp, sampleDirectory: String, directory: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let file = InputFile(path: path, sampleDirectory: sampleDirectory, directory: directory, stamp: stamp)
    let folder = sampleDirectory.isEmpty ? "" : directory
    if Self.isUnfinished(name) {
      skip(path, Self.unfinished, in: folder, isNamed: true)
      if !sampleDirectory.isEmpty { deferredDirectories[directory] = sampleDirectory }
      unsettled.append(Unsettled(file: file, place: files.count, isUnfinished: true))
    } else if let reason = Self.reasonToSkip(name) {
      skip(path, reason, in: folder, isNamed: !Self.isIndex(name))
    } else if !stamp.isRegular {
      skip(path, "is not a regular file", in: folder, isLoss: true, isNamed: true)
    } else if OwnOutput.isReport(path) {
      skip(path, "is a report of oncomatch", in: folder, isNamed: true)
    } else if quietTime > 0, stamp.age(at: now) < quietTime {
      skip(path, Self.young, in: folder, isNamed: true)
      if !sampleDirectory.isEmpty { deferredDirectories[directory] = sampleDirectory }
      unsettled.append(Unsettled(file: file, place: files.count))
    } else {
      files.append(file)
    }
  }

  /// Why a file is left for the next run.
  static let young = "is younger than the quiet time (left for the next run)"
  private static let unfinished = "is unfinished (left for the next run)"

  private static func reasonToSkip(_ name: String) -> String? {
    if isDocument(name) { return "is a document" }
    if isIndex(name) { return "is an index or check sum" }
    return nil
  }

  /// The endings of files that somebody is still writing under another name.
  private static let unfinishedEndings = [".tmp", ".part"]

  static func isUnfinished(_ name: String) -> Bool {
    unfinishedEndings.contains(where: name.hasSuffix) || hiddenCopy(name) != nil
  }

  /// The path that a file is written for: `S1.maf.gz.part` becomes `S1.maf.gz`, and `.S1.maf.gz.k3x9Qa` too.
  static func finished(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let own = hiddenCopy(name) { return String(path.dropLast(name.count)) + own }
    guard let ending = unfinishedEndings.first(where: path.hasSuffix) else { return path }
    return String(path.dropLast(ending.count))
  }

  /// The name of the file that a transfer writes under a hidden one: the same between a dot and an ending of its own, or
  /// letters and digits by chance; `nil` for other names.
  private static func hiddenCopy(_ name: String) -> String? {
    guard name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return nil }
    let own = name[..<dot].dropFirst()
    let ending = name[dot...].dropFirst()
    guard own.contains("."), !own.hasPrefix(".") else { return nil }
    if unfinishedEndings.contains(String(name[dot...])) { return String(own) }
    let isByChance = ending.utf8.count == 6 || ending.contains { $0.isNumber || $0.isUppercase }
    guard (4...10).contains(ending.utf8.count), isByChance else { return nil }
    return ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? String(own) : nil
  }

  /// What belongs to another file and says nothing of a sample.
  private static func isIndex(_ name: String) -> Bool {
    name.hasSuffix(".tbi") || name.hasSuffix(".csi") || name.hasSuffix(".md5")
  }

  /// A README or a license, and no table of a sample whose name begins like one.
  private static func isDocument(_ name: String) -> Bool {
    let upper = name.uppercased()
    guard ["README", "LICENSE", "LICENCE"].contains(where: upper.hasPrefix) else { return false }
    let words = upper.split(separator: ".").dropFirst()
    return !words.contains { ["MAF", "VCF", "TSV", "CSV", "SEG", "CNA", "CNV", "SV", "GZ"].contains($0) }
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
    "microsat_output", "tmb", "metrics",
    "msisensor", "msisensor2", "mantis", "status", "msi", "hrdscore", "quant", "sf", "tpm", "expression", "cncf",
    "cnvs", "gene_level", "genemetrics", "gainloss", "segments_raw", "subclones", "modelfinal", "igv", "pizzly",
    "squid",
  ]

  /// The same behind an underscore: `S1_segments.txt` of Sequenza.
  private static let knownEndings = [
    "_segments", "_subclones", "_hisens", "_copynumbervariants", ".pileup_cnvs", ".mpileup_cnvs", ".bam_cnvs", "_cnvs",
    "_cnvs.p.value",
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
    var stem = parts.joined(separator: ".")
    if let ending = knownEndings.first(where: { stem.lowercased().hasSuffix($0) }), stem.count > ending.count {
      stem.removeLast(ending.count)
    }
    // A tool's own name for its file names no sample; the folder does.
    if toolNames.contains(stem.lowercased()) {
      let folders = path.split(separator: "/").dropLast()
      if let folder = folders.last, folder != ".", folder != ".." { return String(folder) }
    }
    return stem
  }
}
