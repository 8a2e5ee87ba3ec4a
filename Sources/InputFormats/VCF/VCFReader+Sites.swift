// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

extension VCFReader {
  /// What is said of a file without annotation.
  static let withoutAnnotation =
    "is not annotated: only known positions were looked at, those in the exons of genes that the tables know "
    + "(annotate with VEP or SnpEff to have all genes read)"

  /// Says how far such a file was read, and what of its own annotation was not.
  func noteWithoutAnnotation(_ state: inout State) {
    // Most records of Ion Reporter name their genes.
    if header.namesFunctions { return }
    if header.isOfBreaks {
      if header.build == nil { state.content.batches[state.batch].facts.lacksBuild = true }
      if !state.content.remarks.contains(Self.breaksAlone) { state.content.remarks.append(Self.breaksAlone) }
      return
    }
    state.content.batches[state.batch].facts.isNotAnnotated = true
    if header.build == nil { state.content.batches[state.batch].facts.lacksBuild = true }
    state.content.batches[state.batch].facts.unreadAnnotation = header.unreadAnnotation
    let remark =
      header.unreadAnnotation.isEmpty
      ? Self.withoutAnnotation : header.unreadAnnotation + "; only known positions were looked at"
    if !state.content.remarks.contains(remark) { state.content.remarks.append(remark) }
  }

  /// Keeps an allele by its position where the tables know an exon there.
  func readSite(
    _ allele: VCFAnnotation.Allele, _ support: VCFSupport, _ info: VCFRecordInfo, _ row: Row, _ text: Span<UInt8>,
    _ state: inout State
  ) {
    guard ByteText.isBases(text.extracting(allele.bases)) else {
      if !readJunction(allele, info, row, text, &state) { state.filter("not annotated") }
      return
    }
    if readFunctions(allele, support, info, row, text, &state) { return }
    let chromosome = text.extracting(row.chromosome)
    guard KnownRegions.builtIn.contains(row.position, length: row.reference.count, on: chromosome) else {
      return state.filter("not annotated, outside of the exons that are known")
    }
    var mutation = Self.mutation(support, info, row)
    var place = PlaceText(
      transcript: text.extracting(0..<0), chromosome: chromosome, position: text.extracting(row.place),
      reference: text.extracting(row.reference), alternate: text.extracting(allele.bases),
      notation: text.extracting(0..<0), build: header.build)
    if DoseGenes.mayLie(at: row.position) { identify(&place, row, text) }
    mutation.place = state.keep(place)
    mutation.status = keepStatus(allele, info, row, text, &state)
    if allele.count == 1 { mutation.statements = info.statements }
    state.add(.mutation(mutation), line: row.line)
  }

  /// Adds the numbers of a record in dbSNP and its genotype, that of the normal sample where there is one.
  func identify(_ place: inout PlaceText, _ row: Row, _ text: Span<UInt8>) {
    let numbers = text.extracting(row.id)
    let column = row.normal.isEmpty ? row.tumor : row.normal
    var genotype = text.extracting(column.lowerBound..<column.lowerBound)
    let format = text.extracting(row.format)
    if format.count >= 2, format[0] == UInt8(ascii: "G"), format[1] == UInt8(ascii: "T"),
      format.count == 2 || format[2] == UInt8(ascii: ":")
    {
      let end = column.first { text[$0] == UInt8(ascii: ":") } ?? column.upperBound
      genotype = text.extracting(column.lowerBound..<end)
    }
    place.identify(numbers: ByteText.isMissing(numbers) ? text.extracting(0..<0) : numbers, genotype: genotype)
  }
}
