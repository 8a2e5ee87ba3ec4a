version 1.0

# Therapy reports for a cohort, as one task:
#
#   miniwdl run oncomatch.wdl files=a.maf.gz files=b.seg sheet=clinical.tsv
#
# Files of one folder would lose it in a task; a sheet or identifiers in the files say whose they are.
workflow oncomatch {
  input {
    Array[File]+ files
    File? sheet
    String? tumor_type
    File? panel
    Array[File] tables = []
    String docker = "oncomatch:0.1.0"
  }

  call run {
    input:
      files = files,
      sheet = sheet,
      tumor_type = tumor_type,
      panel = panel,
      tables = tables,
      docker = docker
  }

  output {
    File options = run.options
    File therapies = run.therapies
    File alterations = run.alterations
    File samples = run.samples
    File rejected = run.rejected
    File record = run.record
    File reports = run.reports
  }

  parameter_meta {
    files: "Mutation, copy-number, fusion and biomarker files, plain or gzipped; known by their content"
    sheet: "Sample sheet: a table with a column sample_id and any of tumor_type, purity, panel, ..."
    tumor_type: "OncoTree code, name or alias, for samples whose type nothing else gives"
    panel: "Genes assayed: list, BED or cBioPortal panel file"
    tables: "Rule tables beside the built-in one"
    docker: "The image that scripts/release makes"
  }

  meta {
    description: "Match tumor alterations to therapies, offline. For research use."
  }
}

task run {
  input {
    Array[File]+ files
    File? sheet
    String? tumor_type
    File? panel
    Array[File] tables = []
    String docker = "oncomatch:0.1.0"
    Int cpu = 2
    Int memory_gb = 2
  }

  command <<<
    set -euo pipefail
    mkdir cohort
    while read -r file; do ln -s "$file" cohort/; done < ~{write_lines(files)}
    # 3: some samples failed; they are named in samples.tsv and would fail again.
    oncomatch run cohort --out reports --jobs ~{cpu} ~{"--samples " + sheet} ~{"--panel " + panel} \
      ~{if defined(tumor_type) then "--tumor-type '" + select_first([tumor_type]) + "'" else ""} \
      ~{true="--table" false="" length(tables) > 0} ~{sep=" --table " tables} || test $? -eq 3
    tar -czf reports.tar.gz reports
  >>>

  output {
    File options = "reports/options.tsv"
    File therapies = "reports/therapies.tsv"
    File alterations = "reports/alterations.tsv"
    File samples = "reports/samples.tsv"
    File rejected = "reports/rejected.tsv"
    File record = "reports/run.json"
    File reports = "reports.tar.gz"
  }

  runtime {
    docker: docker
    cpu: cpu
    memory: memory_gb + " GB"
  }

  parameter_meta {
    files: "Files of the cohort"
    sheet: "Sample sheet"
    tumor_type: "Tumor type of samples whose type nothing else gives"
    panel: "Genes assayed"
    tables: "Rule tables beside the built-in one"
    docker: "Image"
    cpu: "Workers"
    memory_gb: "Memory in GB"
  }
}
