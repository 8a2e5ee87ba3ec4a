// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reports
import TestSupport
import Testing

/// An output that cannot be written ends the run with the path; what earlier runs wrote is intact.
struct OutputFaultTests {
  /// A run's status and what it said, on a command line of the shell with `{}` for the program's call.
  private func run(_ cohort: Cohort, _ line: String, _ more: String...) throws -> Program.Outcome {
    let errors = cohort.root.appending(path: "errors").path
    let call = ([Program.built.path] + cohort.arguments(more)).map { "'\($0)'" }.joined(separator: " ")
    let status = try Shell.run(line.replacing("{}", with: "\(call) 2>'\(errors)'")).status
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    return Program.Outcome(status: status, output: "", errors: said)
  }

  private func expectNothingHalf(_ cohort: Cohort) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: cohort.out.path)
    #expect(names.filter { $0.hasSuffix(".part") } == [])
  }

  @Test("a file size limit, as a quota sets one: 74 with the path, earlier results intact, then the run is finished")
  func sizeLimit() throws {
    let cohort = try Cohort("S1", "S2")
    try cohort.run()
    let before = try cohort.content()
    for number in 0..<20 { try cohort.add("MORE-\(number)") }
    // The unit of ulimit -f is 512 or 1024 bytes; one report fits, the cohort's tables do not.
    let outcome = try run(cohort, "ulimit -f 4; {}", "--no-sample-files")
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("cannot write \(cohort.out.path)/"))
    #expect(try cohort.content() == before)
    try expectNothingHalf(cohort)
    #expect(try cohort.run().status == 0)
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content() == cohort.content(out: fresh))
  }

  @Test("a full disk: 74 with the path, earlier results intact, then the run is finished", .enabled(if: Shell.canMount))
  func fullDisk() throws {
    let cohort = try Cohort("S1", "S2")
    for number in 0..<30 { try cohort.add("MORE-\(number)") }
    let kept = cohort.root.appending(path: "kept").path
    let (out, input) = (cohort.out.path, cohort.input.path)
    let more = cohort.root.appending(path: "more").path
    // The mount is seen by these commands alone and goes with them.
    let script = """
      set -e
      mkdir -p '\(out)' '\(more)' '\(kept)'
      mv '\(input)'/MORE-* '\(more)'
      mount -t tmpfs -o size=\(Self.roomForTwo) tmpfs '\(out)'
      {}
      cp -r '\(out)' '\(kept)/first'
      mv '\(more)'/MORE-* '\(input)'
      status=0
      {} || status=$?
      cp -r '\(out)' '\(kept)/full'
      mount -o remount,size=64m '\(out)'
      {}
      cp -r '\(out)' '\(kept)/last'
      exit $status
      """
    let scriptFile = cohort.root.appending(path: "script")
    let errors = cohort.root.appending(path: "errors").path
    let call = ([Program.built.path] + cohort.arguments()).map { "'\($0)'" }.joined(separator: " ") + " 2>>'\(errors)'"
    try script.replacing("{}", with: call).write(to: scriptFile, atomically: true, encoding: .utf8)
    let status = try Shell.run("unshare -m sh '\(scriptFile.path)'").status
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(status == 74, "\(said)")
    #expect(said.contains("No space left on device") && said.contains(out))
    let first = try cohort.content(out: URL(filePath: kept + "/first"))
    let full = try cohort.content(out: URL(filePath: kept + "/full"))
    #expect(first.count > 10)
    for (path, content) in first { #expect(full[path] == content, "\(path)") }
    #expect(full.keys.filter { $0.hasSuffix(".part") } == [])
    let fresh = cohort.root.appending(path: "fresh")
    try cohort.run(out: fresh)
    #expect(try cohort.content(out: URL(filePath: kept + "/last")) == cohort.content(out: fresh))
  }

  /// Tells in which order the program puts files in their place and asks for all of it to be on the disk.
  private static let witness = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <stdio.h>
    #include <stdlib.h>
    static void tell(const char *what, const char *path) {
      FILE *file = fopen(getenv("WITNESS"), "a");
      if (file) { fprintf(file, "%s %s\\n", what, path); fclose(file); }
    }
    int syncfs(int descriptor) {
      tell("syncfs", "");
      return ((int (*)(int))dlsym(RTLD_NEXT, "syncfs"))(descriptor);
    }
    int rename(const char *from, const char *to) {
      int result = ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
      tell("rename", to);
      return result;
    }
    """

  private static let canCompile =
    ProcessInfo.processInfo.environment["LD_PRELOAD"] == nil && (try? Shell.run("cc --version").status) == 0

  @Test("all files are on the disk before run.json says that the run is done", .enabled(if: canCompile))
  func onDisk() throws {
    let cohort = try Cohort("S1", "S2")
    let (source, library) = (cohort.root.appending(path: "witness.c"), cohort.root.appending(path: "witness.so").path)
    try Self.witness.write(to: source, atomically: true, encoding: .utf8)
    try #require(try Shell.run("cc -shared -fPIC -o '\(library)' '\(source.path)' -ldl").status == 0)
    let log = cohort.root.appending(path: "log").path
    let outcome = try run(cohort, "WITNESS='\(log)' LD_PRELOAD='\(library)' {}")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let events = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: "/").last.map(String.init) ?? ""
    }
    let done = try #require(events.firstIndex(of: "run.json"))
    let tables = try #require(events.lastIndex { $0.hasSuffix(".tsv") || $0.hasSuffix(".html") })
    #expect(tables < done)
    #expect(events[tables..<done].contains("syncfs "), "\(events)")
  }

  /// Bytes that two samples' reports fit into and those of thirty more do not.
  private static let roomForTwo = 700_000

  @Test("an output that is read-only ends with 73 and the path", .enabled(if: Shell.canMount || !Shell.isRoot))
  func readOnly() throws {
    let cohort = try Cohort("S1")
    try cohort.run()
    let before = try cohort.content()
    try cohort.add("S2")
    let out = cohort.out.path
    let outcome: Program.Outcome
    if Shell.isRoot {
      let line = "unshare -m sh -c \"mount --bind '\(out)' '\(out)' && mount -o remount,bind,ro '\(out)' && {}\""
      outcome = try run(cohort, line)
    } else {
      outcome = try run(cohort, "chmod -R a-w '\(out)'; {}")
    }
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("cannot create") && outcome.errors.contains(out))
    #expect(try cohort.content() == before)
  }

  @Test("an output that cannot be made ends with 73 and the path")
  func impossible() throws {
    let cohort = try Cohort("S1")
    try Data().write(to: cohort.root.appending(path: "file"))
    for out in ["/proc/oncomatch", cohort.root.path + "/file", cohort.root.path + "/file/below"] {
      let outcome = try cohort.run(out: URL(filePath: out))
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("cannot create") && outcome.errors.contains(out))
    }
  }
}
