// SPDX-License-Identifier: Apache-2.0
package import JSONText
internal import Reports

/// Holds a JSON value against a JSON Schema, as far as the schemas of this project go.
package struct JSONSchemaCheck {
  private let schema: JSONValue

  /// A check against a schema.
  package init(_ schema: JSONValue) { self.schema = schema }

  /// What is wrong, each with its place; empty when the value is of the schema.
  package func faults(of value: JSONValue) -> [String] { faults(value, schema, "$") }

  /// The places of all members that the schema describes, such as `$.matches[].therapy`.
  package var members: Set<String> { Self.members(schema, "$") }

  /// The places of all members of a value, as ``members`` writes them.
  package static func places(in value: JSONValue, at place: String = "$") -> Set<String> {
    switch value {
    case .object(let members):
      members.reduce(into: []) { found, member in
        found.insert(place + "." + member.key)
        found.formUnion(places(in: member.value, at: place + "." + member.key))
      }
    case .array(let elements):
      elements.reduce(into: []) { $0.formUnion(places(in: $1, at: place + "[]")) }
    case .string, .integer, .number, .bool, .null: []
    }
  }

  private static func members(_ schema: JSONValue, _ place: String) -> Set<String> {
    var found: Set<String> = []
    if case .object(let properties)? = schema["properties"] {
      for (name, shape) in properties {
        found.insert(place + "." + name)
        found.formUnion(members(shape, place + "." + name))
      }
    }
    if let items = schema["items"] { found.formUnion(members(items, place + "[]")) }
    return found
  }

  private func faults(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
    return keywords.flatMap { name, rule -> [String] in
      switch name {
      case "type": isOf(rule.text ?? "", value) ? [] : ["\(place): is no \(rule.text ?? "")"]
      case "enum":
        rule.elements.contains { $0.text == value.text } ? [] : ["\(place): '\(value.text ?? "")' is no word of it"]
      case "const": rule.integer == value.integer ? [] : ["\(place): is not \(rule.integer ?? 0)"]
      case "required":
        rule.elements.compactMap(\.text).filter { value[$0] == nil }.map { "\(place): \($0) is missing" }
      case "properties", "additionalProperties": []
      case "items": value.elements.flatMap { faults($0, rule, place + "[]") }
      case "allOf":
        rule.elements.flatMap { part -> [String] in
          guard let condition = part["if"], let consequence = part["then"] else { return ["\(place): unknown allOf"] }
          return faults(value, condition, place).isEmpty ? faults(value, consequence, place) : []
        }
      case "$schema", "$id", "title", "description": []
      default: ["\(place): the check does not know the keyword \(name)"]
      }
    } + members(value, keywords, place)
  }

  private func members(_ value: JSONValue, _ keywords: [String: JSONValue], _ place: String) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.flatMap { name, member -> [String] in
      if let shape = keywords["properties"]?[name] { return faults(member, shape, place + "." + name) }
      switch keywords["additionalProperties"] {
      case .bool(false)?: return ["\(place): \(name) is not known"]
      case let shape?: return faults(member, shape, place + "." + name)
      case nil: return []
      }
    }
  }

  private func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool): true
    case ("number", _): value.number != nil
    case ("integer", _): value.integer != nil
    default: false
    }
  }
}
