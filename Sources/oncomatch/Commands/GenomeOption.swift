// SPDX-License-Identifier: Apache-2.0
public import Alterations
public import ArgumentParser

extension GenomeBuild: ExpressibleByArgument {
  /// Reads what is typed: `GRCh38`, `hg38`, `38`.
  public init?(argument: String) {
    self.init(argument)
  }
}
