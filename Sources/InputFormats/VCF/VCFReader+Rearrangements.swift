// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText

extension VCFReader {
  /// `G]17:198982]` and its kin.
  static func isBreakend(_ allele: Span<UInt8>) -> Bool {
    for index in allele.indices where allele[index] == UInt8(ascii: "[") || allele[index] == UInt8(ascii: "]") {
      return true
    }
    return false
  }

  func readRearrangement(
    _ best: VCFAnnotation, _ allele: VCFAnnotation.Allele, _ info: VCFRecordInfo, _ row: Row,
    _ layout: AnnotationLayout, _ text: Span<UInt8>, _ state: inout State
  ) {
    var fusion = RawFusion()
    fusion.status = keepStatus(allele, info, row, text, &state)
    let ends = joinedEnds(allele, row, text)
    var isTwoWays = false
    var pairs: [[[UInt8]]] = []
    var genes: [[UInt8]] = []
    VCFAnnotation.forEach(info.annotation, for: allele, layout: layout, text) { block in
      let name = block.gene.map { text[$0] }
      if block.reading.consequence.use == .fusion {
        let pair = name.split(separator: UInt8(ascii: "&")).map { Array($0) }
        if pair.count == 2, !pairs.contains(pair) { pairs.append(pair) }
        if Self.isTwoWays(text.extracting(block.cell)) { isTwoWays = true }
        // A gene within another one at the same end is no partner: `NRG1-IT1` in NRG1.
      } else if block.isInsideTranscript, !block.isOfOtherRNA, !name.isEmpty, !genes.contains(name) {
        genes.append(name)
      }
    }
    // VEP names the genes at both ends one by one.
    if pairs.isEmpty, layout.tool != .snpEff, genes.count == 2 { pairs = [genes] }
    if !pairs.isEmpty {
      if best.shiftsFrame(text), !info.isImprecise {
        fusion.frame = state.keep(Array("frameshift".utf8))
      }
      if let ends { state.content.batches[state.batch].keep(ends, of: &fusion) }
      // Where the allele tells the sides, they say it of the genes themselves.
      if ends == nil, isTwoWays { fusion.details = state.keep(Array("antisense".utf8)) }
      for pair in pairs {
        fusion.first = state.keep(pair[0])
        fusion.second = state.keep(pair[1])
        state.add(.fusion(fusion), line: row.line)
      }
      return
    }
    let gene = best.isInsideTranscript && !best.gene.isEmpty ? best.gene.map { text[$0] } : []
    let status = Array(state.content.batches[state.batch].bytes(fusion.status))
    state.content.openEnds.append(
      OpenEnd(
        gene: gene, id: ByteText.string(text.extracting(row.id)), mate: ByteText.string(text.extracting(info.mate)),
        status: status, ends: ends, line: row.line))
  }

  /// SnpEff's term for two genes whose directions differ at the junction, of which nothing is read across.
  private static func isTwoWays(_ terms: Span<UInt8>) -> Bool {
    ByteText.string(terms).split(separator: "&").contains("bidirectional_gene_fusion")
  }

  /// All ends are known now: two genes are a fusion, one gene is a break in it.
  func finish(_ content: inout ReadRows) {
    guard !content.openEnds.isEmpty else { return }
    let ends = content.openEnds
    content.openEnds = []
    var others = [[UInt8]](repeating: [], count: ends.count)
    var places: [String: Int] = [:]
    for (place, end) in ends.enumerated() {
      if !end.mate.isEmpty, let other = places[end.mate] {
        others[place] = ends[other].gene
        others[other] = end.gene
      }
      if !end.id.isEmpty, end.id != "." { places[end.id] = place }
    }
    let batch = content.batchNumber(of: header.sampleID)
    for (end, other) in zip(ends, others) {
      if end.gene.isEmpty, other.isEmpty || other == end.gene {
        content.filter(batch, "non-coding class")
        continue
      }
      var fusion = RawFusion()
      fusion.status = content.batches[batch].keep(end.status.span)
      fusion.first = content.batches[batch].keep((end.gene.isEmpty ? other : end.gene).span)
      if !end.gene.isEmpty {
        fusion.second = content.batches[batch].keep((other.isEmpty ? end.gene : other).span)
      }
      if let ends = end.ends, !end.gene.isEmpty, !other.isEmpty { content.batches[batch].keep(ends, of: &fusion) }
      content.batches[batch].counts.read += 1
      content.batches[batch].add(.fusion(fusion), line: end.line)
    }
  }
}
