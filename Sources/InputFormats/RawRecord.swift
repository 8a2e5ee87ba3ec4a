// SPDX-License-Identifier: Apache-2.0
package import Alterations

/// What one row of an input states, before it is understood: cells as written, no `String` made.
package struct RawRecord: Sendable {
  /// What is stated, by kind.
  package enum Statement: Sendable {
    case mutation(RawMutation)
    case copyNumber(RawCopyNumber)
    case fusion(RawFusion)
    case biomarker(RawBiomarker)
    /// Copies of a stretch of a chromosome; it becomes copies of genes where the build of the genome is known.
    case segment(RawSegment)
  }

  /// The line in the file, counted from 1.
  package var line: Int32
  /// What it states.
  package var statement: Statement
  /// The number of the column that says there is no mutation, counted from 1, until it is known whether that column was
  /// filled; 0 for none.
  var doubt: UInt8 = 0
  /// Whether its caller or the lab refused it: it is counted as filtered, and kept so that a known driver is told of.
  package internal(set) var isRefused = false

  /// A row at a line, counted from 1.
  package init(line: Int, _ statement: Statement) {
    self.line = Int32(truncatingIfNeeded: line)
    self.statement = statement
  }

  /// Calls the body with each text of the row, in a fixed order.
  package func forEachText(_ body: (TextSlice) -> Void) {
    var copy = self
    copy.changeTexts { body($0) }
  }

  /// Lets the body change each text of the row, in a fixed order.
  mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    switch statement {
    case .mutation(var mutation):
      mutation.changeTexts(body)
      statement = .mutation(mutation)
    case .copyNumber(var copyNumber):
      copyNumber.changeTexts(body)
      statement = .copyNumber(copyNumber)
    case .fusion(var fusion):
      fusion.changeTexts(body)
      statement = .fusion(fusion)
    case .biomarker(var biomarker):
      biomarker.changeTexts(body)
      statement = .biomarker(biomarker)
    case .segment(var segment):
      segment.changeTexts(body)
      statement = .segment(segment)
    }
  }
}

/// A change of a gene's sequence as a row states it.
package struct RawMutation: Sendable {
  /// The gene as written.
  package var gene = TextSlice()
  /// The protein change as written.
  package var proteinChange = TextSlice()
  /// The change of the coding sequence as written.
  package var codingChange = TextSlice()
  /// What its class says, as the vocabulary has it.
  package var consequence = Consequence.notStated
  /// The class as the file words it: `Missense_Mutation`, `stop_gained`.
  package var words = TextSlice()
  /// What the file says of germline or somatic.
  package var status = TextSlice()
  /// Reads with the change; -1 when not given.
  package var altCount: Int32 = -1
  /// Reads in all; -1 when not given.
  package var depth: Int32 = -1
  /// Variant allele fraction 0...1 where the file states it; -1 when not given.
  package var alleleFraction: Float = -1
  /// Fraction of tumor cells that carry the change 0...1 where the file states it; -1 when not given.
  package var cellFraction: Float = -1
  /// Frequency in the population 0...1; -1 when not given.
  package var populationFrequency: Float = -1
  /// The position on the chromosome, counted from 1; 0 when not given.
  package var position: Int32 = 0
  /// Where the change lies and what other transcripts make of it, for ``RecordBatch/place(of:)``.
  package var place = TextSlice()
  /// The gene's number in another catalog, where the row gives one.
  package var geneID = GeneIdentifier()
  /// What curators say of the change, as the row tells it.
  package var statements = StatedPathogenicity()

  /// A change with nothing known.
  package init() {}

  fileprivate mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    body(&gene)
    body(&proteinChange)
    body(&codingChange)
    body(&words)
    body(&status)
    body(&place)
  }
}

/// Copies of a gene, or a call of them, as a row states it.
package struct RawCopyNumber: Sendable {
  /// The gene as written.
  package var gene = TextSlice()
  /// The gene's number in another catalog, where the row gives one.
  package var geneID = GeneIdentifier()
  /// The call or the number of copies as written.
  package var amount = TextSlice()
  /// Whether ``amount`` is a number of copies, not a call.
  package var isCopies = false
  /// Whether the column's words are those of OncoKB and cBioPortal, where `Deletion` is of both alleles and `Loss` of one.
  package var deletionIsDeep = false
  /// Whether ``amount`` is a log2 ratio, which purity and ploidy make copies.
  package var isRatio = false
  /// The chromosome of a ratio as written.
  package var chromosome = TextSlice()
  /// Beside a number of copies, what the tool calls it; empty where it says nothing more.
  package var call = TextSlice()

  /// Copies with nothing known.
  package init() {}

  fileprivate mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    body(&gene)
    body(&amount)
    body(&call)
    body(&chromosome)
  }
}

/// Copies of a stretch of a chromosome as a row states them.
package struct RawSegment: Sendable {
  /// The chromosome as written.
  package var chromosome = TextSlice()
  /// First and last base, counted from 1.
  package var start: Int32 = 0, end: Int32 = 0
  /// The number of copies as written; empty where only a call is given.
  package var copies = TextSlice()
  /// Whether ``copies`` is a log2 ratio, which purity and ploidy make copies.
  package var isRatio = false
  /// What the tool calls it; empty where it says nothing more.
  package var call = TextSlice()
  /// What the row says of the build of the genome.
  package var build = TextSlice()

  /// A stretch with nothing known.
  package init() {}

  fileprivate mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    body(&chromosome)
    body(&copies)
    body(&call)
    body(&build)
  }
}

/// A rearrangement as a row states it.
package struct RawFusion: Sendable {
  /// The first partner as written; the 5-prime one where the order is stated.
  package var first = TextSlice()
  /// The second partner as written.
  package var second = TextSlice()
  /// Whether the partners are in order, 5-prime first.
  package var isOrdered = false
  /// The name of the fusion, or what the row says of it in words.
  package var name = TextSlice()
  /// What the row says of the frame.
  package var frame = TextSlice()
  /// What other cells of the row say of it in words, a line for each.
  package var details = TextSlice()
  /// The last exon of the first part and the first exon of the second part; 0 when not given.
  package var firstExon: Int16 = 0, secondExon: Int16 = 0
  /// Where the chromosomes are broken, as written: `chr2:42522694:+`.
  package var firstBreakpoint = TextSlice(), secondBreakpoint = TextSlice()
  /// What the row says of the build of the genome.
  package var build = TextSlice()
  /// What the file says of germline or somatic.
  package var status = TextSlice()
  /// Which sides of the breaks are joined, the first of them that of the first partner where partners are named.
  package var joined = JoinedSides.notStated

  /// A rearrangement with nothing known.
  package init() {}

  /// A rearrangement that a table of mutations holds: one gene, and the name in the cell of the protein change.
  package init(_ row: RawMutation) {
    first = row.gene
    name = row.proteinChange
    frame = row.words
    status = row.status
  }

  /// The same where the gene's cell names both partners: `EML4-ALK` with `Fusion`.
  package init(_ row: RawMutation, namedBy cell: TextSlice) {
    self.init(row)
    (first, name) = (TextSlice(), cell)
  }

  fileprivate mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    body(&first)
    body(&second)
    body(&name)
    body(&frame)
    body(&details)
    body(&firstBreakpoint)
    body(&secondBreakpoint)
    body(&build)
    body(&status)
  }
}

/// A measurement as a row states it.
package struct RawBiomarker: Sendable {
  /// Its name as written.
  package var name = TextSlice()
  /// Its value as written.
  package var value = TextSlice()
  /// The scale or unit of the value.
  package var scale = TextSlice()
  /// How it was measured.
  package var method = TextSlice()
  /// Whether it is of a protein of mismatch repair beside results of others, as stains of them are given.
  package var isOfRepairPanel = false
  /// Whether all proteins of mismatch repair are there, each in a row of its own.
  package var isOfIntactRepair = false

  /// A measurement with nothing known.
  package init() {}

  fileprivate mutating func changeTexts(_ body: (inout TextSlice) -> Void) {
    body(&name)
    body(&value)
    body(&scale)
    body(&method)
  }
}
