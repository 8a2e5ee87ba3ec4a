// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import DelimitedText
internal import JSONText

extension JSONResultReader {
  /// An item of a list of cBioPortal's API; says of what kind it is.
  func portal(_ item: JSONValue, _ place: Int, _ content: inout ReadRows) -> AssayKind {
    content.rowsRead += 1
    let batch = content.batchNumber(of: item["sampleId"]?.text ?? "")
    if let build = item["ncbiBuild"]?.text { content.builds.note(Array(build.utf8).span, line: place) }
    let gene = item["gene"]?["hugoGeneSymbol"]?.text ?? item["hugoGeneSymbol"]?.text ?? ""
    let identifier =
      item["entrezGeneId"]?.integer.flatMap { Int32(exactly: $0) }.map { GeneIdentifier(.entrez, $0) }
      ?? GeneIdentifier()
    if item["site1HugoSymbol"]?.text != nil || item["site2HugoSymbol"]?.text != nil {
      rearrangement(item, place, batch, &content)
      return .fusions
    }
    if let attribute = item["clinicalAttributeId"]?.text {
      clinical(attribute, item["value"]?.text ?? "", batch, &content)
      return .biomarkers
    }
    if let alteration = item["alteration"]?.integer {
      var copyNumber = RawCopyNumber()
      copyNumber.gene = content.batches[batch].keep(gene)
      copyNumber.geneID = identifier
      copyNumber.amount = content.batches[batch].keep(String(alteration))
      add(.copyNumber(copyNumber), place, batch, &content)
      return .copyNumber
    }
    let status = item["mutationStatus"]?.text ?? ""
    if item["tumorAltCount"]?.integer == 0, (item["tumorRefCount"]?.integer ?? 0) > 0 {
      content.filter(batch, "no read carries the change")
    } else if [status, item["validationStatus"]?.text ?? ""].contains(where: {
      CallWords.noCall.contain(Array($0.utf8).span)
    }) {
      content.filter(batch, "stated as no mutation")
    } else {
      var mutation = Mutation()
      mutation.gene = gene
      mutation.identifier = identifier
      mutation.protein = item["proteinChange"]?.text ?? ""
      mutation.words = item["mutationType"]?.text ?? ""
      mutation.status = status
      mutation.altCount = item["tumorAltCount"]?.integer
      mutation.depth = item["tumorRefCount"]?.integer.map { $0 + (item["tumorAltCount"]?.integer ?? 0) }
      mutation.transcript = item["refseqMrnaId"]?.text ?? ""
      mutation.chromosome = item["chr"]?.text ?? ""
      mutation.position = item["startPosition"]?.integer.map { String($0) } ?? ""
      mutation.reference = item["referenceAllele"]?.text ?? ""
      mutation.alternate = item["variantAllele"]?.text ?? ""
      mutation.build = item["ncbiBuild"]?.text.flatMap { GenomeBuild($0) }
      mutation.stated = item["driverFilter"]?.text ?? ""
      add(mutation, place, batch, &content)
    }
    return .mutations
  }

  private func rearrangement(_ item: JSONValue, _ place: Int, _ batch: Int, _ content: inout ReadRows) {
    if let status = item["svStatus"]?.text, CallWords.noCall.contain(Array(status.utf8).span) {
      return content.filter(batch, "stated as no mutation")
    }
    var fusion = RawFusion()
    func text(_ key: String) -> String { item[key]?.text ?? "" }
    let one = text("site1HugoSymbol")
    fusion.first = content.batches[batch].keep(one.isEmpty ? text("site2HugoSymbol") : one)
    fusion.second = content.batches[batch].keep(one.isEmpty ? "" : text("site2HugoSymbol"))
    fusion.isOrdered = text("connectionType").lowercased() == "5to3" && one != text("site2HugoSymbol")
    fusion.name = content.batches[batch].keep(text("eventInfo"))
    fusion.frame = content.batches[batch].keep(text("site2EffectOnFrame"))
    fusion.status = content.batches[batch].keep(text("svStatus").lowercased())
    let details = ["variantClass", "annotation", "comments"].map(text).filter { !$0.isEmpty }
    fusion.details = content.batches[batch].keep(details.joined(separator: "\n"))
    add(.fusion(fusion), place, batch, &content)
  }

  /// What the API says of a sample: its scores are read.
  private func clinical(_ attribute: String, _ value: String, _ batch: Int, _ content: inout ReadRows) {
    content.rowsRead -= 1
    switch attribute.uppercased() {
    case "TMB_NONSYNONYMOUS", "TMB_SCORE": biomarker("TMB", value, "mut/Mb", batch, &content)
    case "MSI_TYPE", "MSI_STATUS": biomarker("MSI", value, "", batch, &content)
    case "MSI_SCORE": biomarker("MSI score", value, "", method: "MSIsensor", batch, &content)
    default:
      content.rowsRead += 1
      content.filter(batch, "clinical attribute without rules")
    }
  }
}
