// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

extension SamplePage {
  /// The sections of therapies in the order of their weight.
  func therapies(_ html: inout HTMLBuffer) {
    section(
      "options", ReportSection.options.title, groups[.options] ?? [],
      lead:
        "Ordered by tier, closeness of the tumor type and of the change. Each row is one piece of evidence; the order is not advice.",
      &html)
    section(
      "overridden", "Closed by what was found", overridden,
      lead:
        "Rows for these therapies are met, but a finding of this sample outweighs them. Both sides are cited.",
      &html)
    section(
      "conditional", ReportSection.conditional.title, groups[.conditional] ?? [],
      lead: "A rule is met except for something that was not tested. The test to order is named first.", &html)
    section(
      "classes", "Evidence about a class", classes,
      lead: "These rows name a class of agents and no drug. A class is not an option.", &html)
    section("resistance", ReportSection.resistance.title, groups[.resistance] ?? [], lead: "", &html)
    section("no_benefit", ReportSection.noBenefit.title, groups[.noBenefit] ?? [], lead: "", &html)
    section(
      "histology", ReportSection.histology.title, groups[.histology] ?? [],
      lead: "These rules need the tumor type and no alteration. They have no variant tier; H: is put before the level.",
      &html)
    combinations(&html)
    section(
      "withdrawn", ReportSection.withdrawn.title, groups[.withdrawn] ?? [],
      lead: "Kept for the record. None of these is an option.", &html)
    section(
      "context", ReportSection.context.title, groups[.context] ?? [],
      lead: "Known facts without a therapy, and conventional therapy, which is never ranked as a match.", &html)
  }

  private func section(
    _ id: StaticString, _ title: String, _ groups: [SectionTherapy], lead: String, _ html: inout HTMLBuffer
  ) {
    guard !groups.isEmpty else { return }
    named(id, title, lead: lead, &html) { html in
      for group in groups.prefix(Self.openTherapies) { article(group, &html) }
      let rest = groups.dropFirst(Self.openTherapies)
      guard !rest.isEmpty else { return }
      html.element("details") { html in
        html.element("summary", text: summary(of: Array(rest)))
        for group in rest { article(group, &html) }
      }
    }
  }

  private func summary(of groups: [SectionTherapy]) -> String {
    var tiers: [String] = []
    for group in groups {
      let tier = matches.therapies[best(of: group)].tier
      if tier != .none, !tiers.contains(tier.name) { tiers.append(tier.name) }
    }
    return ReportWords.count(groups.count, "further entry", "further entries")
      + (tiers.isEmpty ? "" : " (\(tiers.joined(separator: ", ")))") + ": "
      + groups.prefix(6).map { DrugName.plain($0.name) }.joined(separator: ", ") + (groups.count > 6 ? ", ..." : "")
  }

  /// A section with its heading.
  func named(
    _ id: StaticString, _ title: String, lead: String, _ html: inout HTMLBuffer, body: (inout HTMLBuffer) -> Void
  ) {
    html.markup("<section id=\"")
    html.markup(id)
    html.markup("\" aria-labelledby=\"h-")
    html.markup(id)
    html.markup("\"><h2 id=\"h-")
    html.markup(id)
    html.markup("\">")
    html.text(title)
    html.markup("</h2>")
    if !lead.isEmpty { html.element("p", "class=\"lead small\"", text: lead) }
    body(&html)
    html.markup("</section>\n")
  }

  // MARK: One therapy

  private func article(_ group: SectionTherapy, _ html: inout HTMLBuffer) {
    let first = best(of: group)
    let match = matches.therapies[first]
    html.element("article") { html in
      html.element("details") { html in
        html.element("summary") { html in
          // A summary holds one heading and nothing beside.
          html.element("h3") { html in
            html.text(context.ruleMarkup[match.ruleIndex].className ?? DrugName.plain(group.name))
            html.markup(bytes: context.ruleMarkup[match.ruleIndex].classes)
            html.element("span") { html in
              html.markup(" ")
              if match.tier != .none { tier(match.tier, &html) }
              html.text(" " + basis(match) + " ")
              verdict(match, &html)
              html.element(
                "small",
                text: " \(ReportWords.count(group.rows.count, "row", "rows"))"
                  + (group.rows.count > 1 ? ": " + tiers(group.rows) : ""))
            }
          }
        }
        row(first, isFirst: true, &html)
        against(group, &html)
        for index in group.rows where index != first {
          if matches.therapies[index].rule.level < .c { row(index, &html) } else { brief(index, &html) }
        }
      }
    }
  }

  private func tiers(_ rows: [Int]) -> String {
    var counts: [(name: String, count: Int)] = []
    for index in rows {
      let match = matches.therapies[index]
      let name = match.tier == .none ? "level " + match.rule.level.rawValue : match.tier.name
      if let place = counts.firstIndex(where: { $0.name == name }) {
        counts[place].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    return counts.map { "\($0.count) x \($0.name)" }.joined(separator: ", ")
  }

  /// One row of therapies.tsv in full.
  private func row(_ index: Int, isFirst: Bool = false, _ html: inout HTMLBuffer) {
    let match = matches.therapies[index]
    let parts = context.ruleMarkup[match.ruleIndex]
    html.element("div", "", ("id", "m\(index)")) { html in
      heading(match, &html)
      html.element("dl") { html in
        if !match.openQuestions.isEmpty {
          html.markup("<dt>To order</dt>")
          html.element("dd", "class=\"need\"", text: match.plainCondition)
        }
        if match.rule.hasStanding {
          html.markup("<dt>Standing</dt><dd>")
          html.markup(bytes: parts.standing)
          html.markup("</dd>")
        }
        html.markup("<dt>Match</dt><dd>")
        matching(match, parts, &html)
        html.markup("</dd>")
        // What speaks against the first row stands in a box under it.
        if !isFirst || match.rule.direction != .sensitivity { links(match, &html) }
        let cautions = match.cautions.filter { !$0.isBypass }
        if !cautions.isEmpty {
          html.markup("<dt>Caution</dt><dd>")
          html.list(cautions, separator: "; ") { $0.text($1.words) }
          html.markup("</dd>")
        }
        html.markup(bytes: parts.note)
        html.markup("<dt>Support</dt><dd>")
        support(match, parts, &html)
        html.markup("</dd>")
      }
    }
    html.newline()
  }

  /// A row of a small study, of single patients or of the laboratory, behind the row that stands for its therapy: all of
  /// it in two lines.
  private func brief(_ index: Int, _ html: inout HTMLBuffer) {
    let match = matches.therapies[index]
    let parts = context.ruleMarkup[match.ruleIndex]
    html.element("div", "", ("id", "m\(index)")) { html in
      heading(match, &html)
      html.element("p") { html in
        if !match.openQuestions.isEmpty { html.text("To order: \(match.plainCondition). ") }
        matching(match, parts, &html)
        html.markup(". ")
        if match.rule.hasStanding {
          html.markup(bytes: parts.standing)
          html.markup(". ")
        }
        if !match.opposedBy.isEmpty {
          html.markup("Against: ")
          opposing(match, &html)
          html.markup(". ")
        }
        let cautions = match.cautions.filter { !$0.isBypass }
        if !cautions.isEmpty { html.text("Caution: " + cautions.map(\.words).joined(separator: "; ") + ". ") }
        if !match.rule.note.isEmpty, match.rule.note != "laboratory work" { html.text("Note: \(match.rule.note). ") }
        support(match, parts, &html)
      }
    }
    html.newline()
  }

  /// Tier, finding, direction, verdict and level of a row.
  private func heading(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    html.element("p") { html in
      if match.tier != .none { tier(match.tier, &html) }
      html.element("b") { html in finding(match, &html) }
      statement(match, &html)
      html.element("small") { html in
        html.text("level \(match.rule.level.rawValue)")
        if !match.tier.escat.isEmpty { html.text(", ESCAT \(match.tier.escat) (derived)") }
      }
    }
  }

  /// The alterations behind a row as links to where they are listed, else the rule's own words.
  private func finding(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    guard !match.alterations.isEmpty else { return html.text(basis(match)) }
    html.list(match.alterations) { html, index in
      let annotated = matches.alterations[index]
      html.element("a", "", ("href", "#a\(index)")) { html in
        html.text(annotated.plain(under: match.rule))
      }
    }
  }

  private func matching(_ match: TherapyMatch, _ parts: RuleMarkup, _ html: inout HTMLBuffer) {
    html.text(ReportWords.rung(match.rung))
    html.markup(bytes: parts.asks)
    html.markup("; ")
    // Where a sample has one tumor type, its head says which.
    if report.tumorTypes.count != 1 {
      html.text(match.tumorType.isEmpty ? "tumor type unknown" : match.tumorType)
      html.markup(", ")
    }
    // A rule for any tumor says no more than that.
    let words = match.proximity == .agnostic ? "for" : ReportWords.proximity(match.proximity) + ":"
    html.text(words)
    html.markup(bytes: parts.scope)
  }

  /// Links to the rows that speak against this one.
  private func links(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    guard !match.opposedBy.isEmpty else { return }
    html.element("dt", text: match.rule.direction == .resistance ? "Dissent" : "Against")
    html.element("dd") { html in opposing(match, &html) }
  }

  private func opposing(_ match: TherapyMatch, _ html: inout HTMLBuffer) {
    html.list(unique(match.opposedBy)) { html, id in
      html.element("a", "", ("href", place(of: id, match.tumorType).map { "#m\($0)" }), text: id)
    }
  }

  private func support(_ match: TherapyMatch, _ parts: RuleMarkup, _ html: inout HTMLBuffer) {
    html.markup(bytes: parts.support)
    guard match.moreSupport > 0 else { return }
    html.text("; \(match.moreSupport) more with this claim: ")
    html.list(match.supportingRules.prefix(12), separator: "; ") { html, rule in
      html.text("\(rule.id) (\(rule.level.rawValue)) ")
      references(of: rule, &html)
    }
    if match.supportingRules.count > 12 { html.text("; ...") }
  }

  /// The references of a rule as links where their kind is known.
  func references(of rule: Rule, _ html: inout HTMLBuffer) {
    html.markup(bytes: context.markup(of: rule).references)
  }

  /// The rows against a therapy, beside it.
  private func against(_ group: SectionTherapy, _ html: inout HTMLBuffer) {
    var found: [Int] = []
    var seen: Set<Int> = []
    var bypass: [Caution] = []
    for index in group.rows where matches.therapies[index].rule.direction == .sensitivity {
      let match = matches.therapies[index]
      for id in match.opposedBy {
        if let place = place(of: id, match.tumorType), seen.insert(place).inserted { found.append(place) }
      }
      for caution in match.cautions where caution.isBypass && !bypass.contains(caution) { bypass.append(caution) }
    }
    if !found.isEmpty { opponents(found, &html) }
    guard !bypass.isEmpty else { return }
    html.element("p") { html in
      html.text("Under this row: " + bypass.map(\.words).joined(separator: "; ") + ". No row of its own.")
    }
  }

  private func opponents(_ found: [Int], _ html: inout HTMLBuffer) {
    html.element("div", "class=\"against\"") { html in
      html.element("h4", text: "Against it in this sample")
      html.element("ul") { html in
        for index in found.prefix(6) { html.element("li") { html in opponent(index, &html) } }
        guard found.count > 6 else { return }
        html.element("li") { html in
          html.text("and ")
          html.list(found.dropFirst(6)) { html, index in
            html.element("a", "", ("href", "#m\(index)"), text: matches.therapies[index].rule.id)
          }
        }
      }
    }
  }

  private func opponent(_ index: Int, _ html: inout HTMLBuffer) {
    let match = matches.therapies[index]
    html.element("a", "", ("href", "#m\(index)"), text: match.rule.id)
    html.text(
      " \(basis(match)): \(ReportWords.direction(match.rule.direction)) on \(DrugName.plain(match.rule.therapy)), ")
    html.text(match.tier == .none ? "" : match.tier.name + ", ")
    html.text("level \(match.rule.level.rawValue); ")
    references(of: match.rule, &html)
  }

  /// The row of a rule for the same tumor type, else any of the rule's rows.
  private func place(of rule: String, _ tumorType: String) -> Int? {
    let rows = places[rule] ?? []
    return rows.first { matches.therapies[$0].tumorType == tumorType } ?? rows.first
  }

  func unique(_ list: [String]) -> [String] {
    var seen: Set<String> = []
    return list.filter { seen.insert($0).inserted }
  }

  // MARK: Pairs and tests

  private func combinations(_ html: inout HTMLBuffer) {
    guard !matches.combinations.isEmpty || !hypotheses.isEmpty else { return }
    named(
      "combinations", "Candidate combinations",
      lead:
        "Derived from single-agent rows on different pathways: level E, ESCAT V (derived), II-D at most. Not studied evidence unless a row of the pair is cited.",
      &html
    ) { html in
      for group in hypotheses { article(group, &html) }
      let count = matches.combinations.count
      guard count > 0 else { return }
      folded(count, "pair", "pairs", isOpen: count <= 3, &html) { html in
        scrolling("Candidate combinations", &html) { html in
          html.element("caption", text: "Pairs, each part with its own row")
          html.markup(
            """
            <thead><tr><th scope="col">Pair</th><th scope="col">Parts</th><th scope="col">Pathways</th>\
            <th scope="col">Evidence of the pair</th></tr></thead>
            """)
          html.element("tbody") { html in
            for pair in matches.combinations { html.element("tr") { html in combination(pair, &html) } }
          }
        }
      }
    }
  }

  private func combination(_ pair: CandidateCombination, _ html: inout HTMLBuffer) {
    html.element("th", "scope=\"row\"", text: DrugName.plain(pair.therapy))
    html.element("td") { html in
      for part in pair.parts {
        let match = matches.therapies[part]
        html.element("div") { html in
          html.text("\(DrugName.plain(match.rule.therapy)): \(basis(match)), ")
          html.element("a", "", ("href", "#m\(part)"), text: match.rule.id)
          html.text(", level \(match.rule.level.rawValue); ")
          // The row that the link leads to has all of them.
          html.markup(bytes: context.ruleMarkup[match.ruleIndex].best)
        }
      }
    }
    html.element("td", text: pair.pathways.joined(separator: ", "))
    html.element("td") { html in
      if pair.pairRules.isEmpty { return html.text("no study of the pair in the table") }
      for rule in pair.pairRules {
        html.element("div") { html in
          html.text(
            "\(rule.id): \(ReportWords.direction(rule.direction)), level \(rule.level.rawValue), in \(rule.scope.include.map(context.table.reference.tumorTypes.groupWords).joined(separator: ", ")); "
          )
          references(of: rule, &html)
        }
      }
    }
  }

  /// Tests that would open a rule.
  func tests(_ html: inout HTMLBuffer) {
    guard !matches.openTests.isEmpty else { return }
    named(
      "tests", "Tests that would open a rule",
      lead: "Nothing in the sample supports these therapies yet; each would need the test's result.", &html
    ) { html in
      folded(matches.openTests.count, "test", "tests", isOpen: matches.openTests.count <= 4, &html) { html in
        html.element("table") { html in
          html.element("caption", text: "Tests and the therapies behind them")
          html.markup(
            "<thead><tr><th scope=\"col\">Test</th><th scope=\"col\">Therapies of the rules</th></tr></thead>")
          html.element("tbody") { html in
            for (test, therapies) in matches.openTests {
              html.element("tr") { html in
                html.element("th", "scope=\"row\"", text: test)
                html.element("td", text: therapies.map(DrugName.plain).joined(separator: ", "))
              }
            }
          }
        }
      }
    }
  }
}

extension Caution {
  /// Whether it stands under its row, in a line of its own.
  fileprivate var isBypass: Bool {
    if case .possibleBypass = self { return true }
    return false
  }
}

extension Rule {
  /// Whether there is more to say than that it was published: a regulator or a guideline, a status, a line of therapy.
  fileprivate var hasStanding: Bool {
    authority != .literature || line != .any || regulatoryStatus != .notApplicable
  }
}
