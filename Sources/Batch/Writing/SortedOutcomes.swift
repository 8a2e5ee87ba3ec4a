// SPDX-License-Identifier: Apache-2.0
internal import SystemIO

/// What became of the samples of a run, in the order of their identifiers.
struct SortedOutcomes: RandomAccessCollection {
  private let outcomes: [SampleOutcome]
  private let places: [String: Int]

  /// None.
  init() {
    outcomes = []
    places = [:]
  }

  /// Takes the outcomes over and leaves none behind: of a large cohort they are in memory once.
  init(_ unsorted: inout [SampleOutcome]) {
    var outcomes: [SampleOutcome] = []
    swap(&outcomes, &unsorted)
    outcomes.sort { $0.sampleID.isBefore($1.sampleID) }
    self.outcomes = outcomes
    var places = [String: Int](minimumCapacity: outcomes.count)
    for (place, outcome) in outcomes.enumerated() { places[outcome.sampleID] = place }
    self.places = places
  }

  var startIndex: Int { 0 }
  var endIndex: Int { outcomes.count }
  subscript(place: Int) -> SampleOutcome { outcomes[place] }

  /// The outcome of a sample; `nil` when it was not done in this run.
  subscript(id: String) -> SampleOutcome? { places[id].map { outcomes[$0] } }
}
