// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@Suite("oncomatch annotate")
struct AnnotateTests {
  private static let maf = """
    Hugo_Symbol\tVariant_Classification\tTumor_Sample_Barcode\tHGVSp_Short
    EGFR\tMissense_Mutation\tL1\tp.L858R
    EGFR\tMissense_Mutation\tL1\tp.T790M
    KRAS\tMissense_Mutation\tL2\tp.G12C
    TTN\tMissense_Mutation\tL2\tp.A100T
    KRAS\tIntron\tL2\t

    """
  private static let cna = "Hugo_Symbol\tL1\tL2\nMET\t2\t0\nCDKN2A\t0\t-2\n"
  private static let fusions =
    "Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\tEvent_Info\nL2\tEML4\tALK\tEML4-ALK fusion\n"
  private static let clinical = "SAMPLE_ID\tONCOTREE_CODE\nL1\tLUAD\nL2\tLUAD\n"

  private func study() throws -> URL {
    let folder = try Program.temporaryFolder()
    for (name, text) in [
      "data_mutations.txt": Self.maf, "data_cna.txt": Self.cna, "data_sv.txt": Self.fusions,
      "data_clinical_sample.txt": Self.clinical,
    ] { try Data(text.utf8).write(to: folder.appending(path: name)) }
    return folder
  }

  private func shell(_ script: String, in folder: URL) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["ONCOMATCH": Program.built.path]) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self), String(decoding: complaints, as: UTF8.self)
    )
  }

  @Test("a script of cut and awk for the annotator's columns makes its table of actionable alterations")
  func script() throws {
    let folder = try study()
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = #"""
      set -e
      "$ONCOMATCH" annotate data_mutations.txt data_cna.txt data_sv.txt --clinical data_clinical_sample.txt \
        --column-names oncokb --matrix long --out annotated
      cd annotated
      column() { head -n 1 "$1" | tr '\t' '\n' | grep -n -x -- "$2" | cut -d : -f 1; }
      # Alterations with a level or held to be oncogenic, as three columns by name.
      for file in data_mutations.txt data_cna.txt data_sv.txt; do
        awk -F '\t' -v file="$file" '
          NR == 1 { for (i = 1; i <= NF; i++) place[toupper($i)] = i; next }
          {
            gene = "HUGO_SYMBOL" in place ? $place["HUGO_SYMBOL"] : $place["SITE1_HUGO_SYMBOL"] "-" $place["SITE2_HUGO_SYMBOL"]
            change = "HGVSP_SHORT" in place ? $place["HGVSP_SHORT"] : "ALTERATION" in place ? $place["ALTERATION"] : "fusion"
            sample = "SAMPLE_ID" in place ? $place["SAMPLE_ID"] : $place["TUMOR_SAMPLE_BARCODE"]
            if ($place["HIGHEST_LEVEL"] != "" || $place["ONCOGENIC"] ~ /Oncogenic$/)
              print sample, gene, change, $place["ONCOGENIC"], $place["HIGHEST_LEVEL"]
          }' OFS='\t' "$file"
      done | sort
      cut -f "$(column data_clinical_sample.txt SAMPLE_ID),$(column data_clinical_sample.txt HIGHEST_SENSITIVE_LEVEL),$(column data_clinical_sample.txt '#ONCOGENIC_MUTATIONS')" data_clinical_sample.txt
      """#
    let outcome = try shell(script, in: folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(
      outcome.output == """
        L1\tEGFR\tp.L858R\tOncogenic\tLEVEL_1
        L1\tEGFR\tp.T790M\tOncogenic\tLEVEL_R1
        L1\tMET\tAmplification\tLikely Oncogenic\tLEVEL_3A
        L2\tCDKN2A\tDeletion\tOncogenic\tLEVEL_3B
        L2\tEML4-ALK\tfusion\tLikely Oncogenic\tLEVEL_1
        L2\tKRAS\tp.G12C\tOncogenic\tLEVEL_1
        SAMPLE_ID\tHIGHEST_SENSITIVE_LEVEL\t#ONCOGENIC_MUTATIONS
        L1\tLEVEL_1\t3
        L2\tLEVEL_1\t3

        """)
  }

  @Test("one file goes to standard output with as many lines as it has, and to a file or a folder")
  func places() throws {
    let folder = try study()
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.path + "/data_mutations.txt"
    let printed = try Program.run(["annotate", input, "--tumor-type", "LUAD"])
    #expect(printed.status == 0 && printed.errors.isEmpty)
    #expect(printed.output.split(separator: "\n").count == 6)
    for place in ["/back.maf", "/new/"] {
      let outcome = try Program.run(["annotate", input, "--tumor-type", "LUAD", "--out", folder.path + place])
      #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
      let file = folder.path + place + (place.hasSuffix("/") ? "data_mutations.txt" : "")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 6)
  }

  private static let endings: [(arguments: [String], status: Int32, said: String)] = [
    ([], 64, "name at least one FILE"),
    (["data_mutations.txt", "data_cna.txt"], 64, "--out"),
    (["data_mutations.txt", "data_mutations.txt", "--out", "x"], 64, "named twice"),
    (["data_mutations.txt", "--out", "data_mutations.txt"], 64, "would be replaced"),
    (["."], 64, "is a folder"),
    (["data_mutations.txt", "--tumor-type", "no such tumor"], 64, "is not an OncoTree code"),
    (["nowhere.maf"], 66, "nowhere.maf"),
    (["data_mutations.txt", "--clinical", "nowhere.txt", "--out", "x"], 66, "nowhere.txt"),
    (["data_mutations.txt", "--clinical", "data_cna.txt", "--out", "x"], 65, "is not a clinical file"),
    (["x.vcf"], 65, "no columns can be added"),
    (["data_mutations.txt", "x.vcf", "--out", "both"], 3, "no columns can be added"),
    (["data_mutations.txt", "--out", "nowhere/x.txt"], 73, "nowhere"),
    (["data_mutations.txt"], 0, "2 samples have no tumor type"),
  ]

  @Test("exit codes and what is said", arguments: endings.indices)
  func ending(_ number: Int) throws {
    let (arguments, status, said) = Self.endings[number]
    let folder = try study()
    defer { try? FileManager.default.removeItem(at: folder) }
    let vcf = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n7\t140453136\t.\tA\tT\t.\tPASS\t.\n"
    try Data(vcf.utf8).write(to: folder.appending(path: "x.vcf"))
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try shell("\"$ONCOMATCH\" annotate \(words)", in: folder)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
    #expect(outcome.errors.contains(said), "\(arguments): \(outcome.errors)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") }
    #expect(left.isEmpty)
  }

  @Test(
    "the public files come back row for row", .enabled(if: SharedData.isPresent, "no shared data beside the project"))
  func sharedFiles() throws {
    let data = try #require(SharedData.folder)
    for name in [
      "oncokb_annotator_example/example_maf.txt", "oncokb_annotator_example/example_cna.txt",
      "oncokb_annotator_example/example_individual_cna.txt", "oncokb_annotator_example/example_sv.txt",
      "oncokb_annotator_example/example_clinical.txt", "cbioportal/study_es_0_inc/data_cna_discrete_long.txt",
      "cbioportal/study_es_0/data_structural_variants.txt",
      "cbioportal/nsclc_pd1_msk_2018.dev/data_clinical_sample.txt",
      "maf/vcf2maf_test.maf",
    ] {
      let file = data.appending(path: name)
      let input = try Data(contentsOf: file).split(separator: 0x0A, omittingEmptySubsequences: false)
      for columns in ["oncomatch", "oncokb"] {
        let outcome = try Program.run(["annotate", file.path, "--column-names", columns, "--tumor-type", "LUAD"])
        #expect(outcome.status == 0, "\(name): \(outcome.errors)")
        let output = Data(outcome.output.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
        #expect(output.count == input.count, "\(name)")
        for (one, other) in zip(input, output) {
          let body = one.last == 0x0D ? one.dropLast() : one
          #expect(other.starts(with: body), "\(name)")
        }
      }
    }
  }
}
