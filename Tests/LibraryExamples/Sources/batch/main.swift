import OncomatchBatch

var options = RunOptions()
options.inputs = ["SampleData"]
options.output = "reports"
options.jobs = 2
options.formats = ReportFormat.standard.filter { $0.rawValue != "html" }
let run = BatchRun(options: options, table: .builtIn, programVersion: "nightly 1.0")
let summary = try run.run()
print("\(summary.reported) reported, \(summary.unmatched) of them without a match; \(summary.rowsRead) rows read")
for (sample, reason) in summary.failed + summary.deferred { print("\(sample): \(reason)") }
if summary.isLocked { print("another run holds \(options.output)") }

// What did not change is not done again.
let second = try run.run()
print("written again: \(second.written), nothing to do: \(second.isIdle)")
