// SPDX-License-Identifier: Apache-2.0
/// A three-valued answer; what is unknown says what would have to be found out.
enum Ternary: Equatable, Sendable {
  case yes
  case no(MissReason)
  case unknown([OpenQuestion])
}
