// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// Little of what takes bytes from outside is public: scripts/fuzz builds with `-enable-testing`.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "oncomatch", path: "../..")],
  targets: [
    .executableTarget(name: "fuzz", dependencies: [.product(name: "OncomatchBatch", package: "oncomatch")])
  ],
  swiftLanguageModes: [.v6]
)
