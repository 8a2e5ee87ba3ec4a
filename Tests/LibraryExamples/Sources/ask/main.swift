import Foundation
import Oncomatch

// One tumor in words.
var question = TumorQuery.Question()
question.tumorType = "gastrointestinal stromal tumor"
question.findings = ["KIT exon 9 insertion", "TP53 p.R175H"]
let answer = TumorQuery(table: .builtIn).answer(question)
for match in answer.report.matches?.therapies ?? [] where match.tier.name == "I-A" {
  print(match.rule.therapy, match.rule.direction, match.verdict, match.rule.level.rawValue)
}

// A lab's file of many samples.
let path = CommandLine.arguments[1]
let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
let content = try AlterationReader(table: .builtIn).read(bytes, name: path)
let matcher = Matcher(table: .builtIn)
for var sample in content.samples {
  sample.profile.tumorTypes = ["LMS"]
  let matches = matcher.match(sample.profile, notEvaluated: sample.notEvaluated)
  let matched = matches.alterations.filter { $0.outcome == .matched }.map { "\($0.gene) \($0.description)" }
  print(sample.profile.sampleID, content.format, matched, matches.therapies.count)
}
