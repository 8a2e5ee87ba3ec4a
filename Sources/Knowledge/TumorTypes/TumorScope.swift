// SPDX-License-Identifier: Apache-2.0

/// How close a sample's tumor type is to that of a rule (guide: TumorTypes, Tumor types, site and histology).
package enum Proximity: String, Sendable, Comparable, CaseIterable {
  case same, agnostic, bridge, lineage, other, crossing

  /// 0 for the closest.
  package var place: Int {
    switch self {
    case .same: 0
    case .agnostic: 1
    case .bridge: 2
    case .lineage: 3
    case .other: 4
    case .crossing: 5
    }
  }

  /// Closer is smaller.
  package static func < (left: Proximity, right: Proximity) -> Bool { left.place < right.place }
}

/// The tumor types a rule speaks of.
package struct TumorScope: Hashable, Sendable {
  /// Codes, group names, `SOLID_TUMOR` or `ANY`; `=CODE` for a code without its subtree.
  package let include: [String]
  /// The same, left out; wins over `include`.
  package let exclude: [String]

  /// A scope from its lists.
  package init(include: [String], exclude: [String] = []) {
    self.include = include
    self.exclude = exclude
  }
}

/// How close a tumor type is to a scope.
package struct ScopeFit: Sendable {
  /// How close it is.
  package let proximity: Proximity
  /// Whether the sample is coded by an ancestor of the scope's code.
  package let isLessSpecific: Bool
}

/// How close one tumor type is to each of many items of scopes, by their places; what scopes name in common is looked up
/// once.
package struct ItemFits: Sendable {
  private let fits: [ScopeFit?]
  /// Whether the type is one of the tree.
  private let isKnown: Bool

  fileprivate init(_ fits: [ScopeFit?], isKnown: Bool) { (self.fits, self.isKnown) = (fits, isKnown) }

  /// How close the type is to a scope; `nil` when the scope does not speak of it at all.
  ///
  /// - Parameters:
  ///   - include: The places of what the scope names.
  ///   - exclude: The places of what it leaves out, which wins.
  package func fit(_ include: some Sequence<Int32>, _ exclude: some Sequence<Int32>) -> ScopeFit? {
    if isKnown {
      for item in exclude {
        if let fit = fits[Int(item)], fit.proximity == .same || fit.proximity == .agnostic { return nil }
      }
    }
    var best: ScopeFit?
    for item in include {
      guard let fit = fits[Int(item)] else { continue }
      if best.map({ fit.proximity < $0.proximity }) ?? true { best = fit }
    }
    return best
  }
}

extension TumorTypeTree {
  /// What an item of a scope names, looked up once.
  package struct Item: Sendable {
    fileprivate enum Meaning: Sendable {
      case anyTumor, solidTumor
      /// A type without those below it.
      case only(Int)
      /// A type with those below it.
      case type(Int)
      case group(include: [Item], exclude: [Item])
      case unknown
    }

    fileprivate let meaning: Meaning

    init(_ text: String, _ types: TumorTypeTable, _ groups: [String: Group]) {
      if text == "ANY" {
        meaning = .anyTumor
      } else if text == "SOLID_TUMOR" {
        meaning = .solidTumor
      } else if text.hasPrefix("=") {
        meaning = types.number(String(text.dropFirst())).map { .only($0) } ?? .unknown
      } else if let group = groups[text] {
        meaning = .group(
          include: group.include.map { Item($0, types, groups) }, exclude: group.exclude.map { Item($0, types, groups) }
        )
      } else {
        meaning = types.number(text).map { .type($0) } ?? .unknown
      }
    }

    /// The types that it names, those of a group among them.
    fileprivate var members: [Int] {
      switch meaning {
      case .only(let number), .type(let number): [number]
      case .group(let include, _): include.flatMap(\.members)
      case .anyTumor, .solidTumor, .unknown: []
      }
    }
  }

  /// What an item of a scope names.
  package func item(_ text: String) -> Item { Item(text, types, groups) }

  /// Whether `code` is `item` or lies below it, or is in the group it names.
  package func covers(_ item: String, _ code: String) -> Bool {
    guard let number = types.number(code) else { return item == "ANY" || item == "SOLID_TUMOR" }
    return covers(self.item(item), number)
  }

  /// Whether an item covers a tumor type or, with `orKindsOf`, a kind of it.
  package func covers(_ item: Item, _ code: String, orKindsOf: Bool) -> Bool {
    guard let number = types.number(code) else {
      return switch item.meaning {
      case .anyTumor, .solidTumor: true
      case .only, .type, .group, .unknown: false
      }
    }
    if covers(item, number) { return true }
    guard orKindsOf, case .type(let own) = item.meaning else { return false }
    return isWithin(own, number)
  }

  private func covers(_ item: Item, _ number: Int) -> Bool {
    switch item.meaning {
    case .anyTumor: true
    case .solidTumor: !types.isBlood[number]
    case .only(let own): own == number
    case .type(let own): isWithin(number, own)
    case .group(let include, let exclude):
      include.contains { covers($0, number) } && !exclude.contains { covers($0, number) }
    case .unknown: false
    }
  }

  /// How close a sample's code is to a rule's scope; `nil` when the rule does not speak of it at all.
  ///
  /// - Parameter code: An OncoTree code, or empty when the tumor type is unknown.
  package func proximity(of code: String, to scope: TumorScope) -> ScopeFit? {
    let count = Int32(scope.include.count)
    let fits = fits(of: code, to: (scope.include + scope.exclude).map(item))
    return fits.fit(0..<count, count..<count + Int32(scope.exclude.count))
  }

  /// How close a sample's code is to items of scopes.
  ///
  /// - Parameter code: An OncoTree code, or empty when the tumor type is unknown.
  package func fits(of code: String, to items: [Item]) -> ItemFits {
    guard let number = types.number(code) else {
      // A type that nobody knows is a tumor.
      let agnostic = code.isEmpty ? ScopeFit(proximity: .agnostic, isLessSpecific: false) : nil
      return ItemFits(
        items.map { item in
          switch item.meaning {
          case .anyTumor, .solidTumor: agnostic
          case .only, .type, .group, .unknown: nil
          }
        }, isKnown: false)
    }
    let bridges = bridges.filter { members in members.contains { covers($0, number) } }
    return ItemFits(items.map { fit(of: number, to: $0, over: bridges) }, isKnown: true)
  }

  /// - Parameter bridges: Those that the type is a member of.
  private func fit(of number: Int, to item: Item, over bridges: [[Item]]) -> ScopeFit? {
    if covers(item, number) {
      return switch item.meaning {
      case .anyTumor, .solidTumor: ScopeFit(proximity: .agnostic, isLessSpecific: false)
      case .only, .type, .group, .unknown: ScopeFit(proximity: .same, isLessSpecific: false)
      }
    }
    var best: ScopeFit?
    for own in item.members where types.isBlood[own] == types.isBlood[number] {
      let isKind = types.levels[number] >= 1 && isWithin(own, number)
      let proximity: Proximity =
        if bridges.contains(where: { members in members.contains { covers($0, own) } }) {
          .bridge
        } else if isKind || types.commonLevel(number, own) >= 2 {
          .lineage
        } else {
          .other
        }
      if best.map({ proximity < $0.proximity }) ?? true {
        best = ScopeFit(proximity: proximity, isLessSpecific: proximity == .lineage && isKind)
      }
    }
    return best
  }
}
