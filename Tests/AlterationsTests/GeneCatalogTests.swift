// SPDX-License-Identifier: Apache-2.0
import Alterations
import Testing

@Suite("Gene catalog")
struct GeneCatalogTests {
  private func name(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func catalog(_ genes: [(symbol: String, aliases: [String])]) -> GeneCatalog {
    var catalog = GeneCatalog(capacity: 2)
    for gene in genes { catalog.addSymbol(name(gene.symbol).span) }
    for gene in genes {
      let id = catalog.addSymbol(name(gene.symbol).span)
      for alias in gene.aliases { catalog.addAlias(name(alias).span, of: id) }
    }
    return catalog
  }

  @Test(
    "the rows of a table make the catalog that adding their names one by one makes",
    arguments: [
      "KIT\tHGNC:1\tCD117;SCFR\nMET\tHGNC:2\t\n",
      "KMT2B\t1\tMLL2\nKMT2D\t2\tMLL2;ALR\n",
      "AAA\t1\tBBB\nBBB\t2\tAAA;ccc\nCcc\t3",
      "A\t\tX;;Y;\n\nB\t9;8\tx\n",
      "",
    ])
  func rows(table: String) {
    let lines = table.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    let genes = lines.map { cells in
      (
        symbol: String(cells[0]),
        aliases: cells.count > 2 ? cells[2].split(separator: ";").map(String.init) : []
      )
    }
    let added = catalog(genes)
    let read = GeneCatalog(rows: name(table).span, capacity: 2)
    #expect(read.count == added.count)
    for written in genes.flatMap({ [$0.symbol] + $0.aliases }) + ["HGNC:1", "9", "8", "1"] {
      #expect(read.resolve(written) == added.resolve(written), "\(written)")
      #expect(read.rivals(for: name(written).span) == added.rivals(for: name(written).span), "\(written)")
    }
    for number in 0..<added.count {
      let gene = GeneID(rawValue: Int32(number))
      #expect(read.symbol(gene) == added.symbol(gene))
    }
  }

  @Test("a symbol is found, letter case aside", arguments: ["KIT", "kit", "Kit"])
  func symbol(written: String) throws {
    let genes = catalog([("KIT", [])])
    let gene = try #require(genes.gene(written))
    #expect(genes.symbol(gene) == "KIT")
  }

  @Test("an alias means its gene")
  func alias() throws {
    let genes = catalog([("ERBB2", ["HER2", "NEU"]), ("KIT", [])])
    let gene = try #require(genes.gene("neu"))
    #expect(genes.symbol(gene) == "ERBB2")
    #expect(genes.resolve("HER2") == .alias(gene))
  }

  @Test("a current symbol wins over an alias")
  func symbolWins() throws {
    let genes = catalog([("AAA", ["MET"]), ("MET", [])])
    let gene = try #require(genes.gene("MET"))
    #expect(genes.symbol(gene) == "MET")
  }

  @Test("a symbol that is added after the alias of the same name wins")
  func laterSymbol() throws {
    var genes = GeneCatalog()
    let first = genes.addSymbol(name("AAA").span)
    genes.addAlias(name("BBB").span, of: first)
    let second = genes.addSymbol(name("BBB").span)
    #expect(genes.resolve("BBB") == .symbol(second))
  }

  @Test("an alias that two genes claim is ambiguous")
  func ambiguous() {
    let genes = catalog([("KMT2B", ["MLL2"]), ("KMT2D", ["MLL2"])])
    #expect(genes.resolve("MLL2") == .ambiguous)
    #expect(genes.gene("MLL2") == nil)
  }

  @Test("an alias that one gene claims twice is not ambiguous")
  func twice() {
    let genes = catalog([("KMT2D", ["MLL2", "mll2"])])
    #expect(genes.gene("MLL2") != nil)
  }

  @Test("a preferred alias settles an ambiguous one")
  func preferred() throws {
    var genes = catalog([("KMT2B", ["MLL2"]), ("KMT2D", ["MLL2"])])
    let gene = try #require(genes.gene("KMT2D"))
    genes.setPreferredAlias("MLL2", of: gene)
    #expect(genes.gene("MLL2") == gene)
  }

  @Test("a preferred alias never takes a current symbol away")
  func preferredSymbol() throws {
    var genes = catalog([("MET", []), ("KIT", [])])
    let kit = try #require(genes.gene("KIT"))
    genes.setPreferredAlias("MET", of: kit)
    #expect(genes.gene("MET").map(genes.symbol) == "MET")
  }

  @Test("unknown and empty names are unknown", arguments: ["", "NOSUCH", "KI", "KITT", " "])
  func unknown(written: String) {
    #expect(catalog([("KIT", [])]).resolve(written) == .unknown)
  }

  @Test("a catalog that grows keeps all its names")
  func growth() {
    var genes = GeneCatalog(capacity: 2)
    let ids = (0..<5000).map { genes.addSymbol(name("GENE\($0)").span) }
    #expect(genes.count == 5000)
    for (number, id) in ids.enumerated() { #expect(genes.gene("gene\(number)") == id) }
  }

  @Test("dates of spreadsheets", arguments: ["1-Mar", "Sep-2", "02-Sep", "Mar-01", "2-Sep-24", "1/Dec", "2024-Sep-02"])
  func date(written: String) {
    #expect(catalog([]).resolve(written) == .dateLike)
  }

  @Test(
    "names that only look like dates",
    arguments: ["MARCH1", "SEPT9", "DEC1", "NKX2-1", "HLA-A", "1-2", "Mar-Sep", "MAR"])
  func noDate(written: String) {
    #expect(catalog([]).resolve(written) == .unknown)
  }

  @Test("a symbol that looks like a date is still the symbol")
  func datedSymbol() {
    let genes = catalog([("DEC-1", [])])
    #expect(genes.gene("dec-1").map(genes.symbol) == "DEC-1")
  }
}
