// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Matching

/// Genes by samples: who has what, the most altered genes and samples first.
///
/// Kinds of change have the colours of cBioPortal; their places and heights in a cell tell them apart without colour.
struct Oncoprint {
  let cohort: Cohort
  /// The address of each sample's page; `nil` for one that is not linked.
  var addresses: [String?] = []

  static let labelWidth = 132
  private static let rowHeight = 20
  private static let firstGene = 46
  private static let letters = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH")

  private static func pitch(_ samples: Int) -> Int { max(4, min(18, 1000 / samples)) }

  private static func width(_ samples: Int) -> Int { labelWidth + samples * pitch(samples) + 4 }

  static func height(genes: Int) -> Int { firstGene + rowHeight * genes + 4 }

  /// All samples with their cells, as the page's script reads them.
  var cells: String {
    var text = ""
    for (place, sample) in cohort.drawn.enumerated() {
      if place > 0 { text += " " }
      text += String(sample, radix: 36) + ":"
      for (row, gene) in cohort.genes.enumerated() {
        for kind in Cohort.Kind.allCases where gene.cells[sample]?.contains(kind) == true {
          text.append(Self.letters[row])
          text.append(kind.letter)
        }
      }
    }
    return text
  }

  func write(into html: inout HTMLBuffer) {
    html.element("section", "id=\"oncoprint\" aria-labelledby=\"h-oncoprint\"") { html in
      html.element("h2", "id=\"h-oncoprint\"", text: "Oncoprint")
      guard !cohort.altered.isEmpty else {
        html.element("p", text: "No match: no alteration of the cohort meets a rule of the table.")
        return
      }
      let all = cohort.samples.count
      let share = ReportWords.percent(Double(cohort.altered.count) / Double(max(all, 1)))
      html.element(
        "p", "class=\"lead small\"",
        text:
          "\(cohort.altered.count) of \(all) samples (\(share)) have an alteration that a rule reads, in \(ReportWords.count(cohort.geneCount, "gene", "genes"))\(cohort.geneCount > Cohort.geneLimit ? "; the \(Cohort.geneLimit) most frequent are shown" : ""). A column leads to the sample's report."
      )
      html.markup(
        """
        <div class="js tools" id="onav" hidden><button id="oprev" type="button">previous samples</button>\
        <button id="onext" type="button">next samples</button><span id="opage" role="status"></span></div>
        """)
      let shown = min(cohort.drawn.count, CohortPage.printedSamples)
      if cohort.drawn.count > shown {
        html.element("p", "class=\"nojs small soft\"", text: "The first \(shown) samples are drawn.")
      }
      // On a narrow screen a picture that is wider says so.
      html.element(
        "div", "tabindex=\"0\" role=\"region\" aria-label=\"Picture of the oncoprint\"",
        ("class", Self.width(shown) > 360 ? "scroll draw over" : "scroll draw")
      ) { html in picture(Array(cohort.drawn.prefix(shown)), &html) }
      legend(&html)
      geneTable(&html)
    }
    html.newline()
  }

  // MARK: Picture

  private func picture(_ samples: [Int], _ html: inout HTMLBuffer) {
    let (pitch, width) = (Self.pitch(samples.count), Self.width(samples.count))
    let height = Self.height(genes: cohort.genes.count)
    html.element(
      "svg", "id=\"print\" aria-labelledby=\"op-t op-d\"", ("viewBox", "0 0 \(width) \(height)"),
      ("width", "\(width)"), ("height", "\(height)")
    ) { html in
      html.element("title", "id=\"op-t\"", text: "Altered genes by sample")
      html.element(
        "desc", "id=\"op-d\"",
        text: "Rows: tumor type, highest tier, then genes. The tables below have the numbers and the links.")
      html.element("defs") { html in
        html.element(
          "pattern", "id=\"cell\" height=\"20\" patternUnits=\"userSpaceOnUse\"", ("x", "\(Self.labelWidth)"),
          ("width", "\(pitch)")
        ) { html in
          html.element("rect", "class=\"grey\" height=\"20\"", ("width", "\(pitch - 1)")) { _ in }
        }
      }
      label("Tumor type", 15, &html)
      label("Highest tier", 35, &html)
      for (row, gene) in cohort.genes.enumerated() {
        let top = Self.firstGene + Self.rowHeight * row
        let share = Double(gene.cells.count) / Double(max(cohort.samples.count, 1))
        label(gene.symbol, top + 13, &html)
        html.element(
          "text", "class=\"ol op\"", ("x", "\(Self.labelWidth - 8)"), ("y", "\(top + 13)"),
          text: ReportWords.percent(share))
        html.element(
          "rect", "class=\"bg\" height=\"16\"", ("x", "\(Self.labelWidth)"), ("y", "\(top)"),
          ("width", "\(samples.count * pitch)")
        ) { _ in }
      }
      html.element("g") { html in
        gaps(samples, pitch, &html)
        for (place, sample) in samples.enumerated() {
          let name = cohort.samples[sample].id
          html.element(
            "a", "tabindex=\"-1\"", ("href", addresses.isEmpty ? nil : addresses[sample])
          ) { html in
            html.element("title", text: name)
            column(sample, Self.labelWidth + place * pitch, pitch - 1, height, &html)
          }
        }
      }
    }
  }

  /// Cells of genes that were not assayed, or not by all that found their changes in other samples.
  private func gaps(_ samples: [Int], _ pitch: Int, _ html: inout HTMLBuffer) {
    for coverage in [Cohort.Coverage.partlyAssayed, .notAssayed] {
      var path = ""
      for (row, gene) in cohort.genes.enumerated() {
        let top = Self.firstGene + Self.rowHeight * row
        var start: Int?
        for place in 0...samples.count {
          let isOne = place < samples.count && gene.coverage(cohort.samples[samples[place]]) == coverage
          if isOne, start == nil { start = place }
          guard !isOne, let first = start else { continue }
          let width = (place - first) * pitch - 1
          path += "M\(Self.labelWidth + first * pitch) \(top)h\(width)v16h-\(width)z"
          start = nil
        }
      }
      guard !path.isEmpty else { continue }
      html.element("path", "", ("class", coverage.style), ("d", path)) { $0.element("title", text: coverage.words) }
    }
  }

  private func label(_ text: String, _ y: Int, _ html: inout HTMLBuffer) {
    html.element("text", "class=\"ol\"", ("y", "\(y)"), text: text)
  }

  private func column(_ index: Int, _ x: Int, _ width: Int, _ height: Int, _ html: inout HTMLBuffer) {
    let sample = cohort.samples[index]
    html.shape("path", "class=\"go\"", ("d", "M\(x) 2v\(height - 6)h\(width)V2z"))
    let type = cohort.types[sample.type]
    bar("c\(min(sample.type, 7))", x, 2, width, 16, "\(sample.id): \(type.isEmpty ? "unknown" : type)", &html)
    if let tier = sample.tier, tier.barHeight > 0 {
      bar(tier.barStyle, x, 38 - tier.barHeight, width, tier.barHeight, "\(sample.id): \(tier.name)", &html)
    }
    for (row, gene) in cohort.genes.enumerated() {
      guard let kinds = gene.cells[index] else { continue }
      for kind in Cohort.Kind.allCases where kinds.contains(kind) {
        html.element(
          "path", "", ("class", String(kind.letter)),
          ("d", Self.shape(kind, x, Self.firstGene + Self.rowHeight * row, width))
        ) { html in
          html.element("title", text: "\(sample.id): \(gene.symbol) \(kind.words)")
        }
      }
    }
  }

  private func bar(
    _ style: String, _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ title: String, _ html: inout HTMLBuffer
  ) {
    html.element("path", "", ("class", style), ("d", "M\(x) \(y)h\(width)v\(height)h-\(width)z")) {
      $0.element("title", text: title)
    }
  }

  /// The outline of a kind of change in a cell; the page's script draws the same.
  private static func shape(_ kind: Cohort.Kind, _ x: Int, _ y: Int, _ width: Int) -> String {
    let half = halved(width)
    let quarter = ReportWords.plain(Double(x) + Double(width) / 4)
    return switch kind {
    case .amplification: "M\(x) \(y)h\(width)v9h-\(width)z"
    case .deletion: "M\(x) \(y + 7)h\(width)v9h-\(width)z"
    case .fusion: "M\(quarter) \(y)h\(half)v16h-\(half)z"
    case .truncating: "M\(x) \(y + 3)h\(width)v10h-\(width)z"
    case .missense: "M\(x) \(y + 6)h\(width)v4h-\(width)z"
    case .inframe: "M\(x) \(y + 3)h\(width)v3h-\(width)zm0 7h\(width)v3h-\(width)z"
    case .splice: "M\(x) \(y + 13)h\(width)l-\(half)-10z"
    case .promoter: "M\(x) \(y + 1)h\(width)v3h-\(width)z"
    case .other: "M\(quarter) \(y + 5)h\(half)v6h-\(half)z"
    }
  }

  private static func halved(_ width: Int) -> String { ReportWords.plain(Double(width) / 2) }

  // MARK: Words beside it

  private func legend(_ html: inout HTMLBuffer) {
    html.element("ul", "class=\"legend small\" aria-label=\"Legend\"") { html in
      for coverage in Cohort.Coverage.allCases where occurs(coverage) {
        html.element("li") { html in
          html.element("svg", "width=\"14\" height=\"16\" aria-hidden=\"true\"") { html in
            html.markup("<rect class=\"grey\" width=\"14\" height=\"16\"></rect>")
            if coverage != .unchanged {
              html.element("path", "d=\"M.5.5h13v15H.5z\"", ("class", coverage.style)) { _ in }
            }
          }
          html.text(" " + coverage.words)
        }
      }
      for kind in occurringKinds {
        html.element("li") { html in
          html.element("svg", "width=\"14\" height=\"16\" aria-hidden=\"true\"") { html in
            html.markup("<rect class=\"grey\" width=\"14\" height=\"16\"></rect>")
            html.element("path", "", ("class", String(kind.letter)), ("d", Self.shape(kind, 0, 0, 14))) { _ in }
          }
          html.text(" " + kind.words)
        }
      }
    }
    html.element("ul", "class=\"legend small\" aria-label=\"Tiers\"") { html in
      let tiers = cohort.samples.compactMap(\.tier)
      for step in Tier.Step.allCases where tiers.contains(where: { !$0.isResistance && $0.grade == .step(step) }) {
        swatch(step.barStyle, step.barHeight, step.rawValue, &html)
      }
      if tiers.contains(where: \.isResistance) { swatch("k1", Tier.resistanceHeight, "resistance only", &html) }
    }
    html.element("ul", "class=\"legend small\" aria-label=\"Tumor types\"") { html in
      for (place, type) in cohort.types.prefix(7).enumerated() {
        swatch("c\(place)", 16, type.isEmpty ? "unknown" : type, &html)
      }
      if cohort.types.count > 7 { swatch("c7", 16, "\(cohort.types.count - 7) other types", &html) }
    }
  }

  /// Kinds of change that a cell of the picture shows.
  private var occurringKinds: [Cohort.Kind] {
    let found = cohort.genes.reduce(into: Set<Cohort.Kind>()) { kinds, gene in
      for cell in gene.cells.values { kinds.formUnion(cell) }
    }
    return Cohort.Kind.allCases.filter(found.contains)
  }

  /// Whether a cell of the picture stands for it.
  private func occurs(_ coverage: Cohort.Coverage) -> Bool {
    cohort.genes.contains { gene in
      cohort.samples.indices.contains { gene.cells[$0] == nil && gene.coverage(cohort.samples[$0]) == coverage }
    }
  }

  private func swatch(_ style: String, _ height: Int, _ words: String, _ html: inout HTMLBuffer) {
    html.element("li") { html in
      html.element("svg", "width=\"14\" height=\"16\" aria-hidden=\"true\"") { html in
        html.element("rect", "width=\"14\"", ("class", style), ("y", "\(16 - height)"), ("height", "\(height)")) { _ in
        }
      }
      html.text(" " + words)
    }
  }

  private func geneTable(_ html: inout HTMLBuffer) {
    let occurring = occurringKinds
    html.element("details") { html in
      html.element("summary", text: "The genes as a table")
      html.element(
        "div", "class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: genes\""
      ) { html in
        html.element("table") { html in
          html.element("caption", text: "Samples with a matched alteration, by gene and kind")
          html.element("thead") { html in
            html.element("tr") { html in
              html.element("th", "scope=\"col\"", text: "Gene")
              html.element("th", "scope=\"col\" class=\"n\"", text: "Samples")
              for kind in occurring { html.element("th", "scope=\"col\" class=\"n\"", text: kind.words) }
            }
          }
          html.element("tbody") { html in
            for gene in cohort.genes {
              html.element("tr") { html in
                html.element("th", "scope=\"row\"", text: gene.symbol)
                html.element("td", "class=\"n\"") { $0.text(gene.cells.count) }
                for kind in occurring {
                  html.element("td", "class=\"n\"") { html in html.text(gene.cells.values.count { $0.contains(kind) }) }
                }
              }
            }
          }
        }
      }
    }
  }
}

extension Cohort.Coverage {
  /// The class of its style.
  fileprivate var style: String {
    switch self {
    case .unchanged: "grey"
    case .partlyAssayed: "np"
    case .notAssayed: "na"
    }
  }

  fileprivate var words: String {
    switch self {
    case .unchanged: "unchanged"
    case .partlyAssayed: "unchanged, not all assayed"
    case .notAssayed: "not assayed"
    }
  }
}
