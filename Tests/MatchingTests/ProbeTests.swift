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
}
