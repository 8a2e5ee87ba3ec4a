// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Batch

extension Option where Value == StatedSetting? {
  /// An option that states a setting; its name and its help are the setting's.
  init<Kind>(_ place: KeyPath<SettingTable, Setting<Kind>>) {
    let setting = SettingTable.shared[keyPath: place]
    guard let option = setting.option else { preconditionFailure("\(setting.key) has no option") }
    let expected = setting.kind.expected
    self.init(
      name: .customLong(option.name), help: ArgumentHelp("\(option.help)", valueName: option.value)
    ) { text in
      guard let stated = setting.stated(text) else { throw ValidationError("it is not \(expected)") }
      return stated
    }
  }
}

extension Flag where Value == Bool? {
  /// A flag that states a setting, and its opposite.
  init(_ place: KeyPath<SettingTable, Setting<Bool>>) {
    let setting = SettingTable.shared[keyPath: place]
    guard let option = setting.option else { preconditionFailure("\(setting.key) has no option") }
    self.init(name: .customLong(option.name), inversion: .prefixedNo, help: "\(option.help)")
  }
}
