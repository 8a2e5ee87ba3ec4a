// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// The disease terms of knowledge bases with what they say as the scope of a rule.
package struct DiseaseTerms: Sendable {
  /// What a term says.
  package struct Meaning: Sendable {
    /// OncoTree codes, groups, `SOLID_TUMOR` or `ANY`; empty where no code says what the term says.
    package let include: [String]
    /// What it says beside the tumor type, in the words of the column `requires`.
    package let requires: String

    /// Any tumor.
    package static let any = Meaning(include: ["ANY"], requires: "")
  }

  /// What rows begin with that say what a name means in registries of trials.
  private static let registry = "REG:"

  private var meanings: [String: Meaning] = [:]
  private let tumorTypes: TumorTypeTree

  /// The mapping compiled into the program, and the names that the OncoTree knows.
  package init(tumorTypes: TumorTypeTree) {
    self.tumorTypes = tumorTypes
    let columns = ["term", "name", "oncotree_include", "requires"]
    for record in BuiltInTable.diseaseTerms.text.records(columns) {
      let meaning = Meaning(include: record[2].listItems, requires: record[3])
      meanings[record[0].lowercased()] = meaning
      let name = "name:" + record[1].lowercased()
      let isNameOfItsOwn = record[0].hasPrefix("CGI:") || record[0].hasPrefix(Self.registry)
      if !isNameOfItsOwn, meanings[name] == nil { meanings[name] = meaning }
    }
  }

  /// What an identifier such as `DOID:3908` or `CGI:L` says; `nil` when it is not in the mapping.
  package func meaning(ofIdentifier identifier: String) -> Meaning? { meanings[identifier.lowercased()] }

  /// What a name means where a registry of trials writes it: headings that cover an organ, or several of them.
  package func meaning(ofHeading name: String) -> Meaning? {
    meaning(ofIdentifier: Self.registry + name.replacing("-", with: " "))
  }

  /// What a name or an OncoTree code, current or retired, says.
  package func meaning(ofName name: String) -> Meaning? {
    if tumorTypes.isKnownScope(name) { return Meaning(include: [name], requires: "") }
    if let known = meanings["name:" + name.lowercased()] { return known }
    let successors = tumorTypes.successors(of: name)
    if successors.count > 1 { return Meaning(include: successors, requires: "") }
    return tumorTypes.understand(name).map { Meaning(include: [$0.code], requires: "") }
  }
}
