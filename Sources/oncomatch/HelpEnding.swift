// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the help of a command ends with: formats, an example and exit codes.
///
/// `scripts/docs` reads it for the manual pages.
enum HelpEnding {
  private struct Example {
    let about: String
    let command: String
  }

  private static let examples: [String: [Example]] = [
    "oncomatch": [
      Example(about: "Reports for a folder of samples:", command: "oncomatch run samples --out reports"),
      Example(
        about: "One tumor in words:", command: "oncomatch query --tumor-type LUAD 'EGFR p.L858R' 'TP53 p.R175H'"),
      Example(about: "What a file is, and what is wrong with it:", command: "oncomatch check tumor.maf.gz"),
    ],
    "oncomatch run": [
      Example(
        about: "Every night, over what is new since the last run:",
        command: "oncomatch run /srv/incoming --out /srv/reports --quiet-time 600"),
      Example(
        about: "The cohort's tables alone:",
        command: "oncomatch run samples --out reports --formats tsv --no-sample-files"),
    ],
    "oncomatch annotate": [
      Example(
        about: "A study's files, with the names of columns that scripts for the OncoKB annotator read:",
        command: "oncomatch annotate data_mutations.txt data_cna.txt data_sv.txt --clinical data_clinical_sample.txt "
          + "--column-names oncokb --out annotated")
    ],
    "oncomatch query": [
      Example(
        about: "What an alteration opens:",
        command: "oncomatch query --tumor-type 'uterine leiomyosarcoma' 'BRCA2 loss'")
    ],
    "oncomatch check": [
      Example(about: "What the files of a folder are:", command: "oncomatch check samples")
    ],
    "oncomatch merge": [
      Example(about: "Two shards as one cohort:", command: "oncomatch merge first second --out whole")
    ],
    "oncomatch changes": [
      Example(about: "What a new table changed:", command: "oncomatch changes reports.old reports")
    ],
    "oncomatch schema": [
      Example(about: "The columns of the table to read first:", command: "oncomatch schema options")
    ],
  ]

  private static let inputs = """
    MAF, VCF with VEP or SnpEff annotation, ANNOVAR and ICGC, tables of mutations, calls of copy number, fusions and biomarkers, \
    sample sheets, cBioPortal study files, plain or gzipped. `oncomatch check` says what a file is.
    """

  private static let outputs = """
    tsv: the tables, options.tsv first; json: a report per sample; html: pages for people, index.html first; fhir: a \
    bundle per sample; multiqc and cbioportal: a file of the cohort.
    """

  private static let exitCodes: [(codes: String, meaning: String)] = [
    ("0", "every sample reported, or nothing new to do (then silent)"),
    ("3", "finished, but some samples failed; the others are complete"),
    ("64", "the command line is wrong, or the output is an input"),
    ("65", "no sample could be read, or --strict and one could not"),
    ("66", "an input does not exist, or is empty and was not in the last run; nothing was changed"),
    ("70", "a bug in the program"),
    (
      "73, 74",
      "the output cannot be created or holds files of others; input or output error, such as a full disk"
    ),
    ("75", "another run holds the output folder; try later"),
    ("78", "the settings or a table are not valid"),
    ("130, 143", "interrupted: what was finished is complete, the rest untouched"),
  ]

  /// The ending for a help message; empty for anything else, and for commands that only lead to others.
  static func text(below message: String) -> String {
    let usages = message.split(separator: "\n").filter { $0.hasPrefix("USAGE: oncomatch") }
    guard let usage = usages.first else { return "" }
    let words = usage.dropFirst(7).split(separator: " ").prefix { $0.allSatisfy { $0.isLetter && $0.isLowercase } }
    let command = words.joined(separator: " ")
    let width = columns
    var lines: [String] = []
    if command == "oncomatch run" {
      lines += ["", "FORMATS:"] + wrapped("read", inputs, width) + wrapped("written", outputs, width)
    }
    if let examples = examples[command] {
      lines += ["", "EXAMPLES:"]
      for example in examples { lines += ["  " + example.about, "    " + example.command] }
    }
    if command == "oncomatch" || examples[command] != nil || command.hasPrefix("oncomatch table ") {
      lines += ["", "EXIT CODES:"]
      for (codes, meaning) in exitCodes { lines += wrapped(codes, meaning, width) }
    }
    return lines.isEmpty ? "" : lines.dropFirst(message.hasSuffix("\n") ? 1 : 0).joined(separator: "\n") + "\n"
  }

  /// A term and what it means, in lines of at most `width` letters.
  private static func wrapped(_ term: String, _ meaning: String, _ width: Int) -> [String] {
    let indent = String(repeating: " ", count: 12)
    var lines: [String] = []
    var line = "  " + term + String(repeating: " ", count: max(1, 10 - term.count))
    for word in meaning.split(whereSeparator: \.isWhitespace) {
      if line.count + word.count > width, line.count > indent.count {
        while line.last == " " { line.removeLast() }
        lines.append(line)
        line = indent
      }
      line += word + " "
    }
    while line.last == " " { line.removeLast() }
    return lines + [line]
  }

  /// The width of the terminal, as the parser of arguments takes it.
  private static var columns: Int {
    if let stated = unsafe getenv("COLUMNS"), let width = Int(unsafe String(cString: stated)), width > 20 {
      return width
    }
    var size = winsize()
    if unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 { return Int(size.ws_col) }
    return 80
  }
}
