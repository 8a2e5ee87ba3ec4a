// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import SystemIO

/// The studies of a lab's registry files, and what there is to say of the files.
package final class TrialRegistry: Sendable {
  /// A file of studies.
  package struct File: Sendable {
    /// Its name without folders.
    package let name: String
    /// ISO date: that of its comment line `# date:`, else when it was last written.
    package let date: String
    /// The digest of its bytes.
    package let digest: String
    /// Its studies.
    package let trials: [Trial]
    /// Studies that are not read, and conditions of others that nothing here can answer.
    package let faults: [InputError]
    /// How many studies are not read.
    package let lost: Int

    /// A file from what was read.
    package init(name: String, date: String, digest: String, trials: [Trial], faults: [InputError], lost: Int) {
      (self.name, self.date, self.digest) = (name, date, digest)
      (self.trials, self.faults, self.lost) = (trials, faults, lost)
    }
  }

  /// The files in their order.
  package let files: [File]
  /// All studies in the order of the files; one of each identifier.
  package let trials: [Trial]
  /// What could not be read, of all files.
  package let faults: [InputError]
  /// Countries that are asked for, as written; empty for any.
  package let countries: [String]
  /// Studies that are offered where their conditions allow it.
  package let openCount: Int
  /// Studies that nobody can enter.
  package let closedCount: Int
  /// Studies without a site in the countries asked for.
  package let elsewhereCount: Int
  /// Whether each study is left out, by its place.
  package let isLeftOut: [Bool]

  /// A registry of files.
  ///
  /// - Parameter countries: Countries with a site; empty for any.
  package init(_ files: [File], countries: [String] = []) {
    self.files = files
    self.countries = countries
    var trials: [Trial] = []
    var faults = files.flatMap(\.faults)
    var seen: [String: String] = [:]
    for (place, file) in files.enumerated() {
      for var trial in file.trials {
        if let first = seen[trial.key] ?? (trial.key == trial.id ? nil : seen[trial.id]) {
          faults.append(
            InputError(
              path: file.name, line: trial.line > 0 ? trial.line : nil, column: "trial", value: trial.id,
              problem: "is in the registry already, from \(first); this entry is left out (keep one of them)"))
          continue
        }
        seen[trial.key] = file.name
        trial.file = place
        trials.append(trial)
      }
    }
    self.trials = trials
    self.faults = faults
    let wanted = Set(countries.map(Self.key))
    let isElsewhere = trials.map { trial in
      guard !wanted.isEmpty, !trial.isClosed, let known = trial.countries else { return false }
      return !known.contains { wanted.contains(Self.key($0)) }
    }
    isLeftOut = trials.indices.map { trials[$0].isClosed || isElsewhere[$0] }
    // A study counts once, whichever of its arms are open.
    var (open, elsewhere, all) = (Set<String>(), Set<String>(), Set<String>())
    for (place, trial) in trials.enumerated() {
      all.insert(trial.id)
      if !isLeftOut[place] { open.insert(trial.id) }
      if isElsewhere[place] { elsewhere.insert(trial.id) }
    }
    openCount = open.count
    elsewhereCount = elsewhere.subtracting(open).count
    closedCount = all.subtracting(open).subtracting(elsewhere).count
  }

  /// Countries asked for that no study names, each with what there is to say.
  package var unknownCountries: [String] {
    let known = Set(trials.flatMap { $0.countries ?? [] })
    let keys = Set(known.map(Self.key))
    return countries.filter { !keys.contains(Self.key($0)) }.map { name in
      let named = known.sorted().prefix(8).joined(separator: ", ")
      return "--trial-country '\(name)': no study names this country ("
        + (known.isEmpty ? "the files name no sites" : "they name \(named)\(known.count > 8 ? ", ..." : "")") + ")"
    }
  }

  /// The digest of all that reports depend on: content, names and dates of the files, and the countries.
  package var digest: String {
    let parts = files.flatMap { [$0.name, $0.date, $0.digest] } + countries
    return "xxh64:" + XXH64.hex(Array(parts.joined(separator: "\u{1F}").utf8).span)
  }

  /// The genes and biomarkers that a study asks about.
  package var names: Set<String> {
    trials.reduce(into: []) { names, trial in
      for arm in trial.arms { names.formUnion(arm.condition?.names ?? []) }
    }
  }

  private static func key(_ country: String) -> String { CountryNames.key(country) }
}
