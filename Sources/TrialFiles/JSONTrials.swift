// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText
internal import JSONText
internal import Knowledge

/// Reads studies from values: those of the ClinicalTrials.gov API and of CTML, one, a list, or a page of them.
enum JSONTrials {
  static func read(_ value: JSONValue, into found: inout FoundTrials) {
    if case .array(let items) = value {
      for item in items { study(item, &found) }
    } else if case .array(let items)? = value["studies"] {
      for item in items { study(item, &found) }
    } else {
      study(value, &found)
    }
  }

  private static func study(_ value: JSONValue, _ found: inout FoundTrials) {
    guard case .object(let members) = value else {
      return found.lose("study", "", "is not an object (a list of studies is expected)")
    }
    if let section = value["protocolSection"] {
      registryStudy(section, &found)
    } else if members["treatment_list"] != nil || members["protocol_no"] != nil {
      CTMLTrial(found.conditions).read(value, into: &found)
    } else {
      let known = members.keys.sorted().prefix(4).joined(separator: ", ")
      found.lose(
        "study", known, "has neither protocolSection (ClinicalTrials.gov) nor protocol_no and treatment_list (CTML)")
    }
  }

  // MARK: ClinicalTrials.gov

  private static func registryStudy(_ section: JSONValue, _ found: inout FoundTrials) {
    let names = section["identificationModule"]
    guard let id = names?["nctId"]?.text, !id.isEmpty else {
      return found.lose(
        "identificationModule.nctId", names?["briefTitle"]?.text ?? "", "is missing (download the study with it)")
    }
    let (eligibility, design) = (section["eligibilityModule"], section["designModule"])
    var stated = RegistryConditions()
    stated.conditions = texts(section["conditionsModule"]?["conditions"])
    stated.keywords = texts(section["conditionsModule"]?["keywords"])
    stated.sex = eligibility?["sex"]?.text ?? ""
    stated.minimumAge = eligibility?["minimumAge"]?.text ?? ""
    stated.maximumAge = eligibility?["maximumAge"]?.text ?? ""
    var unread: [Trial.Unread] = []
    if let criteria = eligibility?["eligibilityCriteria"]?.text, !criteria.isEmpty {
      unread.append(.criteria(criteria))
    } else {
      unread.append(.criteriaNotInFile)
    }
    if eligibility?["minimumAge"] == nil, eligibility?["maximumAge"] == nil {
      // Without limits the groups say what there is to say, unless they are all.
      stated.ageGroups = texts(eligibility?["stdAges"])
      if !stated.ageGroups.isEmpty, stated.ageGroups.count < 3 { unread.append(.ageLimits) }
    }
    if eligibility?["sex"] == nil { unread.append(.sex) }
    let (before, condition) = (found.faults.count, stated.condition(&found))
    for place in before..<found.faults.count { found.faults[place].problem += " (\(id))" }
    let status = section["statusModule"]
    found.trials.append(
      Trial(
        id: id, title: names?["briefTitle"]?.text ?? names?["officialTitle"]?.text ?? "",
        status: TrialStatus(status?["overallStatus"]?.text ?? ""),
        phase: texts(design?["phases"]).joined(separator: "/"),
        countries: countries(section["contactsLocationsModule"]?["locations"]),
        updated: status?["lastUpdatePostDateStruct"]?["date"]?.text ?? "", unread: unread,
        arms: [Trial.Arm(name: "", condition: condition)], line: found.line))
  }

  /// The countries of sites that are not closed, each once; `nil` where no sites are stated.
  private static func countries(_ locations: JSONValue?) -> [String]? {
    guard let locations, !locations.elements.isEmpty else { return nil }
    var countries: [String] = []
    for site in locations.elements {
      guard let country = site["country"]?.text, !countries.contains(country),
        TrialStatus(site["status"]?.text ?? "").standing != .closed
      else { continue }
      countries.append(country)
    }
    return countries
  }

  /// The texts of a list, or one text.
  static func texts(_ value: JSONValue?) -> [String] {
    guard let value else { return [] }
    return (value.text.map { [$0] } ?? value.elements.compactMap(\.text)).map(\.trimmed).filter { !$0.isEmpty }
  }
}
