// SPDX-License-Identifier: Apache-2.0
package import DelimitedText
internal import InputFormats
internal import SystemIO

/// The settings of a run: what a settings file says (`oncomatch run --settings`) and what is stated in its place.
///
/// Each row of ``SettingTable`` is a member; it is as it usually is until it is stated.
@dynamicMemberLookup
package struct RunSettings: Sendable {
  /// Values that were stated, by key.
  private(set) var values: [String: any Sendable] = [:]

  /// Nothing stated.
  package init() {}

  /// The value of a setting, stated or usual.
  package subscript<Value>(dynamicMember place: KeyPath<SettingTable, Setting<Value>>) -> Value {
    get { value(of: SettingTable.shared[keyPath: place]) }
    set { state(SettingTable.shared[keyPath: place], newValue) }
  }

  /// The value of a setting; `nil` when it was not stated.
  package func stated<Value>(_ place: KeyPath<SettingTable, Setting<Value>>) -> Value? {
    stated(SettingTable.shared[keyPath: place])
  }

  /// States a setting, unless there is no value.
  package mutating func state<Value>(_ place: KeyPath<SettingTable, Setting<Value>>, _ value: Value?) {
    if let value { state(SettingTable.shared[keyPath: place], value) }
  }

  /// The value of a setting, stated or usual.
  func value<Value>(of setting: Setting<Value>) -> Value { stated(setting) ?? setting.usual }

  /// States a setting.
  mutating func state<Value>(_ setting: Setting<Value>, _ value: Value) { values[setting.key] = value }

  private func stated<Value>(_ setting: Setting<Value>) -> Value? {
    guard let value = values[setting.key] else { return nil }
    return value as? Value
  }
}

extension RunSettings {
  /// What is stated of a lab's own tables: the names of their columns, and from where on expression is high.
  var columnNames: ColumnNames {
    var written: [String: String] = [:]
    for (setting, role) in zip(SettingTable.shared.columns, ColumnNames.roles) {
      written[role.role] = value(of: setting)
    }
    var names = ColumnNames(written)
    names.expression.highScore = self.highScore
    names.expression.lowScore = self.lowScore
    names.expression.highTPM = self.highTPM
    names.expression.lowTPM = self.lowTPM
    return names
  }

  /// States what a run recorded of its settings, as far as that says what they were.
  mutating func restore(_ recorded: [String: String]) {
    for setting in SettingTable.shared.list { setting.restore(recorded, into: &self) }
    for (role, name) in ColumnNames.written(in: recorded["columns"] ?? "") {
      guard let place = ColumnNames.roles.firstIndex(where: { $0.role == role }) else { continue }
      state(SettingTable.shared.columns[place], name)
    }
  }

  /// The line of a settings file that states a key; `nil` where none does.
  package static func line(of key: String, in path: String) -> Int? {
    guard let bytes = try? SideFile.text(path), let text = try? TOMLText(bytes, path: path) else { return nil }
    return text.entries.last { $0.section + "." + $0.key == key }?.line
  }

  /// Reads a settings file; paths in it are relative to its folder.
  ///
  /// - Throws: ``InputError`` with line, key and the nearest known key.
  package init(path: String) throws(InputError) {
    try self.init(SideFile.text(path), path: path)
  }

  init(_ bytes: [UInt8], path: String) throws(InputError) {
    self.init()
    let text = try TOMLText(bytes, path: path)
    let known = SettingTable.shared.bySection
    let names = Set(known.map(\.section))
    for section in text.sections where !names.contains(section.name) {
      throw InputError(
        path: path, line: section.line, column: "section", value: section.name,
        problem: "is not known (\(NearestSetting.advice(for: section.name, among: names.sorted())))")
    }
    let folder = Discovery.parent(path)
    for entry in text.entries {
      let name = entry.section.isEmpty ? entry.key : entry.section + "." + entry.key
      guard let setting = known.first(where: { $0.key == name && !entry.section.isEmpty }) else {
        throw InputError(
          path: path, line: entry.line, column: "key", value: name,
          problem: "is not known (\(NearestSetting.advice(for: name, among: known.map(\.key))))")
      }
      guard setting.take(entry.value, in: folder, into: &self) else {
        throw InputError(
          path: path, line: entry.line, column: name, value: entry.value.shown,
          problem: "is not \(setting.expectedInFile)")
      }
    }
  }
}
