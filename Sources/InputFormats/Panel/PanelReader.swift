// SPDX-License-Identifier: Apache-2.0
package import DelimitedText

/// Reads which genes an assay covers: a cBioPortal gene panel, a plain list, or a BED with gene names.
package struct PanelReader: Sendable {
  /// The names as written, in file order, each once.
  package let names: [String]
  /// Millions of bases that a BED covers, each once; `nil` where the file is no BED.
  package let megabases: Double?

  /// Reads a panel from its text.
  ///
  /// - Throws: ``InputError`` when no gene name is found.
  package init(_ text: Span<UInt8>, path: String) throws(InputError) {
    var walker = LineWalker(terminator: LineWalker.terminator(of: text))
    var found: [String] = []
    var seen: Set<String> = []
    var regions: [Substring: [Range<Int>]] = [:]
    var isBED = true
    func add(_ name: some StringProtocol) {
      let name = String(name)
      if !name.isEmpty, seen.insert(name).inserted { found.append(name) }
    }
    while let range = walker.next(in: text) {
      let line = ByteText.string(text.extracting(ByteText.trimmed(range, in: text)))
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix("track") || line.hasPrefix("browser") { continue }
      if let list = Self.value(of: "gene_list", in: line) {
        for name in list.split(whereSeparator: { $0 == "\t" || $0 == " " || $0 == "," }) { add(name) }
        continue
      }
      if Self.isPanelKey(line) { continue }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      if cells.count >= 3, Int(cells[1]) != nil, Int(cells[2]) != nil {
        if let start = Int(cells[1]), let end = Int(cells[2]), start >= 0, start < end {
          regions[cells[0], default: []].append(start..<end)
        }
        // BED: the fourth column names the gene, often with the exon behind it.
        if cells.count > 3, let name = cells[3].split(whereSeparator: { "_:;|. ".contains($0) }).first { add(name) }
        continue
      }
      isBED = false
      for word in line.split(whereSeparator: { $0 == "\t" || $0 == "," || $0 == ";" || $0 == " " }) {
        let lowered = word.lowercased()
        if lowered == "gene" || lowered == "hugo_symbol" || lowered == "gene_symbol" || lowered == "symbol" { continue }
        add(word)
      }
    }
    guard !found.isEmpty else {
      throw InputError(
        path: path, problem: "names no gene (a panel is a gene_list, one gene per line, or a BED with names)")
    }
    names = found
    megabases = isBED && !regions.isEmpty ? Double(regions.values.map(Self.covered).reduce(0, +)) / 1e6 : nil
  }

  /// The bases that regions of one chromosome cover, each once.
  private static func covered(_ regions: [Range<Int>]) -> Int {
    var sum = 0
    var end = 0
    for region in regions.sorted(by: { $0.lowerBound < $1.lowerBound }) where region.upperBound > end {
      sum += region.upperBound - max(region.lowerBound, end)
      end = region.upperBound
    }
    return sum
  }

  private static func value(of key: String, in line: String) -> Substring? {
    guard line.hasPrefix(key + ":") else { return nil }
    return line.dropFirst(key.count + 1)
  }

  private static func isPanelKey(_ line: String) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    return ["stable_id", "description", "cancer_study_identifier"].contains(String(line[..<colon]))
  }
}
