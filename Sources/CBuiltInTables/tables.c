#include "CBuiltInTables.h"

static const unsigned char rules[] = {
#embed "tables/rules.tsv"
};
static const unsigned char agents[] = {
#embed "tables/agents.tsv"
};
static const unsigned char oncotree[] = {
#embed "tables/oncotree.tsv"
};
static const unsigned char oncotree_retired[] = {
#embed "tables/oncotree_retired.tsv"
};
static const unsigned char tumor_aliases[] = {
#embed "tables/tumor_aliases.tsv"
};
static const unsigned char tumor_groups[] = {
#embed "tables/tumor_groups.tsv"
};
static const unsigned char genes[] = {
#embed "tables/genes.tsv"
};
static const unsigned char gene_clinic_names[] = {
#embed "tables/gene_clinic_names.tsv"
};
static const unsigned char exons[] = {
#embed "tables/exons.tsv"
};
static const unsigned char hotspots[] = {
#embed "tables/hotspots.tsv"
};
static const unsigned char gene_roles[] = {
#embed "tables/gene_roles.tsv"
};
static const unsigned char polymorphisms[] = {
#embed "tables/polymorphisms.tsv"
};
static const unsigned char legacy_numbering[] = {
#embed "tables/legacy_numbering.tsv"
};
static const unsigned char pathways[] = {
#embed "tables/pathways.tsv"
};
static const unsigned char predisposition_genes[] = {
#embed "tables/predisposition_genes.tsv"
};
static const unsigned char disease_terms[] = {
#embed "tables/disease_terms.tsv"
};
static const unsigned char consequences[] = {
#embed "tables/consequences.tsv"
};

static const unsigned char *const starts[ONCOMATCH_TABLE_COUNT] = {
    rules,
    agents,
    oncotree,
    oncotree_retired,
    tumor_aliases,
    tumor_groups,
    genes,
    gene_clinic_names,
    exons,
    hotspots,
    gene_roles,
    polymorphisms,
    legacy_numbering,
    pathways,
    predisposition_genes,
    disease_terms,
    consequences,
};
static const size_t sizes[ONCOMATCH_TABLE_COUNT] = {
    sizeof rules,
    sizeof agents,
    sizeof oncotree,
    sizeof oncotree_retired,
    sizeof tumor_aliases,
    sizeof tumor_groups,
    sizeof genes,
    sizeof gene_clinic_names,
    sizeof exons,
    sizeof hotspots,
    sizeof gene_roles,
    sizeof polymorphisms,
    sizeof legacy_numbering,
    sizeof pathways,
    sizeof predisposition_genes,
    sizeof disease_terms,
    sizeof consequences,
};

const unsigned char *oncomatch_table_bytes(int table) { return starts[table]; }
size_t oncomatch_table_size(int table) { return sizes[table]; }
