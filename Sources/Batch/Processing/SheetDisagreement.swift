// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Knowledge
internal import Normalization

/// What rows of sheets say of one sample and cannot both be.
///
/// Two names of one tumor type agree, and so do a type and a special kind of it.
enum SheetDisagreement {
  /// The first of them; empty where rows agree.
  static func words(of entry: SampleSheet.Entry, _ tree: TumorTypeTree) -> String {
    guard let other = entry.rivals.first(where: { disagrees($0, tree) }) else { return "" }
    // The message is printed where patients are not named.
    if other.column == "patient_id" {
      return "rows of the sample sheet disagree: patient_id in \(other.ownPlace) is another one in \(other.otherPlace)"
    }
    return
      "rows of the sample sheet disagree: \(other.column) is '\(other.own)' in \(other.ownPlace) and '\(other.other)' in \(other.otherPlace)"
  }

  /// Those of a sheet alone, the first few.
  static func remarks(on sheet: SampleSheet, _ tree: TumorTypeTree) -> [String] {
    let joined = SampleSheet.merged([sheet]) ?? sheet
    let found = joined.entries.lazy.map { words(of: $0, tree) }.filter { !$0.isEmpty }
    return Array(found.prefix(3))
  }

  private static func disagrees(_ rival: SampleSheet.Rival, _ tree: TumorTypeTree) -> Bool {
    guard rival.isTumorType else { return true }
    let resolver = TumorTypeResolver(tree: tree, fallback: "")
    let one = resolver.resolve(tumorType: rival.own, site: "")
    let two = resolver.resolve(tumorType: rival.other, site: "")
    guard one.remark.isEmpty, two.remark.isEmpty, !one.codes.isEmpty, !two.codes.isEmpty else {
      return rival.isSameColumn
    }
    return !one.codes.allSatisfy { code in
      two.codes.contains { other in
        code == other || tree.covers(other, code) || tree.covers(code, other)
      }
    }
  }
}
