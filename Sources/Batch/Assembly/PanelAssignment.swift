// SPDX-License-Identifier: Apache-2.0
internal import Alterations
internal import InputFormats

/// Which genes were assayed in which sample, as panel files and the sample sheet say.
struct PanelAssignment: Sendable {
  private let symbols: @Sendable ([String]) -> Set<String>
  /// Current symbols of each panel, by its name.
  private var panels: [String: Set<String>] = [:]
  private var panelsBySample: [String: Set<String>] = [:]
  private var testsBySample: [String: Set<AssayKind>] = [:]

  /// - Parameter symbols: Current symbols of gene names.
  init(symbols: @escaping @Sendable ([String]) -> Set<String>) { self.symbols = symbols }

  /// Takes up what a file says of panels.
  mutating func take(_ content: InputContent) {
    switch content {
    case .genePanel(let panel): panels[panel.name] = symbols(panel.genes)
    case .samplePanels(let samples):
      panelsBySample.merge(samples.panels) { $0.union($1) }
      testsBySample.merge(samples.tests) { $0.union($1) }
    case .alterations, .sampleSheet, .refused, .unknown, .failed: break
    }
  }

  /// Adds to a sample the genes covered and the kinds of alteration looked for.
  func complete(_ sample: inout AssembledSample) {
    sample.panel = genes(of: sample.sampleID, sample.entry)
    for name in names(of: sample.sampleID, sample.entry).sorted() where panels[name] == nil {
      let remark = "panel '\(name)' is not known, so nothing counts as looked for by it (give its genes with --panel)"
      if !sample.remarks.contains(remark) { sample.remarks.append(remark) }
    }
    guard !sample.parts.isEmpty else { return }
    let tests = testsBySample[sample.sampleID] ?? []
    sample.assays += AssayKind.allCases.filter { tests.contains($0) && !sample.assays.contains($0) }
  }

  /// The genes that a sample's panels cover; `nil` when no panel is known.
  private func genes(of id: String, _ entry: SampleSheet.Entry?) -> Set<String>? {
    let known = names(of: id, entry).compactMap { panels[$0] }
    guard let first = known.first else { return nil }
    return known.dropFirst().reduce(first) { $0.union($1) }
  }

  /// What a sample's panels are called.
  private func names(of id: String, _ entry: SampleSheet.Entry?) -> Set<String> {
    var names = panelsBySample[id] ?? []
    if let stated = entry?.values["panel"] { names.insert(stated) }
    return names
  }
}
