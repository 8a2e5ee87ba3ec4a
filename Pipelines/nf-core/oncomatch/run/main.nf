process ONCOMATCH_RUN {
    tag "${meta.id}"
    label 'process_low'

    conda "${moduleDir}/environment.yml"
    container "oncomatch:0.1.0"

    input:
    tuple val(meta), path(cohort, stageAs: 'cohort/*'), path(sheet, stageAs: 'sheet/*')
    path tables, stageAs: 'tables/*'
    path panel, stageAs: 'panel/*'

    output:
    tuple val(meta), path("${prefix}")                      , emit: reports
    tuple val(meta), path("${prefix}/options.tsv")          , emit: options
    tuple val(meta), path("${prefix}/therapies.tsv")        , emit: therapies
    tuple val(meta), path("${prefix}/alterations.tsv")      , emit: alterations
    tuple val(meta), path("${prefix}/samples.tsv")          , emit: samples
    tuple val(meta), path("${prefix}/rejected.tsv")         , emit: rejected
    tuple val(meta), path("${prefix}/multiqc/*_mqc.tsv")    , emit: multiqc, optional: true
    tuple val("${task.process}"), val('oncomatch'), eval("oncomatch --version | cut -d' ' -f2"), topic: versions, emit: versions_oncomatch

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    prefix = task.ext.prefix ?: "${meta.id}"
    def sheet_option = sheet ? "--samples ${sheet}" : ''
    def type_option = meta.tumor_type ? "--tumor-type '${meta.tumor_type}'" : ''
    def panel_option = panel ? "--panel ${panel}" : ''
    def table_options = tables ? [tables].flatten().collect { table -> "--table ${table}" }.join(' ') : ''
    """
    # 3: some samples failed; they are named in samples.tsv and would fail again.
    oncomatch run cohort \\
        --out ${prefix} \\
        --jobs ${task.cpus} \\
        --formats tsv,json,html,multiqc \\
        ${sheet_option} \\
        ${type_option} \\
        ${panel_option} \\
        ${table_options} \\
        ${args} || test \$? -eq 3
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p ${prefix}/multiqc
    for table in options therapies alterations samples rejected; do touch ${prefix}/\$table.tsv; done
    touch ${prefix}/multiqc/oncomatch_mqc.tsv
    """
}
