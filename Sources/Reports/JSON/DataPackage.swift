// SPDX-License-Identifier: Apache-2.0
internal import JSONText

/// Describes the output tables for programs: Frictionless Data Package and Table Schema.
package enum DataPackage {
  /// The version of the tables' layout: the first number grows when a column goes or changes its meaning, the second when one is added.
  package static let version = "1.0.0"

  /// datapackage.json for an output folder with these tables.
  package static func text(tables: [OutputTable]) -> [UInt8] {
    var json = JSONWriter(indentedDepth: 4)
    json.object { json in
      json.value("profile", "tabular-data-package")
      json.value("name", "oncomatch")
      json.value("version", version)
      json.value("title", "Therapies matched to tumor alterations")
      json.array("resources") { json in
        for table in OutputTable.allCases where tables.contains(table) {
          json.object { json in
            json.value("name", table.resourceName)
            json.value("path", table.fileName)
            json.value("profile", "tabular-data-resource")
            json.value("format", "tsv")
            json.value("mediatype", "text/tab-separated-values")
            json.value("encoding", "utf-8")
            json.object("dialect") { json in
              json.value("delimiter", "\t")
              json.value("lineTerminator", "\n")
              json.value("quoteChar", "\u{0}")
              json.value("doubleQuote", false)
            }
            schema(of: table, "schema", &json)
          }
        }
      }
    }
    json.finish()
    return json.bytes
  }

  /// The Table Schema of one table.
  package static func schema(of table: OutputTable) -> [UInt8] {
    var json = JSONWriter(indentedDepth: 2)
    schema(of: table, nil, &json)
    json.finish()
    return json.bytes
  }

  private static func schema(of table: OutputTable, _ key: StaticString?, _ json: inout JSONWriter) {
    json.object(key) { json in
      json.array("fields") { json in
        for field in table.fields {
          json.object { json in
            json.value("name", field.name)
            json.value("type", field.type)
            json.value("description", field.description)
            if !field.words.isEmpty { json.object("constraints") { $0.values("enum", field.words) } }
          }
        }
      }
      json.values("missingValues", [""])
      if !table.primaryKey.isEmpty { json.values("primaryKey", table.primaryKey) }
      if !table.foreignKeys.isEmpty {
        json.array("foreignKeys") { json in
          for key in table.foreignKeys {
            json.object { json in
              json.values("fields", key.fields)
              json.object("reference") { json in
                json.value("resource", key.table.resourceName)
                json.values("fields", key.referenced)
              }
            }
          }
        }
      }
    }
  }
}

extension OutputTable {
  /// The name of the table in a data package.
  fileprivate var resourceName: String { rawValue.replacing("_", with: "-") }
}
