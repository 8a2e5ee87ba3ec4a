// SPDX-License-Identifier: Apache-2.0
/// The option of `oncomatch run` that states a setting.
package struct SettingOption: Sendable {
  /// Its name, without `--`.
  package let name: String
  /// What stands for its value in the help; empty for a flag.
  package let value: String
  /// What `--help` says of it.
  package let help: String

  /// An option that takes a value, or a flag.
  init(_ name: String, value: String = "", help: String) {
    self.name = name
    self.value = value
    self.help = help
  }
}

/// One setting of a run: how a settings file and the command line name it, what it may be, and what holds without it.
///
/// The settings file, the options of `oncomatch run`, run.json, the digest of what reports depend on and the page of
/// settings take what they need from here.
public struct Setting<Value: Sendable>: Sendable {
  /// How run.json records a setting that reports depend on: a change of it makes the next run do everything again.
  enum Recording: Sendable {
    /// No report depends on the setting.
    case none
    /// Under its key.
    case byKey
    /// Under a name of its own.
    case named(String)
    /// Under a name of its own, told from what the run has made of it.
    case computed(String, @Sendable (RunOptions) -> String)
    /// The same, where there is anything to record.
    case computedWhereUsed(String, @Sendable (RunOptions) -> String?)
  }

  /// The section and the key in a settings file: `gates.min_vaf`.
  package let key: String
  /// What it may be.
  package let kind: SettingKind<Value>
  /// What holds when nothing is said.
  package let usual: Value
  /// The option that states it; `nil` when only a settings file can.
  package let option: SettingOption?
  private let recording: Recording
  private let about: String
  private let without: String

  /// - Parameters:
  ///   - about: What the page of settings says of its value.
  ///   - without: What that page says holds when nothing is said; the usual value unless given.
  init(
    _ key: String, _ kind: SettingKind<Value>, usual: Value, recorded recording: Recording = .none,
    option: SettingOption? = nil, about: String, without: String? = nil
  ) {
    self.key = key
    self.kind = kind
    self.usual = usual
    self.recording = recording
    self.option = option
    self.about = about
    self.without = without ?? "`\(kind.text(usual))`"
  }

  /// The setting with the value that an option gives it; `nil` when that is not what is expected.
  package func stated(_ text: String) -> StatedSetting? {
    kind.fromOption(text).map { StatedSetting(self, $0) }
  }
}

/// A setting with a value that was given in place of the settings file's.
package struct StatedSetting: Sendable {
  private let change: @Sendable (inout RunSettings) -> Void

  init<Value>(_ setting: Setting<Value>, _ value: Value) {
    change = { $0.state(setting, value) }
  }

  /// States the value.
  package func apply(to settings: inout RunSettings) { change(&settings) }
}

/// A setting of any type.
protocol AnySetting: Sendable {
  /// The section and the key in a settings file.
  var key: String { get }
  /// What a value in a settings file has to be, for messages.
  var expectedInFile: String { get }
  /// The option that states it; `nil` when it has none.
  var option: SettingOption? { get }
  /// Its row on the page of settings: key, value, what holds without it.
  var documentation: [String] { get }
  /// Takes the value of a settings file in a folder; `false` when it is not what is expected.
  func take(_ value: TOMLValue, in folder: String, into settings: inout RunSettings) -> Bool
  /// Takes the value that run.json records of it, if that can be read.
  func restore(_ recorded: [String: String], into settings: inout RunSettings)
  /// Name and value in run.json; `nil` when no report depends on it.
  func record(of options: RunOptions) -> (name: String, value: String)?
}

extension AnySetting {
  /// The section of a settings file in which it stands.
  var section: String { String(key.prefix { $0 != "." }) }
}

extension Setting: AnySetting {
  var expectedInFile: String { kind.expectedInFile }
  var documentation: [String] { ["`\(key)`", about, without] }

  func take(_ value: TOMLValue, in folder: String, into settings: inout RunSettings) -> Bool {
    guard let read = kind.fromFile(value, folder) else { return false }
    settings.state(self, read)
    return true
  }

  func restore(_ recorded: [String: String], into settings: inout RunSettings) {
    let name: String
    switch recording {
    case .none, .computed, .computedWhereUsed: return
    case .byKey: name = key
    case .named(let own): name = own
    }
    guard let text = recorded[name], !text.isEmpty, let value = kind.fromOption(text) else { return }
    settings.state(self, value)
  }

  func record(of options: RunOptions) -> (name: String, value: String)? {
    let value = { kind.text(options.settings.value(of: self)) }
    return switch recording {
    case .none: nil
    case .byKey: (key, value())
    case .named(let name): (name, value())
    case .computed(let name, let text): (name, text(options))
    case .computedWhereUsed(let name, let text): text(options).map { (name, $0) }
    }
  }
}
