// SPDX-License-Identifier: Apache-2.0
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
static const unsigned char gene_coordinates[] = {
#embed "tables/gene_coordinates.tsv"
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
static const unsigned char pathogenicity[] = {
#embed "tables/pathogenicity.tsv"
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
static const unsigned char biomarkers[] = {
#embed "tables/biomarkers.tsv"
};
static const unsigned char stain_grades[] = {
#embed "tables/stain_grades.tsv"
};
static const unsigned char score_limits[] = {
#embed "tables/score_limits.tsv"
};
static const unsigned char lineage_stains[] = {
#embed "tables/lineage_stains.tsv"
};
static const unsigned char surrogates[] = {
#embed "tables/surrogates.tsv"
};
static const unsigned char wild_type_dependence[] = {
#embed "tables/wild_type_dependence.tsv"
};
static const unsigned char fusion_roles[] = {
#embed "tables/fusion_roles.tsv"
};
static const unsigned char diagnosis_review[] = {
#embed "tables/diagnosis_review.tsv"
};
static const unsigned char named_changes[] = {
#embed "tables/named_changes.tsv"
};
static const unsigned char named_sites[] = {
#embed "tables/named_sites.tsv"
};
static const unsigned char prior_therapy_words[] = {
#embed "tables/prior_therapy_words.tsv"
};
static const unsigned char site_codes[] = {
#embed "tables/site_codes.tsv"
};
static const unsigned char pathway_boxes[] = {
#embed "tables/pathway_boxes.tsv"
};
static const unsigned char matching_sets[] = {
#embed "tables/matching_sets.tsv"
};
static const unsigned char oncogenicity_points[] = {
#embed "tables/oncogenicity_points.tsv"
};
static const unsigned char clinic_phrases[] = {
#embed "tables/clinic_phrases.tsv"
};
static const unsigned char import_words[] = {
#embed "tables/import_words.tsv"
};
static const unsigned char lint_explained[] = {
#embed "tables/lint_explained.tsv"
};
static const unsigned char consequences[] = {
#embed "tables/consequences.tsv"
};
static const unsigned char coding_exons[] = {
#embed "tables/coding_exons.tsv"
};
static const unsigned char coding_sequences[] = {
#embed "tables/coding_sequences.tsv"
};
static const unsigned char known_codons[] = {
#embed "tables/known_codons.tsv"
};
static const unsigned char known_positions[] = {
#embed "tables/known_positions.tsv"
};
static const unsigned char transcript_numbering[] = {
#embed "tables/transcript_numbering.tsv"
};
static const unsigned char other_numbering[] = {
#embed "tables/other_numbering.tsv"
};
static const unsigned char gene_identifiers[] = {
#embed "tables/gene_identifiers.tsv"
};
static const unsigned char statements[] = {
#embed "tables/statements.tsv"
};
static const unsigned char dose_alleles[] = {
#embed "tables/dose_alleles.tsv"
};
static const unsigned char country_names[] = {
#embed "tables/country_names.tsv"
};
static const unsigned char foreign_words[] = {
#embed "tables/foreign_words.tsv"
};
static const unsigned char result_words[] = {
#embed "tables/result_words.tsv"
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
    gene_coordinates,
    hotspots,
    gene_roles,
    polymorphisms,
    pathogenicity,
    legacy_numbering,
    pathways,
    predisposition_genes,
    disease_terms,
    biomarkers,
    stain_grades,
    score_limits,
    lineage_stains,
    surrogates,
    wild_type_dependence,
    fusion_roles,
    diagnosis_review,
    named_changes,
    named_sites,
    prior_therapy_words,
    site_codes,
    pathway_boxes,
    matching_sets,
    oncogenicity_points,
    clinic_phrases,
    import_words,
    lint_explained,
    consequences,
    coding_exons,
    coding_sequences,
    known_codons,
    known_positions,
    transcript_numbering,
    other_numbering,
    gene_identifiers,
    statements,
    dose_alleles,
    foreign_words,
    country_names,
    result_words,
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
    sizeof gene_coordinates,
    sizeof hotspots,
    sizeof gene_roles,
    sizeof polymorphisms,
    sizeof pathogenicity,
    sizeof legacy_numbering,
    sizeof pathways,
    sizeof predisposition_genes,
    sizeof disease_terms,
    sizeof biomarkers,
    sizeof stain_grades,
    sizeof score_limits,
    sizeof lineage_stains,
    sizeof surrogates,
    sizeof wild_type_dependence,
    sizeof fusion_roles,
    sizeof diagnosis_review,
    sizeof named_changes,
    sizeof named_sites,
    sizeof prior_therapy_words,
    sizeof site_codes,
    sizeof pathway_boxes,
    sizeof matching_sets,
    sizeof oncogenicity_points,
    sizeof clinic_phrases,
    sizeof import_words,
    sizeof lint_explained,
    sizeof consequences,
    sizeof coding_exons,
    sizeof coding_sequences,
    sizeof known_codons,
    sizeof known_positions,
    sizeof transcript_numbering,
    sizeof other_numbering,
    sizeof gene_identifiers,
    sizeof statements,
    sizeof dose_alleles,
    sizeof foreign_words,
    sizeof country_names,
    sizeof result_words,
};

const unsigned char *oncomatch_table_bytes(int table) { return starts[table]; }
size_t oncomatch_table_size(int table) { return sizes[table]; }
