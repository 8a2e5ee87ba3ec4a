// SPDX-License-Identifier: Apache-2.0
internal import Matching

/// How pages show a tier: its badge, and its bar among those of a cohort.
extension Tier {
  /// The attribute of a badge.
  var badge: StaticString {
    if isResistance { return "class=\"tier tr\"" }
    return switch grade {
    case .histology: "class=\"tier th\""
    case .step(.iA): "class=\"tier t1\""
    case .step(.iB): "class=\"tier t2\""
    case .step(.iiD): "class=\"tier t4\""
    case .step(.iiC), .none: "class=\"tier\""
    }
  }

  /// The class of a bar, the darkest for the strongest.
  var barStyle: String {
    if isResistance { return "k1" }
    guard case .step(let step) = grade else { return "k0" }
    return step.barStyle
  }

  /// The height of a bar in the oncoprint; 0 for no bar.
  var barHeight: Int {
    if isResistance { return Self.resistanceHeight }
    guard case .step(let step) = grade else { return 0 }
    return step.barHeight
  }

  /// The height of the bar of a sample that has resistance and nothing else.
  static let resistanceHeight = 3
}

extension Tier.Step {
  /// The class of a bar.
  var barStyle: String {
    switch self {
    case .iA: "k5"
    case .iB: "k4"
    case .iiC: "k3"
    case .iiD: "k2"
    }
  }

  /// The height of a bar in the oncoprint.
  var barHeight: Int {
    switch self {
    case .iA: 16
    case .iB: 12
    case .iiC: 8
    case .iiD: 4
    }
  }
}
