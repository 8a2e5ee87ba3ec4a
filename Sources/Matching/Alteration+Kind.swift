// SPDX-License-Identifier: Apache-2.0
internal import Alterations

extension Alteration {
  /// Whether the change takes the gene's function away.
  var isLoss: Bool {
    switch event {
    case .sequence(let change): change.effect.isTruncating
    case .copyNumber(let call): call == .homozygousDeletion || call == .heterozygousLoss
    case .fusion, .measurement, .wildType, .absent: false
    }
  }

  var isMeasurement: Bool {
    if case .measurement = event { return true }
    return false
  }
}
