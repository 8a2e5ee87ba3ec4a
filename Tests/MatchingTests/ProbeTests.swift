// SPDX-License-Identifier: Apache-2.0
import Knowledge
import Testing
import TestSupport

@testable import Query

struct ProbeTests {
  @Test func `no label is closed by single patients or cell lines, and second sites close their agents`() {
    let report = TableProbe(table: Clinic.table).run(every: 7)
    #expect(report.failures == [])
    #expect(report.labels > 50)
    #expect(report.sites > 15)
  }

  @Test func `a second site closes its agent, or the probe says why it closes none`() {
    let report = TableProbe(table: Clinic.table).run(every: 11)
    let reasons = report.otherSites.values.reduce(0, +)
    let named = report.namedSites.values.reduce(0) { $0 + $1.count }
    #expect(reasons == named)
    #expect(report.sites > reasons)
    for line in report.lines { #expect(line.split(separator: "\t").count == 2, "\(line)") }
  }
}
