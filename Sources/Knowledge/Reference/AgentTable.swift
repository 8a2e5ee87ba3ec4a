// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// A drug, a class of drugs, or a named regimen.
package final class Agent: Sendable {
  /// The canonical lower-case name.
  package let name: String
  /// The classes it belongs to.
  package let classes: [String]
  /// `small molecule`, `antibody`, `class`, `regimen`, ...
  package let modality: String
  /// Symbols of the genes whose products it acts on.
  package let targets: [String]
  /// Names of the pathways it acts on.
  package let pathways: [String]
  /// Trade names and codes.
  package let synonyms: [String]
  /// Empty, `yes`, or the ISO date when it was withdrawn from the market.
  package let withdrawn: String
  /// OncoTree codes outside of which the agent makes no sense, such as that of prostate cancer for an androgen
  /// receptor inhibitor; empty for no bound.
  package let lineage: [String]
  /// When its development was stopped, and who says so; empty when nothing is known of it.
  package let stopped: String

  init(
    name: String, classes: [String], modality: String, targets: [String], pathways: [String], synonyms: [String],
    withdrawn: String, lineage: [String], stopped: String
  ) {
    self.name = name
    self.classes = classes
    self.modality = modality
    self.targets = targets
    self.pathways = pathways
    self.synonyms = synonyms
    self.withdrawn = withdrawn
    self.lineage = lineage
    self.stopped = stopped
    kind =
      switch modality {
      case "class": .classToken
      case "regimen": .regimen
      default: AgentTable.namesClass(name) ? .classToken : .drug
      }
  }

  /// What a name of a therapy stands for.
  package enum Kind: Sendable {
    case drug
    /// A class of drugs.
    case classToken
    /// A regimen such as FOLFIRI.
    case regimen
  }

  /// What the row stands for.
  package let kind: Kind

  /// Whether the row stands for a class and not for a drug.
  package var isClassToken: Bool { kind == .classToken }
  /// Whether the row stands for a regimen such as FOLFIRI.
  package var isRegimen: Bool { kind == .regimen }
  /// In lower case, the names of the class that the row stands for: its own without the mark of a class, and the
  /// classes of its row.
  package var classNames: Set<String> {
    let own = name.hasSuffix(AgentTable.classMark) ? String(name.dropLast(AgentTable.classMark.count)) : name
    return Set([own.lowercased()] + classes.map { $0.lowercased() })
  }
}

/// Agents by name, with their classes.
package final class AgentTable: Sendable {
  private let agents: MadeInPlaces<Agent>
  /// Places of agents by their canonical names.
  private let numbers: NumberedNames
  /// The same by their other names in lower case.
  private let synonyms: NumberedNames
  /// By agent: where its row begins.
  private let rows: [Int32]

  private static let home = BuiltInTable.agents
  private static let columnNames = [
    "agent", "class", "modality", "targets", "pathway_tags", "brands_and_synonyms", "withdrawn", "lineage",
    "development",
  ]

  /// The agents compiled into the program.
  static func builtIn(laidOut: BuiltInLayout?) -> AgentTable { laidOut.map { AgentTable($0) } ?? AgentTable() }

  private init() {
    let text = Self.home.text
    let agents = text.records(Self.columnNames).map { Self.agent($0) }
    var (numbers, synonyms): ([String: Int32], [String: Int32]) = ([:], [:])
    for (place, agent) in agents.enumerated() {
      numbers[agent.name] = Int32(place)
      for synonym in agent.synonyms { synonyms[synonym.lowercased()] = Int32(place) }
    }
    let starts = Self.home.lineStarts
    rows = text.rows.map { starts[$0.line] ?? 0 }
    self.agents = MadeInPlaces(agents)
    (self.numbers, self.synonyms) = (.read(numbers), .read(synonyms))
  }

  private init(_ layout: BuiltInLayout) {
    var stream = layout.stream(.agents)
    (numbers, synonyms) = (stream.names(), stream.names())
    let rows = stream.array()
    self.rows = rows
    let columns = Self.home.head.columns(Self.columnNames)
    agents = MadeInPlaces(count: rows.count) { place in
      let cells = Self.home.row(at: Int(rows[place]), line: 0).cells
      return Self.agent(columns.map { cells.indices.contains($0) ? cells[$0] : "" })
    }
  }

  /// Lays names and rows out.
  func write(to layout: inout LayoutNumbers) {
    layout.append(names: numbers)
    layout.append(names: synonyms)
    layout.append(rows)
  }

  private static func agent(_ record: [String]) -> Agent {
    Agent(
      name: record[0], classes: record[1].listItems, modality: record[2], targets: record[3].listItems,
      pathways: record[4].listItems, synonyms: record[5].listItems,
      withdrawn: record[6] == "no_record" ? "" : record[6], lineage: record[7].listItems, stopped: record[8])
  }

  /// Whether this is the canonical name of an agent.
  func contains(_ name: String) -> Bool { numbers[name] != nil }

  /// The place of the agent of a canonical name; `nil` for another name.
  package func place(_ name: String) -> Int? { numbers[name] }

  /// The agent at a place.
  package func agent(at place: Int) -> Agent { agents[place] }

  /// The agent of a canonical name.
  package func agent(_ name: String) -> Agent? { numbers[name].map { agents[$0] } }

  /// The agent of any of its names, letter case aside.
  package func find(_ name: String) -> Agent? {
    let key = name.lowercased()
    return (numbers[name] ?? numbers[key] ?? synonyms[key]).map { agents[$0] }
  }

  /// All canonical names, sorted.
  package var names: [String] { numbers.all.keys.sorted() }

  /// What the name of a class ends with, in the table of agents and in tables of users.
  package static let classMark = " (class)"

  /// Whether a name stands for a class of drugs, be it in the table of agents or not.
  package static func namesClass(_ name: String) -> Bool { name.hasSuffix("(class)") }

  /// Whether a class token such as `parp inhibitor (class)` speaks of the agent.
  package func covers(classToken: String, agent name: String) -> Bool {
    guard let agent = self.agent(name), let token = self.agent(classToken), token.isClassToken else { return false }
    return !token.classNames.isDisjoint(with: agent.classes.map { $0.lowercased() })
  }

  /// The canonical name that differs least from a misspelled one.
  package func nearest(to name: String) -> String? {
    NearestName.find(name.lowercased(), among: names)
  }
}

/// Finds the known name that a misspelled one was meant to be.
package enum NearestName {
  /// The name at the smallest edit distance, if that is at most a third of its length; of several one of the same
  /// letters or one that was not written to its end, as letters are swapped and left out more often than changed.
  package static func find(_ name: String, among known: some Sequence<String>) -> String? {
    let word = Array(name.utf8)
    let letters = word.sorted()
    var best: (String, Int)?
    var isLikely = false
    for candidate in known {
      let other = Array(candidate.utf8)
      guard abs(other.count - word.count) <= 3 else { continue }
      let distance = distance(word, other)
      guard distance <= max(1, other.count / 3), distance <= best?.1 ?? .max else { continue }
      let isLike = other.starts(with: word) || other.count == word.count && other.sorted() == letters
      guard best.map({ distance < $0.1 }) ?? true || isLike && !isLikely else { continue }
      (best, isLikely) = ((candidate, distance), isLike)
    }
    return best?.0
  }

  /// Letters to insert, remove, change or swap.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var next = [index + 1]
      for (column, other) in right.enumerated() {
        var least = min(row[column + 1] + 1, next[column] + 1, row[column] + (byte == other ? 0 : 1))
        if index > 0, column > 0, byte == right[column - 1], left[index - 1] == other {
          least = min(least, before[column - 1] + 1)
        }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
