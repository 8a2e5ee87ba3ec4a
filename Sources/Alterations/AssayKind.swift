// SPDX-License-Identifier: Apache-2.0
/// What an assay looks for; the raw values are those of the columns `assays_seen` and `assays_missing`.
///
/// The order of the cases is that of printing.
package enum AssayKind: String, Sendable, CaseIterable {
  case mutations
  case copyNumber = "copy_number"
  case fusions
  case biomarkers
}
