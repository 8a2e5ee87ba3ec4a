// SPDX-License-Identifier: Apache-2.0
// One import line for a program that runs batches.
@_exported public import Batch
@_exported public import Oncomatch
@_exported public import SystemIO
