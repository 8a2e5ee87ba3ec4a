// SPDX-License-Identifier: Apache-2.0
internal import DelimitedText

extension Discovery {
  /// Samples whose folder cannot be read, and those whose files are all still being written.
  var lostSamples: [AssembledSample] {
    var samples: [AssembledSample] = []
    let directories = Set(files.map(\.directory))
    for item in unreadable where item.isSample && !directories.contains(item.directory) {
      var sample = AssembledSample(sampleID: item.sampleDirectory)
      sample.directory = item.directory
      sample.failure = item.error.description
      samples.append(sample)
    }
    var failed = Set(samples.map(\.sampleID))
    let lost = Dictionary(grouping: skipped.filter { $0.isLoss && !$0.directory.isEmpty }, by: \.directory)
    for (directory, items) in lost where !directories.contains(directory) && deferredDirectories[directory] == nil {
      let name = directory.split(separator: "/").last.map { SampleName.printable(String($0)) } ?? directory
      guard waiting.samples[name] == nil, failed.insert(name).inserted else { continue }
      var sample = AssembledSample(sampleID: name)
      sample.directory = directory
      sample.failure = items.map { "\($0.path) \($0.reason)" }.joined(separator: "; ")
      samples.append(sample)
    }
    for (directory, name) in deferredDirectories where !directories.contains(directory) && waiting.samples[name] == nil
    {
      var sample = AssembledSample(sampleID: name)
      sample.directory = directory
      sample.isDeferred = true
      let isUnfinished = unsettled.contains { $0.isUnfinished && $0.file.directory == directory }
      sample.remarks = [
        !deferral.everything.isEmpty
          ? deferral.everything
          : "all files are \(isUnfinished ? "unfinished or " : "")younger than the quiet time (left for the next run)"
      ]
      samples.append(sample)
    }
    let names = Set(samples.map(\.sampleID))
    for id in deferral.rows where !names.contains(id) {
      var sample = AssembledSample(sampleID: id)
      sample.isDeferred = true
      sample.remarks = [deferral.everything.isEmpty ? deferral.files[id] ?? "" : deferral.everything]
      samples.append(sample)
    }
    return samples.sorted { $0.sampleID < $1.sampleID }
  }

  /// Sample folders in which no file lies that could be read, beside folders with files; they have a row that says so,
  /// whatever an earlier run read there.
  var emptySamples: [AssembledSample] {
    // Other parts of the cohort may do all folders that hold files.
    let elsewhere = ofOtherParts.map(Self.parent)
    let names = Set(files.map(\.sampleDirectory)).union(
      elsewhere.map { $0.split(separator: "/").last.map(String.init) ?? $0 })
    let parents = Set(files.filter { !$0.sampleDirectory.isEmpty }.map { Self.parent($0.directory) }).union(
      elsewhere.map(Self.parent))
    let waited = Set(deferredDirectories.keys).union(unsettled.map(\.file.directory))
    return emptyFolders.compactMap { folder in
      let name = SampleName.printable(folder.path.split(separator: "/").last.map(String.init) ?? folder.path)
      guard parents.contains(Self.parent(folder.path)), !names.contains(name), !waited.contains(folder.path),
        waiting.samples[name] == nil
      else { return nil }
      var sample = AssembledSample(sampleID: name)
      sample.directory = folder.path
      sample.remarks = ["its folder holds no file that can be read"]
      return sample
    }
  }
}
