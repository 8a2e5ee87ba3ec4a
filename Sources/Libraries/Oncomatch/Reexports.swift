// SPDX-License-Identifier: Apache-2.0
// One import line for a program that asks about tumors or reads the files of a lab.
@_exported public import Alterations
@_exported public import DelimitedText
@_exported public import Knowledge
@_exported public import Matching
@_exported public import Query
@_exported public import Reports
// Linked, so that the tables need not be read at start.
internal import TableLayout
