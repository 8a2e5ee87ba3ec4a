internal import Matching

extension TherapyOption.Fold {
  /// Why a therapy is folded away, for people.
  var words: String {
    switch self {
    case .developmentStopped(let source): "development stopped (\(source))"
    case .laboratoryOfAnotherTumor: "laboratory work on other tumors"
    }
  }
}
