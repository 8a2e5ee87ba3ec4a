// SPDX-License-Identifier: Apache-2.0
/// The canonical copy-number calls (guide: Normalizing, Copy number).
package enum CopyNumberCall: String, Hashable, Sendable, CaseIterable {
  case amplification = "AMP"
  case gain = "GAIN"
  case heterozygousLoss = "LOSS_HET"
  case homozygousDeletion = "HOMDEL"
  case neutral = "NEUTRAL"
  case lossOfHeterozygosity = "LOH"
}
