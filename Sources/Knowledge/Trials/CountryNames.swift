// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

/// Names of countries as registries write them, now and before.
enum CountryNames {
  private static let countries: [String: String] = {
    var countries: [String: String] = [:]
    for row in BuiltInTable.countryNames.text.records(["name", "country"]) {
      countries[letters(row[0])] = letters(row[1])
    }
    return countries
  }()

  /// What all names of a country have in common.
  static func key(_ name: String) -> String {
    let letters = letters(name)
    return countries[letters] ?? letters
  }

  private static func letters(_ name: String) -> String { name.lowercased().filter(\.isLetter) }
}
