// SPDX-License-Identifier: Apache-2.0
internal import InputFormats
internal import Knowledge
internal import Normalization

extension SampleProcessor {
  /// What rows of sheets say of one sample and cannot both be; empty where they agree.
  ///
  /// Two names of one tumor type agree, and so do a type and a special kind of it.
  func disagreement(_ entry: SampleSheet.Entry?) -> String {
    guard let entry, let other = entry.rivals.first(where: { disagrees(entry, $0) }) else { return "" }
    return
      "rows of the sample sheet disagree: \(other.column) is '\(other.own)' in \(other.ownPlace) and '\(other.other)' in \(other.otherPlace)"
  }

  private func disagrees(_ entry: SampleSheet.Entry, _ rival: SampleSheet.Rival) -> Bool {
    guard rival.isTumorType else { return true }
    let tree = self.resolver.tree
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
