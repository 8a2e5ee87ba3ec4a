internal import Alterations
internal import Knowledge

/// Findings that contradict a leiomyosarcoma diagnosis and ask for a second look.
///
/// Guide: TumorTypes, Findings that contradict the diagnosis.
enum DiagnosisReview {
  static func remarks(_ facts: EvaluationContext, table: KnowledgeBase) -> [String] {
    guard facts.profile.tumorTypes.contains(where: { table.reference.tumorTypes.covers("LMS_GROUP", $0) }) else {
      return []
    }
    var remarks: [String] = []
    for judged in facts.alterations where judged.notEvaluated.isEmpty {
      if let diagnosis = diagnosis(judged) {
        remarks.append(
          "review diagnosis: \(judged.alteration.gene) \(judged.alteration.description) suggests \(diagnosis)")
      }
    }
    return remarks
  }

  private static func diagnosis(_ judged: AnnotatedAlteration) -> String? {
    let alteration = judged.alteration
    switch alteration.event {
    case .fusion(let fusion):
      if fusion.involves("ALK") { return "IMT" }
      if fusion.involves("DDIT3") { return "MRLS" }
      if ["NTRK1", "NTRK2", "NTRK3"].contains(where: fusion.involves) { return "an NTRK-rearranged tumor" }
      return nil
    case .copyNumber(let call):
      if call == .amplification, alteration.gene == "MDM2" || alteration.gene == "DDIT3" {
        return "DDLS"
      }
      if call == .homozygousDeletion, alteration.gene == "TSC1" || alteration.gene == "TSC2" { return "PECOMA" }
      return nil
    case .sequence:
      guard alteration.gene == "TSC1" || alteration.gene == "TSC2", judged.oncogenicity.isOncogenic else { return nil }
      return "PECOMA"
    case .measurement, .wildType, .absent: return nil
    }
  }
}
