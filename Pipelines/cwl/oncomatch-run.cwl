cwlVersion: v1.2
class: CommandLineTool
label: Match tumor alterations to therapies
doc: One run of oncomatch over a cohort or a shard of it. The program is expected on PATH.
baseCommand: [oncomatch, run]
requirements:
  # The tables name files as the program saw them; under this name they are the same wherever the job runs.
  InitialWorkDirRequirement:
    listing:
      - entry: $(inputs.cohort)
        entryname: cohort
hints:
  ResourceRequirement:
    coresMin: 1
    ramMin: 500
arguments:
  - position: 1
    valueFrom: cohort
inputs:
  cohort:
    type: Directory
    doc: A directory of sample directories, or of cohort files.
  shard:
    type: string?
    doc: The part to do, such as 2/7.
    inputBinding: {position: 2, prefix: --shard}
  settings:
    type: File?
    doc: A settings file; paths in it are not followed, give those files as inputs of their own.
    inputBinding: {position: 2, prefix: --settings}
  samples:
    type: File?
    doc: The sample sheet, where it does not lie in the cohort.
    inputBinding: {position: 2, prefix: --samples}
  tumor_type:
    type: string?
    doc: Type of samples whose type nothing else gives.
    inputBinding: {position: 2, prefix: --tumor-type}
  jobs:
    type: int
    default: 1
    inputBinding: {position: 2, prefix: --jobs}
  out:
    type: string
    default: report
    inputBinding: {position: 2, prefix: --out}
outputs:
  report:
    type: Directory
    outputBinding: {glob: $(inputs.out)}
# 3: some samples failed and are named, the others are complete.
successCodes: [0, 3]
temporaryFailCodes: [75]
