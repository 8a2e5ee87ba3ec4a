// SPDX-License-Identifier: Apache-2.0
internal import Knowledge
internal import Matching

/// Writes the cohort's page: an oncoprint, who may get what, and the way to each sample.
///
/// The page is made from the bytes of the cohort's tables alone, so that a merged cohort gets the page a single run
/// would have written. A script of its own searches, sorts and pages; without it the first part of each table stands.
package enum CohortHTML {
  /// The page's bytes, UTF-8.
  ///
  /// - Parameters:
  ///   - samples: The content of samples.tsv.
  ///   - options: The content of options.tsv.
  ///   - alterations: The content of alterations.tsv.
  ///   - folderName: The name of a sample's folder and files, by its identifier.
  package static func text(
    samples: [UInt8], options: [UInt8], alterations: [UInt8], context: ReportContext,
    folderName: (String) -> String
  ) -> [UInt8] {
    text(
      Cohort(samples: samples, options: options, alterations: alterations), versions: context.versions,
      folderName: folderName)
  }

  /// The page of a cohort that is known from its tables alone.
  ///
  /// - Parameter hasPage: Whether a sample has a page of its own, to which this one leads.
  static func text(
    _ feed: CohortFeed, versions: RunVersions, folderName: (String) -> String, hasPage: (String) -> Bool
  ) -> [UInt8] {
    var cohort = Cohort(samples: feed.samples, options: feed.options, alterations: feed.alterations)
    cohort.leaveUnlinked { !hasPage($0) }
    return text(cohort, versions: versions, folderName: folderName)
  }

  private static func text(
    _ cohort: Cohort, versions: RunVersions, folderName: (String) -> String
  ) -> [UInt8] {
    var html = HTMLBuffer(capacity: 100_000 + 120 * cohort.samples.count)
    let folders = cohort.samples.map { folderName($0.id) }
    CohortPage(cohort: cohort, versions: versions, folders: folders).write(into: &html)
    return html.bytes
  }
}

/// The cohort's page under construction.
struct CohortPage {
  let cohort: Cohort
  let versions: RunVersions
  /// The folder of each sample.
  let folders: [String]

  private static let openSamples = 100
  private static let openTherapies = 25
  static let printedSamples = 250

  private static let sheet = PageStyle.Sheet(PageStyle.cohort, script: CohortScript.bytes)

  func write(into html: inout HTMLBuffer) {
    PageFrame(
      title: "Cohort of \(cohort.samples.count) samples: oncomatch report", content: "cohort",
      policy: Self.sheet.policy, styles: [Self.sheet.bytes]
    ).write(into: &html, top: header, main: main) { html in
      data(&html)
      html.element("script") { $0.markup(bytes: CohortScript.bytes) }
    }
  }

  private func main(_ html: inout HTMLBuffer) {
    shares(&html)
    Oncoprint(cohort: cohort, addresses: cohort.samples.indices.map(address)).write(into: &html)
    samples(&html)
    therapies(&html)
  }

  private func header(_ html: inout HTMLBuffer) {
    html.element("p", "class=\"kick\"") { html in
      html.text("Cohort report \u{B7} ")
      html.element("a", "", ("href", ChangesHTML.fileName), text: "new since the last run")
    }
    html.element("h1", text: ReportWords.count(cohort.samples.count, "sample", "samples"))
    html.element("dl", "class=\"facts\"") { html in
      for (status, count) in cohort.statuses { html.fact(words(status).capitalizedFirst, "\(count)") }
      let typed = cohort.types.filter { !$0.isEmpty }
      html.fact("Tumor types", "\(typed.count)")
      html.fact("Table", versions.tables.joined(separator: ", "))
      html.fact("Program", "oncomatch \(versions.program)")
    }
  }

  // MARK: Shares

  private func shares(_ html: inout HTMLBuffer) {
    html.element("section", "class=\"two\" aria-labelledby=\"h-shares\"") { html in
      html.element("div", body: tierShares)
      html.element("div", body: therapyShares)
    }
    html.newline()
  }

  private func tierShares(_ html: inout HTMLBuffer) {
    html.element("h2", "id=\"h-shares\"", text: "Actionable share")
    let all = cohort.samples.count
    html.element("table") { html in
      html.element("caption", text: "Samples by the highest tier of what was found")
      html.markup(
        """
        <thead><tr><th scope="col">Highest tier</th><th scope="col" class="n">Samples</th>\
        <th scope="col" class="n">Share</th><th scope="col"><span class="hid">Bar</span></th></tr></thead>
        """)
      html.element("tbody") { html in
        for step in Tier.Step.allCases {
          let count = cohort.samples.count { $0.tier?.isResistance == false && $0.tier?.grade == .step(step) }
          share(step.rawValue, count, all, step.barStyle, &html)
        }
        share("resistance only", cohort.samples.count { $0.tier?.isResistance == true }, all, "k1", &html)
        // A sample that nobody looked at is no negative result.
        let others = cohort.samples.filter { $0.tier == nil }
        let unseen = others.count { ["failed", "deferred", "not_evaluated"].contains($0.status) }
        share("none found", others.count - unseen, all, "k0", &html)
        if unseen > 0 { share("not known: not evaluated or failed", unseen, all, "k0", &html) }
      }
    }
  }

  private func share(_ name: String, _ count: Int, _ all: Int, _ style: String, _ html: inout HTMLBuffer) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: name)
      html.element("td", "class=\"n\"") { $0.text(count) }
      let fraction = all == 0 ? 0 : Double(count) / Double(all)
      html.element("td", "class=\"n\"", text: ReportWords.percent(fraction))
      html.element("td", "class=\"bar\"") { html in bar([(fraction, style)], &html) }
    }
  }

  private func bar(_ parts: [(fraction: Double, style: String)], _ html: inout HTMLBuffer) {
    html.element("svg", "viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"") { html in
      html.markup("<rect class=\"k0\" width=\"1000\" height=\"10\"></rect>")
      var left = 0
      for (fraction, style) in parts where fraction > 0 {
        let width = max(1, Int((fraction * 1000).rounded()))
        html.element(
          "rect", "height=\"10\"", ("class", style), ("x", "\(left)"), ("width", "\(width)")
        ) { _ in }
        left += width
      }
    }
  }

  private func therapyShares(_ html: inout HTMLBuffer) {
    html.element("h2", text: "By therapy")
    guard !cohort.therapies.isEmpty else {
      html.element("p", text: "No alteration of the cohort opens a therapy by the table's rules.")
      return
    }
    let ranked = cohort.therapies
    html.element("table") { html in
      html.element("caption", text: "The first therapies by tier, then by number of samples; bars by tier, I-A first")
      html.markup(
        """
        <thead><tr><th scope="col">Therapy</th><th scope="col" class="n">Samples</th>\
        <th scope="col"><span class="hid">Bar</span></th></tr></thead>
        """)
      html.element("tbody") { html in
        let largest = Double(ranked.prefix(12).map(\.samples.count).max() ?? 1)
        for therapy in ranked.prefix(12) {
          html.element("tr") { html in
            html.element("th", "scope=\"row\"", text: therapy.name)
            html.element("td", "class=\"n\"") { $0.text(therapy.samples.count) }
            html.element("td", "class=\"bar\"") { html in
              bar(
                Tier.Step.allCases.map { step in
                  (Double(therapy.samples.count { $0.tier == step }) / largest, step.barStyle)
                }, &html)
            }
          }
        }
      }
    }
  }

  // MARK: Tables

  private func samples(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"samples\" aria-labelledby=\"h-samples\"") { html in
      html.element("h2", "id=\"h-samples\"", text: "Samples")
      html.markup(
        """
        <div class="js tools" hidden><label>Search <input id="q" type="search" autocomplete="off"></label>\
        <label>Tier <select id="qt"><option value="">all</option><option value="any">I or II</option>\
        <option>I-A</option><option>I-B</option><option>II-C</option><option>II-D</option></select></label>\
        <label>Status <select id="qs"></select></label><label>Not assayed <select id="qm"></select></label>\
        <label>Tumor type <select id="qy"></select></label><label>Gene <select id="qg"></select></label>\
        <label>Therapy <select id="qr"></select></label>\
        <span id="count" role="status"></span>\
        <button id="clear" type="button" hidden>all therapies</button>\
        <button id="prev" type="button">previous</button><button id="next" type="button">next</button></div>
        """)
      let rest = cohort.samples.count - Self.openSamples
      if rest > 0 {
        html.element(
          "p", "class=\"nojs small soft\"",
          text: "The first \(Self.openSamples) of \(cohort.samples.count) samples; all are in samples.tsv.")
      }
      html.element(
        "div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: samples\""
      ) { html in
        html.element("table", "id=\"samples-table\"") { html in
          html.element("caption", text: "Each sample with a link to its report")
          html.markup(
            """
            <thead><tr><th scope="col" data-k="0">Sample</th><th scope="col" data-k="1">Patient</th>\
            <th scope="col" data-k="2">Tumor type</th><th scope="col" data-k="3">Status</th>\
            <th scope="col" data-k="4" data-d="1">Highest tier</th><th scope="col" data-k="5">Best option</th>\
            <th scope="col" data-k="6">Because of</th><th scope="col" data-k="7">Not assayed</th>\
            <th scope="col" class="n" data-k="8">Alterations</th><th scope="col" class="n" data-k="9">Matched</th>\
            <th scope="col" class="n" data-k="10">Options</th><th scope="col" class="n" data-k="11">Closed</th></tr></thead>
            """)
          html.element("tbody", "id=\"rows\"") { html in
            for (index, sample) in cohort.samples.prefix(Self.openSamples).enumerated() { row(sample, index, &html) }
          }
        }
      }
    }
    html.newline()
  }

  private func words(_ status: String) -> String {
    SampleReport.Status(rawValue: status).map(ReportWords.status) ?? status.withSpaces
  }

  private func row(_ sample: Cohort.Sample, _ index: Int, _ html: inout HTMLBuffer) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"") { html in
        html.element("a", "", ("href", address(index)), text: sample.id)
      }
      html.element("td", text: sample.patient)
      html.element("td", text: cohort.types[sample.type].isEmpty ? "unknown" : cohort.types[sample.type])
      html.element("td", text: words(sample.status))
      html.element("td") { html in
        if let tier = sample.tier { html.element("span", tier.badge, text: tier.name) }
      }
      html.element("td", text: sample.best)
      html.element("td", text: sample.because)
      html.element("td", "class=\"small\"", text: sample.missing)
      for count in [sample.alterations, sample.matched, sample.options, sample.closed] {
        html.element("td", "class=\"n\"") { $0.text(count) }
      }
    }
    html.newline()
  }

  /// The address of a sample's page; `nil` where it is not linked.
  private func address(_ index: Int) -> String? {
    guard cohort.samples[index].hasPage else { return nil }
    let folder = ReferenceLink.encoded(folders[index])
    return "samples/\(folder)/\(folder).report.html"
  }

  private func therapies(_ html: inout HTMLBuffer) {
    html.element("section", "id=\"therapies\" aria-labelledby=\"h-therapies\"") { html in
      html.element("h2", "id=\"h-therapies\"", text: "Therapies and whom they concern")
      html.element(
        "p", "class=\"lead small\"",
        text:
          "Samples in which an alteration opens the therapy, or would with a test. What is closed, withdrawn or stands for the tumor type alone is not counted. Ordered by tier, then by number; not advice."
      )
      html.markup(
        """
        <div class="js tools" hidden><label>Search <input id="aq" type="search" autocomplete="off"></label>\
        <span id="tcount" role="status"></span>\
        <button id="tprev" type="button">previous</button><button id="tnext" type="button">next</button></div>
        """)
      if cohort.therapies.count > Self.openTherapies {
        html.element(
          "p", "class=\"nojs small soft\"",
          text: "The first \(Self.openTherapies) of \(cohort.therapies.count) therapies; all are in options.tsv.")
      }
      html.element(
        "div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: therapies\""
      ) { html in
        html.element("table", "id=\"therapies-table\"") { html in
          html.element("caption", text: "Samples by their best tier for each therapy")
          html.markup(
            """
            <thead><tr><th scope="col" data-k="0">Therapy</th><th scope="col" class="n" data-k="1">Samples</th>\
            <th scope="col" class="n" data-k="2">I-A</th><th scope="col" class="n" data-k="3">I-B</th>\
            <th scope="col" class="n" data-k="4">II-C</th><th scope="col" class="n" data-k="5">II-D</th>\
            <th scope="col" class="n" data-k="6">Conditional</th><th scope="col">Whom</th></tr></thead>
            """)
          html.element("tbody", "id=\"trows\"") { html in
            for therapy in cohort.therapies.prefix(Self.openTherapies) { row(therapy, &html) }
          }
        }
      }
    }
    html.newline()
  }

  private func row(_ therapy: Cohort.Therapy, _ html: inout HTMLBuffer) {
    html.element("tr") { html in
      html.element("th", "scope=\"row\"", text: therapy.name)
      html.element("td", "class=\"n\"") { $0.text(therapy.samples.count) }
      for tier in Tier.Step.allCases {
        html.element("td", "class=\"n\"") { $0.text(therapy.count(tier: tier, isConditional: false)) }
      }
      html.element("td", "class=\"n\"") { html in html.text(therapy.samples.count(where: \.isConditional)) }
      html.element("td", "class=\"small\"") { html in
        html.list(therapy.samples.prefix(3)) { html, entry in
          html.element("a", "", ("href", address(entry.sample)), text: cohort.samples[entry.sample].id)
        }
        if therapy.samples.count > 3 { html.text(" and \(therapy.samples.count - 3) more") }
      }
    }
    html.newline()
  }

  // MARK: Data

  /// What a search finds of a sample beside what its row shows.
  private static func hidden(_ sample: Cohort.Sample) -> String {
    (sample.changes + [sample.source]).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What the script reads: samples, the oncoprint's cells and the therapies' samples, in short forms.
  private func data(_ html: inout HTMLBuffer) {
    var json = DataBlock()
    json.raw("{\"t\":")
    json.list(cohort.types) { json, type in json.text(type) }
    json.raw(",\"n\":")
    json.list(cohort.types) { json, type in json.text(versions.tumorTypes.node(type)?.name ?? "") }
    json.raw(",\"k\":\"\(cohort.genes.map { "\($0.assays.reduce(0) { $0 + $1.rawValue })" }.joined())\"")
    json.raw(",\"g\":")
    json.list(cohort.genes) { json, gene in json.text(gene.symbol) }
    json.raw(",\"l\":\(Oncoprint.labelWidth),\"h\":\(Oncoprint.height(genes: cohort.genes.count)),\"s\":")
    json.list(cohort.samples.indices) { json, index in
      let sample = cohort.samples[index]
      json.raw("[")
      json.text(sample.id)
      json.raw(",")
      json.text(sample.patient)
      json.raw(",\(sample.type),")
      json.text(words(sample.status))
      json.raw(",")
      json.text(sample.tier?.name ?? "")
      for words in [sample.best, sample.because, sample.missing, Self.hidden(sample)] {
        json.raw(",")
        json.text(words)
      }
      json.raw(",\(sample.alterations),\(sample.matched),\(sample.options),\(sample.closed)")
      if !sample.hasPage {
        json.raw(",0")
      } else if folders[index] != sample.id {
        json.raw(",")
        json.text(folders[index])
      }
      json.raw("]\n")
    }
    json.raw(",\"o\":")
    json.text(Oncoprint(cohort: cohort).cells)
    json.raw(",\"a\":")
    json.list(cohort.therapies) { json, therapy in
      json.raw("[")
      json.text(therapy.name)
      json.raw(",\"")
      var last = 0
      for entry in therapy.samples {
        let place = (entry.tier ?? .iiD).place
        let letter = UnicodeScalar(UInt8(65 + place + (entry.isConditional ? 4 : 0)))
        json.raw(String(entry.sample - last, radix: 36) + String(letter))
        last = entry.sample
      }
      json.raw("\"]\n")
    }
    json.raw("}")
    html.markup("<script type=\"application/json\" id=\"data\">")
    html.markup(bytes: json.bytes)
    html.markup("</script>\n")
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
