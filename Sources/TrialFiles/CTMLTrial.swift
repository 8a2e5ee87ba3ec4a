// SPDX-License-Identifier: Apache-2.0
internal import JSONText
internal import Knowledge

/// Reads a study in CTML, the format of MatchMiner: steps with arms with dose levels, each with a tree of conditions.
struct CTMLTrial {
  private let conditions: ConditionReader

  init(_ conditions: ConditionReader) { self.conditions = conditions }

  /// A tree that cannot be read; it loses the study.
  struct Fault: Error {
    let field: String
    var value = ""
    let problem: String
  }

  func read(_ value: JSONValue, into found: inout FoundTrials) {
    guard let id = [value["protocol_no"], value["nct_id"]].compactMap({ $0?.words }).first(where: { !$0.isEmpty })
    else {
      return found.lose("protocol_no", "", "is missing (every study has an identifier)")
    }
    var remarks: [Fault] = []
    do throws(Fault) {
      var arms = try arms(value, &remarks)
      Self.makeNamesDiffer(&arms)
      guard !arms.isEmpty else { throw Fault(field: "treatment_list.step", problem: "names no step or arm") }
      let summary = value["_summary"]
      let status = value["status"]?.words ?? summary?["status"]?.elements.first?["value"]?.words ?? ""
      let criteria = [value["eligibility"], value["eligibility_criteria"]].compactMap { $0?.words }
      found.trials.append(
        Trial(
          id: id, title: value["long_title"]?.words ?? value["short_title"]?.words ?? "", status: TrialStatus(status),
          phase: value["phase"]?.words ?? "", countries: countries(value), updated: value["last_updated"]?.words ?? "",
          unread: criteria.map { .criteria($0) }, arms: arms, line: found.line))
    } catch {
      return found.lose("\(id): \(error.field)", error.value, error.problem)
    }
    for remark in remarks { found.note("\(id): \(remark.field)", remark.value, remark.problem) }
  }

  /// The countries of the list of sites; `nil` where it names none.
  private func countries(_ value: JSONValue) -> [String]? {
    let sites = value["site_list"]?["site"]?.elements ?? []
    let named = sites.filter { TrialStatus($0["site_status"]?.words ?? "").standing != .closed }
      .compactMap { $0["site_country"]?.words ?? $0["country"]?.words }
    return named.isEmpty ? nil : Set(named).sorted()
  }

  // MARK: Steps, arms, dose levels

  /// All parts that a patient may enter; what a level asks for holds for those below it.
  private func arms(_ value: JSONValue, _ remarks: inout [Fault]) throws(Fault) -> [Trial.Arm] {
    guard let list = value["treatment_list"] else {
      throw Fault(field: "treatment_list", problem: "is missing (it holds the steps with their conditions)")
    }
    let whole = try trees(list, "treatment_list", &remarks)
    var arms: [Trial.Arm] = []
    let steps = list["step"]?.elements ?? []
    for (number, step) in steps.enumerated() {
      let place = "treatment_list.step[\(number + 1)]"
      let own = whole + (try trees(step, place, &remarks))
      let below = step["arm"]?.elements ?? []
      let name = steps.count > 1 ? "step " + (step["step_code"]?.words ?? String(number + 1)) : ""
      if below.isEmpty { arms.append(Trial.Arm(name: name, condition: .all(of: own))) }
      for (number, arm) in below.enumerated() {
        arms += try parts(arm, "\(place).arm[\(number + 1)]", own, step: name, &remarks)
      }
    }
    return arms
  }

  /// An arm, or its dose levels where they have conditions of their own.
  private func parts(
    _ arm: JSONValue, _ place: String, _ above: [TrialCondition], step: String, _ remarks: inout [Fault]
  ) throws(Fault) -> [Trial.Arm] {
    let own = above + (try trees(arm, place, &remarks))
    let code = arm["arm_code"]?.words ?? arm["arm_description"]?.words ?? ""
    let name = [step, code].filter { !$0.isEmpty }.joined(separator: ", ")
    let isSuspended = Self.isYes(arm["arm_suspended"])
    let levels = arm["dose_level"]?.elements ?? []
    guard levels.contains(where: { $0["match"] != nil }) else {
      let allStopped = !levels.isEmpty && levels.allSatisfy { Self.isYes($0["level_suspended"]) }
      return [Trial.Arm(name: name, condition: .all(of: own), isSuspended: isSuspended || allStopped)]
    }
    var parts: [Trial.Arm] = []
    for (number, level) in levels.enumerated() {
      let more = try trees(level, "\(place).dose_level[\(number + 1)]", &remarks)
      let code = level["level_code"]?.words ?? String(number + 1)
      parts.append(
        Trial.Arm(
          name: name + " level " + code, condition: .all(of: own + more),
          isSuspended: isSuspended || Self.isYes(level["level_suspended"])))
    }
    return parts
  }

  private static func isYes(_ value: JSONValue?) -> Bool {
    if value?.flag == true { return true }
    return ["Y", "YES", "TRUE"].contains((value?.words ?? "").uppercased())
  }

  /// Two arms may have one code.
  private static func makeNamesDiffer(_ arms: inout [Trial.Arm]) {
    var seen: [String: Int] = [:]
    for place in arms.indices {
      let arm = arms[place]
      let number = (seen[arm.name] ?? 0) + 1
      seen[arm.name] = number
      guard number > 1 else { continue }
      arms[place] = Trial.Arm(
        name: arm.name.isEmpty ? "(\(number))" : "\(arm.name) (\(number))", condition: arm.condition,
        isSuspended: arm.isSuspended)
    }
  }

  // MARK: Trees

  /// The trees of a level; all of them have to hold.
  private func trees(_ level: JSONValue, _ place: String, _ remarks: inout [Fault]) throws(Fault) -> [TrialCondition] {
    guard let match = level["match"] else { return [] }
    switch match {
    case .null: return []
    case .array(let items): return try nodes(items, place + ".match", &remarks)
    case .object: return [try node(match, place + ".match", &remarks)]
    default: throw Fault(field: place + ".match", value: match.words ?? "", problem: "is not a list of conditions")
    }
  }

  private func nodes(
    _ items: [JSONValue], _ place: String, _ remarks: inout [Fault]
  ) throws(Fault) -> [TrialCondition] {
    var parts: [TrialCondition] = []
    for (number, item) in items.enumerated() { parts.append(try node(item, "\(place)[\(number + 1)]", &remarks)) }
    return parts
  }

  /// One node: `and`, `or`, `not`, `genomic`, `clinical`; several of them in one node have to hold together.
  private func node(_ value: JSONValue, _ place: String, _ remarks: inout [Fault]) throws(Fault) -> TrialCondition {
    guard case .object(let members) = value, !members.isEmpty else {
      throw Fault(field: place, value: value.words ?? "", problem: "is not a node (and, or, not, genomic, clinical)")
    }
    var parts: [TrialCondition] = []
    for (key, inner) in members.sorted(by: { $0.key < $1.key }) {
      let here = "\(place).\(key)"
      // Several lists of one kind in a node are told apart by a number: `or_1`.
      switch key.lowercased().prefix(while: \.isLetter) {
      case "and": parts.append(.all(try list(inner, here, &remarks)))
      case "or": parts.append(.any(try list(inner, here, &remarks)))
      case "not":
        let items = inner.elements
        guard items.count < 2 else {
          throw Fault(field: here, problem: "holds \(items.count) conditions (write and: or or: below it)")
        }
        parts.append(.not(try node(items.first ?? inner, here, &remarks)))
      case "genomic":
        parts.append(CTMLNode(conditions, try fields(inner, here), here).genomic(&remarks))
      case "clinical":
        parts.append(CTMLNode(conditions, try fields(inner, here), here).clinical(&remarks))
      default: throw Fault(field: place, value: key, problem: "is not and, or, not, genomic or clinical")
      }
    }
    return TrialCondition.all(of: parts) ?? .notRead("an empty node")
  }

  private func list(_ value: JSONValue, _ place: String, _ remarks: inout [Fault]) throws(Fault) -> [TrialCondition] {
    guard case .array(let items) = value, !items.isEmpty else {
      throw Fault(field: place, value: value.words ?? "", problem: "is not a list with conditions")
    }
    return try nodes(items, place, &remarks)
  }

  private func fields(_ value: JSONValue, _ place: String) throws(Fault) -> [String: JSONValue] {
    guard case .object(let members) = value, !members.isEmpty else {
      throw Fault(field: place, value: value.words ?? "", problem: "has no fields")
    }
    return members
  }
}

extension JSONValue {
  /// A text, or a number or a truth value as text; `nil` for lists, objects and nothing.
  var words: String? {
    switch self {
    case .string(let text): text.trimmed
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .bool(let flag): String(flag)
    case .object, .array, .null: nil
    }
  }
}
