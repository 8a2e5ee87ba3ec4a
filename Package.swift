// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "oncomatch",
  products: [
    .executable(name: "oncomatch", targets: ["oncomatch"]),
    .library(name: "OncomatchCore", targets: ["BatchPipeline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .target(name: "CBuiltInTables", exclude: ["tables"]),
    .target(name: "Guarding", swiftSettings: settings),
    .target(name: "CByteScan"),
    .target(name: "DelimitedText", dependencies: ["CByteScan", "CZlib", "CLibdeflate"], swiftSettings: settings),
    .target(name: "Alterations", swiftSettings: settings),
    .target(name: "AlterationFormats", dependencies: ["Alterations", "DelimitedText"], swiftSettings: settings),
    .target(name: "Normalization", dependencies: ["Alterations"], swiftSettings: settings),
    .target(
      name: "TargetTable", dependencies: ["Alterations", "DelimitedText", "Guarding", "CBuiltInTables"],
      swiftSettings: settings),
    .target(name: "Matching", dependencies: ["Alterations", "Guarding", "TargetTable"], swiftSettings: settings),
    .target(
      name: "Reports", dependencies: ["Alterations", "DelimitedText", "Guarding", "Matching", "TargetTable"],
      swiftSettings: settings),
    .target(
      name: "BatchPipeline",
      dependencies: [
        "Alterations", "AlterationFormats", "DelimitedText", "Guarding", "Matching", "Normalization", "Reports",
        "TargetTable",
      ], swiftSettings: settings),
    .target(
      name: "TableImport", dependencies: ["Alterations", "BatchPipeline", "DelimitedText", "TargetTable"],
      swiftSettings: settings),
    .executableTarget(
      name: "oncomatch",
      dependencies: [
        "BatchPipeline", "DelimitedText", "Guarding", "Reports", "TableImport", "TargetTable",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(
      name: "TestSupport",
      dependencies: [
        "AlterationFormats", "BatchPipeline", "CZlib", "DelimitedText", "Reports", "TableImport", "TargetTable",
      ],
      path: "Tests/TestSupport",
      swiftSettings: settings),
  ]
    + [
      "Alterations", "AlterationFormats", "DelimitedText", "Normalization", "TargetTable", "Matching", "Reports",
      "BatchPipeline", "TableImport",
    ].map { name in
      Target.testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"],
        swiftSettings: settings)
    } + [
      .testTarget(
        name: "EndToEndTests", dependencies: ["oncomatch", "Reports", "TestSupport"], exclude: ["Cases"],
        swiftSettings: settings)
    ],
  swiftLanguageModes: [.v6], cLanguageStandard: .c2x
)
