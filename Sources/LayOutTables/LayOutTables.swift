// SPDX-License-Identifier: Apache-2.0
import PackagePlugin

/// Lets the build lay the built-in tables out.
///
/// The tables are compiled into the tool, so that it runs again whenever one of them changes.
@main
struct LayOutTables: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let file = context.pluginWorkDirectoryURL.appending(path: "Layout.swift")
    return [
      .buildCommand(
        displayName: "Laying out the built-in tables", executable: try context.tool(named: "TableLayoutWriter").url,
        arguments: [file.path], inputFiles: [], outputFiles: [file])
    ]
  }
}
