// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import ArgumentParser
internal import Knowledge
internal import Matching
internal import Query
internal import Reports

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", _superCommandName: "oncomatch",
    abstract: "Match one tumor given in words.",
    discussion: """
      ALTERATION is free text as a clinician writes it: 'HER2 amp', 'KIT p.Val559Asp', 'EML4-ALK', 'TMB 14', 'KRAS wt', \
      'ER 95%, PgR 90%'. Commas and "and" outside of brackets separate findings. Prints a summary on a terminal, and \
      therapies.tsv where standard output is a file or a pipe; what was not understood goes to standard error. Only what is \
      stated counts as assayed. A question is one sample; what changed from one sample of a patient to the next is told \
      by `oncomatch run` with dates in the sample sheet.
      """)

  @Option(help: ArgumentHelp("OncoTree code, name or alias.", valueName: "TYPE"))
  var tumorType: String?

  @Option(help: ArgumentHelp("Where the tumor arose, for example uterus.", valueName: "SITE"))
  var site: String?

  @Option(help: ArgumentHelp("germline or somatic, for findings that do not state it.", valueName: "ORIGIN"))
  var origin: String?

  @Option(help: ArgumentHelp("Genome build of changes given by position: GRCh37 or GRCh38.", valueName: "BUILD"))
  var genome: GenomeBuild?

  @Option(help: ArgumentHelp("Agent or class given before; may be repeated.", valueName: "THERAPY"))
  var priorTherapy: [String] = []

  @Option(help: ArgumentHelp("Fraction of tumor cells, 0 to 1.", valueName: "FRACTION"))
  var purity: Double?

  @Option(help: ArgumentHelp("Whose labels count as approved here: FDA, EMA or any.", valueName: "REGULATOR"))
  var regulator = RegulatorChoice.any

  @Option(help: ArgumentHelp("The patient's age in years.", valueName: "YEARS"))
  var age: Double?

  @Option(help: ArgumentHelp("WHO grade of the tumor, for labels that ask for one.", valueName: "GRADE"))
  var grade: String?

  @Option(
    help: ArgumentHelp(
      "tsv (therapies.tsv), options (options.tsv), trials (trials.tsv), json or text; text on a terminal, else tsv.",
      valueName: "FORMAT"))
  var format: QueryFormat?

  @Flag(
    name: .customLong("germline"), inversion: .prefixedNo,
    help: "Report findings in the germline, or leave out all that rests on them.")
  var reportsGermline = true

  @Flag(help: "Print which rules about the altered genes were not met, and why (on standard error).")
  var explain = false

  @Option(help: ArgumentHelp("The patient's sex, for trials: female or male.", valueName: "SEX"))
  var sex: String?

  @OptionGroup var panel: PanelOption

  @OptionGroup var trials: TrialOptions

  @OptionGroup var table: TableOptions

  @OptionGroup var log: LogOptions

  @Argument(help: ArgumentHelp("Findings; - reads them from standard input, one a line.", valueName: "ALTERATION"))
  var alterations: [String] = []

  func validate() throws {
    if let origin, origin != "germline", origin != "somatic" {
      throw ValidationError("--origin '\(origin)' is not germline or somatic")
    }
    if let grade, TumorGrade.read(grade) == nil {
      throw ValidationError("--grade '\(grade)' is not a grade from 1 to 4")
    }
    if let age, !(0...130).contains(age) { throw ValidationError("--age \(age) is not between 0 and 130") }
    if let sex, Sex(written: sex) == nil { throw ValidationError("--sex '\(sex)' is not female or male") }
    if let purity, !(0...1).contains(purity) { throw ValidationError("--purity \(purity) is not between 0 and 1") }
  }

  func run() throws {
    RunLog.use(log.format)
    let format = format ?? (Console.isTerminal ? .text : .tsv)
    let loaded = try table.load()
    let table = reportsGermline ? loaded : loaded.withoutGermline
    var question = TumorQuery.Question()
    question.tumorType = tumorType ?? ""
    question.findings = try alterations.flatMap { $0 == StandardInput.name ? try StandardInput.lines() : [$0] }
    question.site = site ?? ""
    question.origin = origin ?? ""
    question.priorTherapy = priorTherapy.isEmpty ? nil : priorTherapy
    question.purity = purity
    question.genome = genome
    question.grade = grade ?? ""
    question.panel = try panel.load(table)
    question.age = age
    question.sex = sex.flatMap { Sex(written: $0) }
    question.reportsGermline = reportsGermline
    question.details = explain ? format.details.union(.nearMisses) : format.details
    let registry = try trials.load(table)
    if format == .trials, registry == nil {
      RunLog.error("--format trials needs trials (name a file with --trials)", code: ExitCode(64))
      throw ExitCode(64)
    }
    let query = TumorQuery(table: table, regulator: regulator, trials: registry, keepsTrialsNotMet: explain)
    let answer = query.answer(question)
    for remark in answer.remarks where explain || !remark.isNearMiss { Console.complain(remark.description) }
    let context = ReportContext(table: table, programVersion: programVersion)
    switch format {
    case .tsv: try Console.write(query.therapies(answer))
    case .options: try Console.write(query.options(answer))
    case .trials: try Console.write(query.trials(answer))
    case .json: try Console.write(ReportJSON.text(answer.report, context: context))
    case .text: try Console.write(ReportText.text(answer.report, context: context))
    }
    // Here ends the process: to take apart what was read of the tables would be a twentieth of the work of a question.
    Self.exit(withError: answer.isNothingUnderstood ? ExitCode.badInput : nil)
  }
}

extension RegulatorChoice: ExpressibleByArgument {}

/// The forms of an answer.
enum QueryFormat: String, CaseIterable, ExpressibleByArgument {
  case tsv, options, trials, json, text

  /// What it shows beside the rows.
  var details: MatchDetails {
    switch self {
    case .tsv, .options, .trials: []
    case .json: .nearMisses
    case .text: .labelOpenings
    }
  }
}
