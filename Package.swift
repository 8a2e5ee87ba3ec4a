// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A target of the house; what it may import of ours, lower rooms only.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, defines: [SwiftSetting] = [],
  plugins: [Target.PluginUsage] = []
) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: settings + defines, plugins: plugins)
}

/// How the build lays the built-in tables out.
///
/// Fuzzing reads them instead: what it is compiled with makes a fuzzer of every program, of the tool as well.
let layingOut: (defines: [SwiftSetting], plugins: [Target.PluginUsage]) =
  Context.environment["ONCOMATCH_NO_LAYOUT"] == nil ? ([.define("LAID_OUT")], ["LayOutTables"]) : ([], [])

/// What is released needs no library of the system it runs on; the same objects are linked for both.
let linking: [LinkerSetting] =
  Context.environment["ONCOMATCH_STATIC"] == nil ? [] : [.unsafeFlags(["-static-executable"])]

let package = Package(
  name: "oncomatch",
  products: [
    .executable(name: "oncomatch", targets: ["oncomatch"]),
    .library(name: "Oncomatch", targets: ["Oncomatch"]),
    .library(name: "OncomatchBatch", targets: ["OncomatchBatch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibdeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .target(name: "CBuiltInTables", exclude: ["tables"]),
    .target(name: "CByteScan"),

    room("SystemIO"),
    room("Gzip", ["SystemIO", "CZlib", "CLibdeflate"]),
    room("DelimitedText", ["SystemIO", "CByteScan"]),
    room("JSONText", ["SystemIO"]),
    room("Alterations"),
    room("Knowledge", ["Alterations", "DelimitedText", "SystemIO", "CBuiltInTables"]),
    room("TableLayout", defines: layingOut.defines, plugins: layingOut.plugins),
    room("TrialFiles", ["Alterations", "DelimitedText", "JSONText", "Knowledge", "SystemIO"]),
    room("InputFormats", ["Alterations", "DelimitedText", "JSONText", "CBuiltInTables"]),
    room("Normalization", ["Alterations", "DelimitedText", "InputFormats", "Knowledge", "SystemIO"]),
    room("Matching", ["Alterations", "Knowledge", "SystemIO"]),
    // The build lays the tables out with this: it reads them once so that the program need not.
    .executableTarget(
      name: "TableLayoutWriter", dependencies: ["Knowledge", "Matching", "SystemIO"], swiftSettings: settings),
    .plugin(
      name: "LayOutTables", capability: .buildTool(), dependencies: ["TableLayoutWriter"], path: "Sources/LayOutTables"),
    room("Reports", ["Alterations", "DelimitedText", "JSONText", "Knowledge", "Matching", "SystemIO"]),
    room(
      "Query", ["Alterations", "DelimitedText", "Knowledge", "Matching", "Normalization", "Reports", "SystemIO"]),
    room(
      "Batch",
      [
        "Alterations", "DelimitedText", "Gzip", "InputFormats", "JSONText", "Knowledge", "Matching", "Normalization",
        "Reports", "SystemIO", "TrialFiles",
      ]),
    room("TableImport", ["Alterations", "DelimitedText", "JSONText", "Knowledge", "Query", "SystemIO"]),

    // What other programs import. In a folder of their own: `Oncomatch` beside `oncomatch` is one name to some disks.
    room(
      "Oncomatch",
      [
        "Alterations", "DelimitedText", "Gzip", "InputFormats", "Knowledge", "Matching", "Normalization", "Query",
        "Reports", "TableLayout",
      ],
      path: "Sources/Libraries/Oncomatch"),
    room("OncomatchBatch", ["Batch", "Oncomatch", "SystemIO"], path: "Sources/Libraries/OncomatchBatch"),

    .executableTarget(
      name: "oncomatch",
      dependencies: [
        "Alterations", "Batch", "DelimitedText", "JSONText", "Knowledge", "Matching", "Query", "Reports",
        "SystemIO", "TableImport", "TableLayout",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings, linkerSettings: linking),

    .target(
      name: "TestSupport",
      dependencies: [
        "Batch", "CZlib", "DelimitedText", "InputFormats", "JSONText", "Knowledge", "Normalization", "Query", "Reports",
        "TableImport", "TableLayout", "TrialFiles",
      ],
      path: "Tests/TestSupport",
      swiftSettings: settings),
  ]
    + [
      "SystemIO", "Gzip", "DelimitedText", "Alterations", "Knowledge", "TrialFiles", "InputFormats", "Normalization",
      "Matching", "Reports", "Batch", "TableImport",
    ].map { name in
      Target.testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"],
        swiftSettings: settings)
    } + [
      .testTarget(name: "HouseTests", swiftSettings: settings),
      .testTarget(
        name: "EndToEndTests",
        dependencies: [
          "oncomatch", "Batch", "Reports", "TestSupport",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], exclude: ["Cases", "Golden"],
        swiftSettings: settings),
    ],
  swiftLanguageModes: [.v6], cLanguageStandard: .c2x
)
