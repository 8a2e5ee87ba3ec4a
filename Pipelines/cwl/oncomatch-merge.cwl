cwlVersion: v1.2
class: CommandLineTool
label: Put the shards of a cohort together
baseCommand: [oncomatch, merge]
inputs:
  shards:
    type: Directory[]
    inputBinding: {position: 1}
  out:
    type: string
    default: report
    inputBinding: {position: 2, prefix: --out}
outputs:
  report:
    type: Directory
    outputBinding: {glob: $(inputs.out)}
successCodes: [0, 3]
temporaryFailCodes: [75]
