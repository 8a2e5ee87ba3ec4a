// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "oncomatch", path: "../..")],
  targets: [
    .executableTarget(name: "fuzz", dependencies: [.product(name: "OncomatchCore", package: "oncomatch")])
  ],
  swiftLanguageModes: [.v6]
)
