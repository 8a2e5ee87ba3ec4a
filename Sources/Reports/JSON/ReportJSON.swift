// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import Alterations
internal import JSONText
internal import Knowledge
internal import Matching

/// Writes a sample's report as JSON; what the page for people shows stands here too.
package enum ReportJSON {
  /// The version of the layout; grows when a key changes its meaning or goes.
  package static let schemaVersion = 1

  /// The report's text.
  package static func text(_ report: SampleReport, context: ReportContext) -> [UInt8] {
    let rows = report.alterationCount + (report.matches.map { $0.therapies.count + $0.nearMisses.count } ?? 0)
    var json = JSONWriter(indentedDepth: 2, capacity: 4096 + 768 * rows)
    json.object { json in
      json.value("schema", "oncomatch.sample-report")
      json.value("schema_version", schemaVersion)
      json.value("sample_id", report.sampleID)
      json.value("patient_id", report.patientID)
      json.value("status", report.status.rawValue)
      json.value("message", report.message)
      program(context, &json)
      tumor(report, context, &json)
      summary(report, &json)
      if let matches = report.matches {
        json.array("options") { json in
          for option in matches.options { self.option(option, matches, &json) }
        }
        json.array("matches") { json in
          for match in matches.therapies { row(match, context.ruleMembers[match.ruleIndex], &json) }
        }
        json.array("combinations") { json in
          for pair in matches.combinations { combination(pair, matches, &json) }
        }
        if !matches.statements.isEmpty {
          json.array("context") { json in
            for row in matches.statements { statement(row, matches, context, &json) }
          }
        }
        germline(matches, context, &json)
        json.array("tests_that_would_open_a_rule") { json in
          for (test, therapies) in matches.testsInWords {
            json.object { json in
              json.value("test", test)
              json.values("therapies", therapies)
            }
          }
        }
        json.array("alterations") { json in
          for annotated in matches.alterations { alteration(annotated.alteration, .decided(annotated), report, &json) }
          for unlisted in report.unlisted { alteration(unlisted, Judgement(unlisted: unlisted), report, &json) }
        }
        json.array("near_misses") { json in
          for miss in matches.nearMisses { nearMiss(miss, context, &json) }
        }
        if let trials = matches.trials { TrialMembers.write(trials, &json) }
      }
      inputs(report, &json)
      json.values("statements", ReportContext.statements)
    }
    json.finish()
    return json.bytes
  }

  private static func program(_ context: ReportContext, _ json: inout JSONWriter) {
    json.object("program") { json in
      json.value("name", "oncomatch")
      json.value("version", context.programVersion)
    }
    json.array("tables") { json in
      for source in context.table.sources {
        json.object { json in
          json.value("name", source.name)
          json.value("version", source.version)
          json.value("digest", "xxh64:" + source.digest)
        }
      }
    }
  }

  private static func tumor(_ report: SampleReport, _ context: ReportContext, _ json: inout JSONWriter) {
    json.object("tumor") { json in
      json.array("types") { json in
        for code in report.tumorTypes {
          let node = context.table.reference.tumorTypes.node(code)
          json.object { json in
            json.value("oncotree_code", code)
            json.value("name", node?.name ?? "")
            json.value("main_type", node?.mainType ?? "")
          }
        }
      }
      json.value("understood_from", report.tumorTypeSource)
      json.value("site", report.site?.rawValue ?? "")
      if let purity = report.purity { json.value("purity", purity) }
      if let ploidy = report.ploidy { json.value("ploidy", ploidy) }
      if let prior = report.priorTherapy { json.values("prior_therapy", prior) }
      json.values("diagnosis_reviews", report.matches?.diagnosisRemarks ?? [])
    }
  }

  private static func summary(_ report: SampleReport, _ json: inout JSONWriter) {
    json.object("summary") { json in
      json.value("highest_tier", report.highestTier)
      json.value("highest_sensitivity_level", report.highestSensitivityLevel)
      json.value("highest_resistance_level", report.highestResistanceLevel)
      json.value("n_alterations", report.alterationCount)
      json.value("n_matched", report.matchedCount)
      json.value("n_therapies", report.therapyCount)
      json.value("n_conditional", report.conditionalCount)
      json.value("n_withdrawn", report.withdrawnCount)
    }
    json.object("assays") { json in
      json.values("seen", report.assaysSeen.map(\.rawValue))
      json.values("missing", report.assaysMissing.map(\.rawValue))
      if let size = report.panelSize { json.value("panel_genes", size) }
    }
  }

  private static func option(_ option: TherapyOption, _ matches: SampleMatches, _ json: inout JSONWriter) {
    json.object { json in
      if let rank = option.rank { json.value("rank", rank) }
      json.value("therapy", option.therapy)
      json.values("agents", option.agents)
      json.value("tumor_type", option.tumorType)
      json.value("group", option.group.rawValue)
      json.value("verdict", option.verdict.rawValue)
      json.value("tier", option.best.tier.name)
      json.value("level", option.best.rule.level.rawValue)
      json.value("proximity", option.best.proximity.rawValue)
      json.value("standing", option.standing.rawValue)
      json.array("authority") { json in
        for label in option.labels {
          json.object { json in
            json.value("regulator", label.authority.rawValue)
            json.value("date", label.date)
            json.values("tumor_types", label.codes)
          }
        }
      }
      json.array("because") { json in for place in option.because { json.value(nil, place) } }
      json.value("against", option.againstWords(matches))
      json.values("condition", option.best.condition)
      json.value("rows_for", option.rowsFor.count)
      json.value("rows_against", option.rowsAgainst.count)
      json.values("rule_ids", option.shownRows.map(\.rule.id))
      json.values("references", option.shownReferences)
      json.value("folded", option.fold?.words ?? "")
    }
  }

  private static func row(_ match: TherapyMatch, _ members: RuleMembers, _ json: inout JSONWriter) {
    json.object { json in
      json.value("section", ReportSection(match).rawValue)
      json.members(members.therapy)
      json.value("verdict", match.verdictName)
      json.value("level", match.rule.level.rawValue)
      json.value("tier", match.tier.name)
      json.value("escat_derived", match.tier.escat)
      json.value("tumor_type", match.tumorType)
      json.value("proximity", match.proximity.rawValue)
      json.value("rung", match.rung.rawValue)
      json.array("alterations") { json in
        for index in match.alterations { json.value(nil, index) }
      }
      json.members(members.asks)
      json.values("condition", match.condition)
      json.values("flags", match.cautions.map(\.code))
      json.members(members.standing)
      json.values("more_support", match.supportingRules.map(\.id))
      json.values("opposed_by", match.opposedBy)
      json.members(members.support)
    }
  }

  private static func combination(_ pair: CandidateCombination, _ matches: SampleMatches, _ json: inout JSONWriter) {
    json.object { json in
      json.value("therapy", pair.therapy)
      json.values("agents", pair.agents)
      json.value("level", "E")
      json.value("tier", CandidateCombination.tier.name)
      json.value("escat_derived", "V")
      json.value("verdict", Verdict.hypothesis.rawValue)
      json.values("pathways", pair.pathways)
      json.array("parts") { json in
        for part in pair.parts {
          let match = matches.therapies[part]
          json.object { json in
            json.value("match", part)
            json.value("therapy", match.rule.therapy)
            json.value("rule_id", match.rule.id)
            json.value("level", match.rule.level.rawValue)
            json.values("references", match.rule.references)
          }
        }
      }
      json.values("pair_rules", pair.pairRules.map(\.id))
      json.value(
        "pair_evidence",
        pair.pairRules.isEmpty
          ? "no study of the pair in the table" : pair.pairRules.flatMap(\.references).joined(separator: ";"))
    }
  }

  private static func alteration(
    _ alteration: Alteration, _ judgement: Judgement, _ report: SampleReport, _ json: inout JSONWriter
  ) {
    json.object { json in
      json.value("gene", alteration.gene)
      json.value("kind", Facts.builtIn.biomarkers.kind(of: alteration))
      json.value("alteration", alteration.description)
      json.value("as_written", alteration.asWritten)
      json.value("class", alteration.className)
      json.value("oncogenicity", judgement.oncogenicity.verdict.rawValue)
      json.value("oncogenicity_reason", judgement.oncogenicity.reason)
      if let vaf = alteration.variantAlleleFraction { json.value("vaf", rounded(vaf)) }
      if let ccf = alteration.cancerCellFraction { json.value("ccf", rounded(ccf)) }
      if let copies = alteration.copyNumber { json.value("copy_number", rounded(copies)) }
      if alteration.origin != .unknown { json.value("origin", alteration.origin.rawValue) }
      json.values("flags", alteration.cautions.map(\.code))
      stated(alteration.cautions.compactMap(\.labStatement), &json)
      json.value("outcome", judgement.outcome.rawValue)
      json.value("reason", judgement.reason)
      if let source = alteration.source {
        json.value("file", report.files[source.file] ?? "")
        json.value("line", Int(source.line))
      }
    }
  }

  /// What the lab states of an alteration, where it states something.
  private static func stated(_ statements: [LabStatement], _ json: inout JSONWriter) {
    if statements.isEmpty { return }
    json.array("stated_by_lab") { json in
      for stated in Set(statements).sorted(by: { $0.words < $1.words }) {
        json.object { json in
          json.value("classification", stated.classification?.rawValue ?? "")
          json.value("call", stated.call?.rawValue ?? "")
          json.value("who", stated.who)
          json.value("when", stated.when)
          json.value("why", stated.why)
        }
      }
    }
  }

  private static func nearMiss(_ miss: NearMiss, _ context: ReportContext, _ json: inout JSONWriter) {
    json.object { json in
      json.value("alteration", miss.alteration)
      json.members(context.ruleMembers[miss.ruleIndex].miss)
      json.value("reason", context.words(miss))
    }
  }

  private static func inputs(_ report: SampleReport, _ json: inout JSONWriter) {
    json.object("rows") { json in
      let names = ["read", "matched", "unmatched", "filtered", "rejected"]
      let counts = [
        report.rowsRead, report.rowsMatched, report.rowsUnmatched, report.rowsFiltered, report.rowsRejected,
      ]
      for (name, count) in zip(names, counts) { json.value(named: name, count) }
    }
    json.array("inputs") { json in
      for input in report.inputs {
        json.object { json in
          json.value("path", input.path)
          json.value("format", input.format)
          for (name, count) in zip(["read", "matched", "unmatched", "filtered", "rejected"], input.counts) {
            json.value(named: "rows_" + name, count)
          }
        }
      }
    }
    json.object("filtered") { json in
      for reason in report.filtered.keys.sorted() { json.value(named: reason, report.filtered[reason] ?? 0) }
    }
    json.array("rejected") { json in
      for error in report.rejected {
        json.object { json in
          json.value("file", error.path)
          if let line = error.line { json.value("line", line) }
          json.value("column", error.column)
          json.value("value", error.value)
          json.value("problem", error.problem)
        }
      }
    }
    json.values("input_ids", report.inputIDs)
    json.value("directory", report.directory)
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
}
