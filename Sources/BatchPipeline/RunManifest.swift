internal import AlterationFormats
internal import DelimitedText
internal import Reports
internal import TargetTable

/// The content of run.json: what was run on what, and what became of every row.
struct RunManifest {
  let options: RunOptions
  let table: TargetTable
  let programVersion: String
  let started: Int
  let files: [InputFile]
  let formats: [Int: String]
  let digests: [Int: String]
  let rowsRead: [Int: Int]
  let results: [SampleProcessor.Result]
  let skipped: [(path: String, reason: String)]
  let filtered: [String: Int]
  let clock: StageClock

  func json() -> [UInt8] {
    var counts: [Int32: RowCounts] = [:]
    for result in results {
      for (file, own) in result.countsByFile { counts[file, default: RowCounts()].add(own) }
    }
    var json = JSONBuffer()
    json.object { json in
      json.value("program", "oncomatch")
      json.value("version", programVersion)
      json.value("schema_version", 1)
      json.array("tables") { json in
        for source in table.sources {
          json.object { json in
            json.value("name", source.name)
            json.value("version", source.version)
            json.value("digest", "xxh64:" + source.digest)
          }
        }
      }
      json.value("started", WallClock.text(started))
      json.value("finished", WallClock.text(WallClock.seconds))
      json.object("settings") { json in
        json.values("inputs", options.inputs)
        json.value("samples", options.sheet)
        json.value("tumor_type", options.tumorType)
        json.value("quiet_time", options.quietTime)
        json.value("sample_files", options.writesSampleFiles)
      }
      json.value("jobs", options.jobs)
      json.object("samples") { json in
        for status in [SampleReport.Status.reported, .noMatch, .failed, .deferred] {
          json.value(status.rawValue, results.count { $0.report.status == status })
        }
      }
      json.array("inputs") { json in
        for (index, file) in files.enumerated() {
          let own = counts[Int32(index)] ?? RowCounts()
          json.object { json in
            json.value("path", file.path)
            json.value("format", formats[index] ?? "unknown")
            json.value("size", file.stamp.size)
            json.value("digest", digests[index] ?? "")
            json.value("rows_read", own.read)
            json.value("rows_matched", own.matched)
            json.value("rows_unmatched", own.unmatched)
            json.value("rows_filtered", own.filtered)
            json.value("rows_rejected", own.rejected)
          }
        }
      }
      json.object("filtered") { json in
        for reason in filtered.keys.sorted() { json.value(reason, filtered[reason] ?? 0) }
      }
      json.array("skipped") { json in
        for item in skipped {
          json.object { json in
            json.value("path", item.path)
            json.value("reason", item.reason)
          }
        }
      }
      json.array("stages") { json in
        for stage in Stage.allCases {
          json.object { json in
            json.value("stage", stage.name)
            json.value("seconds", (clock.seconds[stage.rawValue] * 1e6).rounded() / 1e6)
            json.value("rows", clock.rows[stage.rawValue])
          }
        }
      }
    }
    json.finish()
    return json.bytes
  }
}
