/// A three-valued answer; what is unknown says what would have to be tested.
enum Ternary: Equatable, Sendable {
  case yes
  case no(String)
  case unknown([String])
}
