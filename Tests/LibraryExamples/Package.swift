// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// The programs of the guide's page Library; scripts/check-docs builds them, runs them and compares them with the page.
let package = Package(
  name: "LibraryExamples",
  dependencies: [.package(name: "oncomatch", path: "../..")],
  targets: [
    .executableTarget(name: "ask", dependencies: [.product(name: "Oncomatch", package: "oncomatch")]),
    .executableTarget(name: "batch", dependencies: [.product(name: "OncomatchBatch", package: "oncomatch")]),
  ],
  swiftLanguageModes: [.v6]
)
