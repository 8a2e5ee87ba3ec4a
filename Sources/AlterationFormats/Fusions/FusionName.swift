/// The partners in the name of a fusion that stands beside one of its genes.
enum FusionName {
  /// `EML4--ALK`, `EML4::ALK`, `EML4-ALK fusion` beside ALK; the second is empty where only one gene is named.
  static func partners(_ name: String, of gene: String) -> (first: String, second: String) {
    var body = name[...]
    for word in [" fusion", " Fusion", " rearrangement"] where body.hasSuffix(word) { body = body.dropLast(word.count) }
    for separator in ["::", "--"] {
      let parts = body.split(separator: separator)
      if parts.count == 2 { return (String(parts[0]), String(parts[1])) }
    }
    if body.hasSuffix("-" + gene), body.count > gene.count + 1 { return (String(body.dropLast(gene.count + 1)), gene) }
    if body.hasPrefix(gene + "-"), body.count > gene.count + 1 { return (gene, String(body.dropFirst(gene.count + 1))) }
    return (gene, "")
  }
}
