// SPDX-License-Identifier: Apache-2.0
internal import Batch
internal import DelimitedText
internal import JSONText
internal import Knowledge
internal import Reports

/// All versions that a program downstream may want to hold against those it was tested with.
enum VersionReport {
  /// The version of this report's own layout.
  static let version = 1

  /// What `--version` prints for people.
  static var line: String { "oncomatch \(programVersion) (table \(KnowledgeBase.builtInVersion))" }

  /// What `--version --format json` prints.
  static func text() -> [UInt8] {
    let table = KnowledgeBase.load()
    var json = JSONWriter(indentedDepth: 2)
    json.object { json in
      json.value("schema", "oncomatch.versions")
      json.value("schema_version", version)
      json.object("program") { json in
        json.value("name", "oncomatch")
        json.value("version", programVersion)
      }
      json.object("build") { json in
        json.value("architecture", Machine.architecture)
        json.value("byte_scan", ByteScanPath.current.rawValue)
      }
      json.array("tables") { json in
        for source in table.sources {
          json.object { json in
            json.value("name", source.name)
            json.value("version", source.version)
            json.value("digest", "xxh64:" + source.digest)
            json.value("rules", table.rules.count)
          }
        }
      }
      json.array("facts") { json in
        for fact in ReferenceTable.all {
          json.object { json in
            json.value("name", fact.name)
            json.value("version", fact.version)
            json.value("digest", "xxh64:" + fact.digest)
          }
        }
      }
      json.object("schemas") { json in
        json.value("tables", DataPackage.version)
        json.value("report", String(ReportJSON.schemaVersion))
        json.value("run", String(RunSchema.version))
        json.value("log", String(LogSchema.version))
        json.value("versions", String(version))
      }
      json.values("formats", ReportFormat.allCases.map(\.rawValue))
    }
    json.finish()
    return json.bytes
  }
}
