// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import Knowledge
internal import Matching

/// A small picture of the pathways with this tumor's hits and the agents of its rows that reach them.
struct PathwayPicture {
  let page: SamplePage

  /// The boxes, two a row.
  private var boxes: [PathwayBox] { page.context.table.reference.facts.pathwayBoxes }

  private enum Shape {
    case activated, lost, altered
  }

  private struct Hit {
    let shape: Shape
    let label: String

    var words: String {
      switch shape {
      case .activated: label + " activated"
      case .lost: label + " lost"
      case .altered: label + " found"
      }
    }
  }

  private static let width = 176
  private static let lineHeight = 16
  private static let gap = 24
  private static let hitLimit = 4
  /// Letters of a line, so that a wide font stays in its box.
  private static let labelLength = 20
  private static let agentLimit = 3

  func write(into html: inout HTMLBuffer) {
    let drawn = page.matches.alterations.filter {
      ($0.oncogenicity.isOncogenic || $0.outcome == .matched) && $0.alteration.event != .wildType
    }
    let standing = self.standing
    let hits = boxes.map { self.hits($0, among: drawn) }
    // Where no pathway is hit, the picture has nothing to say.
    guard hits.contains(where: { !$0.isEmpty }) else { return }
    let agents = boxes.map { self.agents($0, among: standing) }
    var tops: [Int] = []
    var heights: [Int] = []
    var top = 6
    for row in stride(from: 0, to: boxes.count, by: 2) {
      let lines = (row..<min(row + 2, boxes.count)).map { lineCount(hits[$0], agents[$0]) }.max() ?? 1
      let height = 28 + lines * Self.lineHeight
      tops += [top, top]
      heights += [height, height]
      top += height + Self.gap
    }
    let bottom = top - Self.gap
    let keys = self.keys(hits, agents)
    html.markup("<section id=\"pathways\" aria-labelledby=\"h-pathways\"><h2 id=\"h-pathways\">Pathways</h2>")
    defer { html.markup("</section>\n") }
    html.element("figure", "class=\"pic\"") { html in
      html.element(
        "svg", "role=\"img\" aria-labelledby=\"pic-t pic-d\"",
        ("viewBox", "0 0 380 \(bottom + 30 + 18 * (keys.last?.line ?? 0))")
      ) { html in
        html.element(
          "title", "id=\"pic-t\"", text: "Pathways with this tumor's hits and the therapies that stand and reach them")
        html.element("desc", "id=\"pic-d\"", text: description(hits, agents))
        edges(tops, heights, &html)
        for index in boxes.indices {
          box(index, top: tops[index], height: heights[index], hits[index], agents[index], &html)
        }
        legend(keys, bottom + 14, &html)
      }
    }
  }

  /// What a box without a hit says.
  private func emptyWords(_ box: PathwayBox) -> String {
    var kinds: Set<AssayKind> = box.biomarkers.isEmpty ? [] : [.biomarkers]
    if !box.pathways.isEmpty { kinds.formUnion([.mutations, .copyNumber, .fusions]) }
    let seen = kinds.intersection(page.report.assaysSeen)
    if seen.isEmpty { return "not assayed" }
    return seen == kinds ? "no hit" : "no hit, not all assayed"
  }

  private func lineCount(_ hits: [Hit], _ agents: [Reaching]) -> Int {
    let hitLines = min(hits.count, Self.hitLimit) + (hits.count > Self.hitLimit ? 1 : 0)
    let agentLines = min(agents.count, Self.agentLimit) + (agents.count > Self.agentLimit ? 1 : 0)
    return max(1, hitLines + agentLines)
  }

  private func description(_ hits: [[Hit]], _ agents: [[Reaching]]) -> String {
    boxes.indices.map { index in
      let found = hits[index].isEmpty ? emptyWords(boxes[index]) : hits[index].map(\.words).joined(separator: ", ")
      let reached =
        agents[index].isEmpty ? "" : "; therapies that stand: " + agents[index].map(\.words).joined(separator: ", ")
      return boxes[index].title + ": " + found + reached
    }.joined(separator: ". ") + "."
  }

  // MARK: What stands in a box

  private func hits(_ box: PathwayBox, among drawn: [AnnotatedAlteration]) -> [Hit] {
    let pathways = page.context.table.reference.pathways
    var found: [Hit] = []
    for annotated in drawn {
      let alteration = annotated.alteration
      var genes = [alteration.gene]
      if case .fusion(let fusion) = alteration.event { genes = [fusion.fivePrimeGene, fusion.threePrimeGene] }
      let label = annotated.plainName
      if case .measurement = alteration.event, annotated.outcome == .matched, box.biomarkers.contains(alteration.gene) {
        found.append(Hit(shape: .altered, label: label))
        continue
      }
      guard let role = genes.flatMap({ pathways.roles(of: $0) }).first(where: { box.pathways.contains($0.pathway) })
      else { continue }
      found.append(Hit(shape: shape(annotated, isSuppressor: role.role == .suppressor), label: label))
    }
    return found
  }

  private func shape(_ annotated: AnnotatedAlteration, isSuppressor: Bool) -> Shape {
    // A possible fusion is no activation.
    guard annotated.oncogenicity.isOncogenic, !annotated.alteration.cautions.contains(.possibleFusion) else {
      return .altered
    }
    switch annotated.alteration.event {
    case .copyNumber(let call):
      let isLoss = call == .homozygousDeletion || call == .heterozygousLoss
      return isSuppressor == isLoss ? (isSuppressor ? .lost : .activated) : .altered
    case .sequence(let change):
      if isSuppressor { return .lost }
      return change.effect.isTruncating && change.namedClass.isEmpty ? .altered : .activated
    case .fusion: return isSuppressor ? .altered : .activated
    case .measurement, .wildType, .absent: return .altered
    }
  }

  /// A therapy that stands; a combination is one, and its members alone are none.
  private struct Reaching {
    let name: String
    let isByTumorType: Bool
    let pathways: Set<String>

    var words: String { isByTumorType ? name + " (by tumor type)" : name }
  }

  /// Therapies that an alteration opens, then those of the tumor type, as far as nothing disputes them.
  private var standing: [Reaching] {
    (page.summary.opened + page.summary.byTumorType).compactMap { option in
      guard option.verdict == .supported || option.verdict == .caution && option.group == .opened else { return nil }
      let agents = option.agents.compactMap(page.context.table.reference.agents.agent)
      guard !agents.contains(where: \.isRegimen) else { return nil }
      return Reaching(
        name: DrugName.plain(option.therapy), isByTumorType: option.group == .byTumorType,
        pathways: Set(agents.flatMap(\.pathways)))
    }
  }

  private func agents(_ box: PathwayBox, among standing: [Reaching]) -> [Reaching] {
    standing.filter { $0.pathways.contains(where: box.pathways.contains) }
  }

  // MARK: Drawing

  private func box(
    _ index: Int, top: Int, height: Int, _ hits: [Hit], _ agents: [Reaching], _ html: inout HTMLBuffer
  ) {
    let left = index % 2 == 0 ? 4 : 200
    html.shape(
      "rect", hits.isEmpty ? "rx=\"6\"" : "class=\"on\" rx=\"6\"", ("x", "\(left)"), ("y", "\(top)"),
      ("width", "\(Self.width)"),
      ("height", "\(height)"))
    line(boxes[index].title, "class=\"t\"", left + 10, top + 18, &html)
    var baseline = top + 35
    if hits.isEmpty, agents.isEmpty { line(emptyWords(boxes[index]), "class=\"e\"", left + 10, baseline, &html) }
    for hit in hits.prefix(Self.hitLimit) {
      mark(hit.shape, left + 16, baseline - 4, &html)
      line(shortened(hit.label, Self.labelLength), "", left + 28, baseline, &html)
      baseline += Self.lineHeight
    }
    if hits.count > Self.hitLimit {
      line("and \(hits.count - Self.hitLimit) more", "class=\"e\"", left + 28, baseline, &html)
      baseline += Self.lineHeight
    }
    for agent in agents.prefix(Self.agentLimit) {
      if agent.isByTumorType {
        square(left + 16, baseline - 4, &html)
      } else {
        circle(left + 16, baseline - 4, &html)
      }
      line(shortened(agent.name, Self.labelLength), "class=\"a\"", left + 28, baseline, &html)
      baseline += Self.lineHeight
    }
    if agents.count > Self.agentLimit {
      line("and \(agents.count - Self.agentLimit) more", "class=\"a\"", left + 28, baseline, &html)
    }
  }

  private func shortened(_ text: String, _ length: Int) -> String {
    text.count > length ? text.prefix(length - 1) + "\u{2026}" : text
  }

  private func line(_ text: String, _ style: StaticString, _ x: Int, _ y: Int, _ html: inout HTMLBuffer) {
    html.element("text", style, ("x", "\(x)"), ("y", "\(y)"), text: text)
  }

  private func mark(_ shape: Shape, _ x: Int, _ y: Int, _ html: inout HTMLBuffer) {
    switch shape {
    case .activated: path("class=\"up\"", "M\(x - 5) \(y + 5)h10l-5-10z", &html)
    case .lost: path("class=\"down\"", "M\(x - 5) \(y - 4)h10l-5 10z", &html)
    case .altered: path("class=\"alt\"", "M\(x) \(y - 5)l5 5l-5 5l-5-5z", &html)
    }
  }

  private func circle(_ x: Int, _ y: Int, _ html: inout HTMLBuffer) {
    html.shape("circle", "r=\"4\"", ("cx", "\(x)"), ("cy", "\(y)"))
  }

  private func square(_ x: Int, _ y: Int, _ html: inout HTMLBuffer) {
    path("class=\"o\"", "M\(x - 4) \(y - 4)h8v8h-8z", &html)
  }

  private func path(_ style: StaticString, _ steps: String, _ html: inout HTMLBuffer) {
    html.shape("path", style, ("d", steps))
  }

  /// The arrows between boxes, and the bar of a box that holds its neighbour back.
  private func edges(_ tops: [Int], _ heights: [Int], _ html: inout HTMLBuffer) {
    let columns = [4 + Self.width / 2, 200 + Self.width / 2]
    let places = Dictionary(uniqueKeysWithValues: zip(boxes.map(\.title), boxes.indices))
    for (from, box) in boxes.enumerated() {
      for to in box.drives.compactMap({ places[$0] }) {
        // An arrow to the other column goes beside the one that comes straight down.
        let shift = from % 2 == to % 2 && from % 2 == 0 ? 0 : 12
        let start = tops[from] + heights[from]
        let end = tops[to] - 2
        path(
          "class=\"edge\"",
          "M\(columns[from % 2] + shift) \(start)L\(columns[to % 2] + shift) \(end)m-4-6l4 6l4-6", &html)
      }
    }
    for (from, box) in boxes.enumerated() where places[box.holdsBack] == from - 1 {
      let middle = tops[from] + heights[from] / 2
      path("class=\"edge\"", "M200 \(middle)H184M184 \(middle - 7)v14", &html)
    }
  }

  /// What stands for something in the picture.
  private enum Key {
    case hit(Shape)
    case opened, byTumorType, drives, holdsBack

    var words: String {
      switch self {
      case .hit(.activated): "activated"
      case .hit(.lost): "lost"
      case .hit(.altered): "found, effect not scored"
      case .opened: "therapy opened by an alteration"
      case .byTumorType: "therapy by tumor type only"
      case .drives: "drives"
      case .holdsBack: "holds back"
      }
    }

    /// Room for its mark before the words.
    var indent: Int {
      switch self {
      case .hit, .opened, .byTumorType: 14
      case .drives, .holdsBack: 20
      }
    }
  }

  /// The marks that occur, each with its place.
  private func keys(_ hits: [[Hit]], _ agents: [[Reaching]]) -> [(key: Key, x: Int, line: Int)] {
    let drawn = hits.flatMap { $0.prefix(Self.hitLimit) }
    let named = agents.flatMap { $0.prefix(Self.agentLimit) }
    var keys = [Shape.activated, .lost, .altered].filter { shape in drawn.contains { $0.shape == shape } }.map(Key.hit)
    if named.contains(where: { !$0.isByTumorType }) { keys.append(.opened) }
    if named.contains(where: \.isByTumorType) { keys.append(.byTumorType) }
    if boxes.contains(where: { !$0.drives.isEmpty }) { keys.append(.drives) }
    if boxes.contains(where: { !$0.holdsBack.isEmpty }) { keys.append(.holdsBack) }
    var placed: [(key: Key, x: Int, line: Int)] = []
    var (x, line) = (8, 0)
    for key in keys {
      let width = key.indent + 6 * key.words.count + 14
      if x > 8, x + width > 380 { (x, line) = (8, line + 1) }
      placed.append((key, x, line))
      x += width
    }
    return placed
  }

  private func legend(_ keys: [(key: Key, x: Int, line: Int)], _ top: Int, _ html: inout HTMLBuffer) {
    for (key, x, row) in keys {
      let y = top + 18 * row
      switch key {
      case .hit(let shape): mark(shape, x + 4, y, &html)
      case .opened: circle(x + 4, y, &html)
      case .byTumorType: square(x + 4, y, &html)
      case .drives: path("class=\"edge\"", "M\(x) \(y)h14m-5-4l5 4l-5 4", &html)
      case .holdsBack: path("class=\"edge\"", "M\(x) \(y)h14m0-6v12", &html)
      }
      line(key.words, "", x + key.indent, y + 4, &html)
    }
  }
}
