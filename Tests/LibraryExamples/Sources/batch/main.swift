import OncomatchBatch

var options = RunOptions()
options.inputs = ["SampleData"]
options.output = "reports"
options.jobs = 2
options.formats = ReportFormat.standard.filter { $0.rawValue != "html" }
let run = BatchRun(options: options, table: .builtIn, programVersion: "nightly 1.0")
switch try run.run() {
case .finished(let summary):
  print("\(summary.reported) reported, \(summary.unmatched) of them without a match; \(summary.rowsRead) rows read")
  for (sample, reason) in summary.failed + summary.deferred { print("\(sample): \(reason)") }
case .idle: print("nothing is new")
case .locked: print("another run holds \(options.output)")
case .missingInputs(let faults), .refused(_, let faults): for fault in faults { print(fault) }
case .planned, .interrupted: break
}

// What did not change is not done again.
if case .idle(let summary) = try run.run() { print("nothing is new: \(summary.reported) reported before") }
