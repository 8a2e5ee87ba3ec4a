// SPDX-License-Identifier: Apache-2.0
public import Alterations
internal import InputFormats
package import Knowledge
package import Matching
public import Reports
internal import SystemIO

/// All settings of a run.
///
/// To add one: write its row here and name it in ``list``. It is read where it is used, as `settings.quietTime`.
public struct SettingTable: Sendable {
  /// The table.
  package static let shared = SettingTable()

  /// The sample sheet; empty to use one found among the inputs.
  public let sheet = Setting(
    "input.samples", .path, usual: "",
    option: SettingOption(
      "samples", value: "FILE",
      help: "Sample sheet (TSV, plain or gzip); else one found among the inputs is used."),
    about: "path of the sample sheet", without: "one found among the inputs")
  /// Timelines of patients, beside the sheet; the option may be given several times.
  package let timelines = Setting(
    "input.timelines", .paths, usual: [], about: "paths of timelines of patients (`data_timeline_*.txt`)",
    without: "those found among the inputs")
  /// The file of what the lab states of alterations; empty for none.
  public let overridesFile = Setting(
    "input.overrides", .path, usual: "",
    option: SettingOption(
      "overrides", value: "FILE",
      help:
        "What the lab states of alterations: a TSV with sample_id, alteration, classification or call, who, when, why."
    ),
    about: "path of what the lab states of alterations of its samples", without: "none")
  /// The tumor type of samples whose type nothing else gives.
  public let tumorType = Setting(
    "input.tumor_type", .text("an OncoTree code, name or alias"), usual: "", recorded: .named("tumor_type"),
    option: SettingOption(
      "tumor-type", value: "TYPE",
      help: "OncoTree code, name or alias for samples whose type is not stated elsewhere."),
    about: "type of samples whose type nothing else gives", without: "none")
  /// The build of the genome of inputs that do not state one.
  public let genome = Setting(
    "input.genome", .optional(.genome), usual: nil, recorded: .byKey,
    option: SettingOption(
      "genome", value: "BUILD", help: "Genome build of inputs that do not state one: GRCh37 or GRCh38."),
    about: "genome build of inputs that do not state one, `\"GRCh37\"` or `\"GRCh38\"`", without: "none")
  /// The file of the genes that were assayed; the option is shared with other commands.
  package let panelFile = Setting(
    "input.panel", .path, usual: "",
    recorded: .computed("panel") { options in
      let genes = options.panel.map { "xxh64:" + XXH64.hex(Array($0.sorted().joined(separator: ",").utf8).span) } ?? ""
      return genes + (options.panelMegabases.map { " \($0) Mb" } ?? "")
    },
    about: "path of the genes assayed", without: "stated by files")
  /// Millions of bases that were assayed, for the burden of mutations; `nil` when not stated.
  package let assayMegabases = Setting(
    "input.assay_megabases", .optional(.number("millions of bases, 0.01 to 4000", in: 0.01...4000)), usual: nil,
    recorded: .byKey,
    about: "millions of bases assayed, by which TMB is computed from calls where the sheet has no `assay_mb`",
    without: "the bases of the panel's BED, else none")
  /// Seconds a file must have been left alone.
  public let quietTime = Setting(
    "input.quiet_time", .count("a number of seconds, 0 or more", atLeast: 0), usual: 0,
    option: SettingOption("quiet-time", value: "SECONDS", help: "Leave files younger than this for the next run."),
    about: "seconds a file must have been left alone")
  /// Tables to add to the built-in one; the option is shared with other commands.
  package let tables = Setting(
    "table.files", .paths, usual: [], about: "paths of tables to add", without: "none")
  /// Whether the built-in table is used; the option is shared with other commands.
  package let usesBuiltInTable = Setting(
    "table.builtin", .flag, usual: true, about: "whether the built-in table is used")
  /// Registry files of studies; the option is shared with other commands.
  package let trialFiles = Setting(
    "trials.files", .paths, usual: [], recorded: .computedWhereUsed("trials") { $0.trials?.digest },
    about: "paths of registry files of studies", without: "none")
  /// Countries in which a study has to have a site; the option is shared with other commands.
  package let trialCountries = Setting(
    "trials.countries", .names("a name of a country"), usual: [],
    about: "countries in which a study has to have a site", without: "any")
  /// Whether rules that were not met are written, with the reason.
  public let explains = Setting(
    "output.explain", .flag, usual: false, recorded: .named("explain"),
    option: SettingOption(
      "explain",
      help: "Also write near_misses.tsv: rules about altered genes that were not met, and why."),
    about: "whether near_misses.tsv is written")
  /// Whether per-sample folders are written beside the cohort's tables.
  public let writesSampleFiles = Setting(
    "output.sample_files", .flag, usual: true, recorded: .named("sample_files"),
    option: SettingOption("sample-files", help: "Write reports for each sample, or only the cohort's tables."),
    about: "whether each sample gets its folder")
  /// The forms of the samples' reports.
  public let formats = Setting(
    "output.formats", .formats, usual: ReportFormat.standard, recorded: .named("formats"),
    option: SettingOption(
      "formats", value: "LIST",
      help:
        "Forms of the reports, joined by commas: tsv, json, html (all three unless given), fhir, multiqc, cbioportal."
    ),
    about: ReportFormat.allCases.map { "`\"\($0.rawValue)\"`" }.joined(separator: ", "), without: "the first three")
  /// Largest unpacked text of one file, in bytes.
  package let maxTextSize = Setting(
    "input.max_text_size", .count("a number of bytes, 1 or more", atLeast: 1), usual: 16 << 30,
    recorded: .named("max_text_size"),
    option: SettingOption("max-text-size", value: "BYTES", help: "Largest unpacked size of one file."),
    about: "largest unpacked file, in bytes", without: "16 GiB")
  /// The longest line of a file, in bytes.
  package let maxLineSize = Setting(
    "input.max_line_size", .count("a number of bytes, 1 or more", atLeast: 1), usual: RunOptions.usualLineSize,
    recorded: .named("max_line_size"),
    option: SettingOption("max-line-size", value: "BYTES", help: "Longest line of a file."),
    about: "longest line of a file, in bytes", without: "64 MiB")
  /// Whether new files are readable by their owner alone.
  public let isPrivate = Setting(
    "output.private", .flag, usual: false, recorded: .named("private"),
    option: SettingOption("private", help: "Make files and folders that only the owner can read."),
    about: "whether only the owner can read new files")
  /// The address under which the output folder is served, for links from elsewhere; empty when not known.
  package let reportAddress = Setting(
    "output.report_url", .address, usual: "", recorded: .named("report_url"),
    option: SettingOption(
      "report-url", value: "URL",
      help: "Address under which DIR is served; cbioportal links to the reports there (without it, it has no links)."),
    about: "address under which the output is served, for cBioPortal", without: "none")
  /// Whether reports of samples whose input is gone are removed.
  package let prunes = Setting(
    "output.prune", .flag, usual: false,
    option: SettingOption("prune", help: "Remove reports of samples whose input is gone."),
    about: "whether reports of samples without input are removed")
  /// Number of workers; `nil` for one on each of the machine's cores.
  package let workers = Setting(
    "workers.jobs", .optional(.count("a number of workers, 1 to 1024", atLeast: 1, atMost: 1024)), usual: nil,
    option: SettingOption("jobs", value: "N", help: "Number of workers; the machine's cores unless given."),
    about: "number of workers", without: "the machine's cores")
  /// Whether any failed sample makes the run fail.
  package let isStrict = Setting(
    "run.strict", .flag, usual: false,
    option: SettingOption("strict", help: "Any failed sample makes the run fail (exit code 65)."),
    about: "whether a failed sample makes the run fail")
  /// Whether content is compared where size, time and number of a file are the same.
  package let verifies = Setting(
    "run.verify", .flag, usual: false,
    option: SettingOption("verify", help: "Compare the content of files, not only size and time."),
    about: "whether content is compared, not only size and time")
  /// Whether nothing but errors is said.
  package let isQuiet = Setting(
    "run.quiet", .flag, usual: false,
    option: SettingOption("quiet", help: "Print only errors."),
    about: "whether remarks are left out; errors are always printed")
  /// Copies from which on a gain is an amplification in a diploid tumor.
  package let amplificationCopies = Setting(
    "thresholds.amplification_copies", .number("a number of copies, 3 or more", in: 3...1000), usual: 6.0,
    recorded: .byKey, about: "copies that make an amplification in a diploid tumor", without: "`6`")
  /// Cancer cell fraction below which a change is flagged as subclonal.
  package let subclonalFraction = Setting(
    "thresholds.subclonal_fraction", .number("a fraction, 0 to 1", in: 0...1), usual: 0.5, recorded: .byKey,
    about: "cancer cell fraction below which a change is flagged subclonal")
  /// Allele fraction below which support is flagged as low, for samples whose sheet has no `vaf_limit`; `nil` for none.
  package let lowSupport = Setting(
    "thresholds.low_support_vaf", .optional(.number("a fraction, 0 to 1", in: 0...1)), usual: nil, recorded: .byKey,
    about: "allele fraction below which support is flagged low, where the sheet has no `vaf_limit`", without: "none")
  /// Whether all genes count as tested for mutations, as in an exome.
  package let isWholeExome = Setting(
    "input.whole_exome", .flag, usual: false, recorded: .byKey,
    about: "whether every gene counts as tested for mutations")
  /// Allele fraction below which a row is filtered; 0 for none.
  package let leastFraction = Setting(
    "gates.min_vaf", .number("a fraction, 0 to 1", in: 0...1), usual: 0.0, recorded: .byKey,
    about: "rows with a smaller allele fraction are filtered and counted as such", without: "`0`")
  /// Reads at a position below which a row is filtered; 0 for none.
  package let leastDepth = Setting(
    "gates.min_depth", .count("a number of reads, 0 or more", atLeast: 0), usual: 0, recorded: .byKey,
    about: "rows with a smaller sequencing depth are filtered and counted as such")
  /// Standard score of expression from which on a gene is high; `nil` for none.
  package let highScore = Setting(
    "expression.high_z_score", .optional(.number("a number", in: -100...100)), usual: nil, recorded: .byKey,
    about: "z-score of expression from which on a gene is high", without: "none")
  /// Standard score of expression up to which a gene is low; `nil` for none.
  package let lowScore = Setting(
    "expression.low_z_score", .optional(.number("a number", in: -100...100)), usual: nil, recorded: .byKey,
    about: "z-score of expression up to which a gene is low", without: "none")
  /// Transcripts per million from which on a gene is high; `nil` for none.
  package let highTPM = Setting(
    "expression.high_tpm", .optional(.number("a number, 0 or more", in: 0...1e6)), usual: nil, recorded: .byKey,
    about: "transcripts per million from which on a gene is high", without: "none")
  /// Transcripts per million up to which a gene is low; `nil` for none.
  package let lowTPM = Setting(
    "expression.low_tpm", .optional(.number("a number, 0 or more", in: 0...1e6)), usual: nil, recorded: .byKey,
    about: "transcripts per million up to which a gene is low", without: "none")
  /// Whose labels count as approved here.
  package let regulator = Setting(
    "output.regulator", .regulator, usual: RegulatorChoice.any, recorded: .named("regulator"),
    option: SettingOption(
      "regulator", value: "FDA|EMA|any", help: "Whose labels count as approved here in options.tsv."),
    about: "whose labels count as `approved_here`: `\"FDA\"`, `\"EMA\"` or `\"any\"`", without: "`\"any\"`")
  /// Whether findings in the germline, and what rests on them, are reported.
  package let reportsGermline = Setting(
    "output.germline", .flag, usual: true, recorded: .named("germline"),
    option: SettingOption(
      "germline",
      help: "Report findings in the germline and alleles for the dose of drugs, or leave out all that rests on them."),
    about: "whether findings in the germline, and what rests on them, are reported")
  /// The weakest level that is shown.
  package let lowestLevel = Setting(
    "gates.lowest_level", .level, usual: Rule.Level.e, recorded: .byKey,
    about: "rows of weaker levels are not shown; samples.tsv says how many", without: "`\"E\"`")

  /// What a lab calls the columns of its own tables.
  let columns: [Setting<String>] = ColumnNames.roles.enumerated().map { place, role in
    // run.json has one entry for all of them.
    Setting(
      "columns.\(role.role)", .text("the name of a column"), usual: "",
      recorded: place == 0 ? .computed("columns") { $0.settings.columnNames.text } : .none,
      about: "name of the column that readers know as `\(role.known)`", without: "none")
  }

  /// The settings in the order in which run.json records them and the digest takes them up.
  var list: [any AnySetting] {
    [
      sheet, timelines, overridesFile, tumorType, panelFile, quietTime, tables, usesBuiltInTable, explains,
      writesSampleFiles, formats,
      regulator, maxTextSize, maxLineSize, isPrivate, reportAddress, prunes, workers, isStrict, verifies, isQuiet,
      amplificationCopies, subclonalFraction, lowSupport, isWholeExome, leastFraction, leastDepth, lowestLevel, genome,
      highScore, lowScore, highTPM, lowTPM, trialFiles, trialCountries, reportsGermline, assayMegabases,
    ] + columns
  }

  /// The settings by section, as a settings file is written.
  var bySection: [any AnySetting] {
    let list = list
    var sections: [String] = []
    for setting in list where !sections.contains(setting.section) { sections.append(setting.section) }
    return sections.flatMap { section in list.filter { $0.section == section } }
  }

  /// The table of settings for people, in Markdown.
  package var documentation: String {
    let rows = bySection.map { "| " + $0.documentation.joined(separator: " | ") + " |\n" }
    return "| key | value | without it |\n|---|---|---|\n" + rows.joined()
  }
}
