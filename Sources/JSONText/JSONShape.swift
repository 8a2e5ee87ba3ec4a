// SPDX-License-Identifier: Apache-2.0
/// The form of a JSON value, written as JSON Schema (2020-12).
package indirect enum JSONShape: Sendable {
  case string, integer, number, boolean
  /// One of these texts.
  case words([String])
  /// This number and no other.
  case constant(Int)
  case array(JSONShape)
  case object([Member])
  /// An object whose keys are data.
  case map(JSONShape)

  /// A member of an object.
  package struct Member: Sendable {
    package let name: String
    package let shape: JSONShape
    package let description: String
    package let isRequired: Bool

    package init(_ name: String, _ shape: JSONShape, _ description: String, isRequired: Bool = true) {
      self.name = name
      self.shape = shape
      self.description = description
      self.isRequired = isRequired
    }
  }

  /// A JSON Schema.
  ///
  /// - Parameters:
  ///   - name: What it is of, with the version of the layout: `run:2`.
  ///   - body: Writes its keywords.
  package static func schema(
    _ name: String, title: String, _ description: String, _ body: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.value("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.value("$id", "urn:oncomatch:" + name)
      json.value("title", title)
      json.value("description", description)
      body(&json)
    }
    json.finish()
    return json.bytes
  }

  /// Writes the keywords of the shape into an open object.
  package func keywords(_ json: inout JSONWriter) {
    switch self {
    case .string: json.value("type", "string")
    case .integer: json.value("type", "integer")
    case .number: json.value("type", "number")
    case .boolean: json.value("type", "boolean")
    case .constant(let number): json.value("const", number)
    case .words(let words):
      json.value("type", "string")
      json.values("enum", words)
    case .array(let element):
      json.value("type", "array")
      json.object("items") { element.keywords(&$0) }
    case .map(let value):
      json.value("type", "object")
      json.object("additionalProperties") { value.keywords(&$0) }
    case .object(let members):
      json.value("type", "object")
      json.object("properties") { json in
        for member in members {
          json.object(named: member.name) { json in
            if !member.description.isEmpty { json.value("description", member.description) }
            member.shape.keywords(&json)
          }
        }
      }
      json.values("required", members.filter(\.isRequired).map(\.name))
      json.value("additionalProperties", false)
    }
  }
}
