/// The canonical copy-number calls (DOMAIN section 3).
package enum CopyNumberCall: String, Hashable, Sendable, CaseIterable {
  case amplification = "AMP"
  case gain = "GAIN"
  case heterozygousLoss = "LOSS_HET"
  case homozygousDeletion = "HOMDEL"
  case neutral = "NEUTRAL"
  case lossOfHeterozygosity = "LOH"
}
