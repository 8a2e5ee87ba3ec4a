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
    for (directory, name) in deferredDirectories where !directories.contains(directory) {
      var sample = AssembledSample(sampleID: name)
      sample.directory = directory
      sample.isDeferred = true
      sample.remarks = ["all files are younger than the quiet time (left for the next run)"]
      samples.append(sample)
    }
    return samples.sorted { $0.sampleID < $1.sampleID }
  }
}
