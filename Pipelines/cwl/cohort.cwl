cwlVersion: v1.2
class: Workflow
label: Therapy reports for a cohort, a job for each shard
doc: |
  cwltool --parallel --preserve-environment PATH cohort.cwl cohort.yaml
  toil-cwl-runner --batchSystem slurm --no-container --jobStore SHARED/store --workDir SHARED/work cohort.cwl cohort.yaml
requirements:
  ScatterFeatureRequirement: {}
inputs:
  cohort: Directory
  shards:
    type: string[]
    doc: All shards, such as [1/2, 2/2].
  settings: File?
  samples: File?
  tumor_type: string?
steps:
  run:
    run: oncomatch-run.cwl
    scatter: shard
    in:
      cohort: cohort
      shard: shards
      settings: settings
      samples: samples
      tumor_type: tumor_type
    out: [report]
  merge:
    run: oncomatch-merge.cwl
    in:
      shards: run/report
    out: [report]
outputs:
  report:
    type: Directory
    outputSource: merge/report
