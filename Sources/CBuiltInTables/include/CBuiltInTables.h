#ifndef ONCOMATCH_BUILT_IN_TABLES_H
#define ONCOMATCH_BUILT_IN_TABLES_H

#include <stddef.h>

/// The tables compiled into the program, by position in this list.
enum oncomatch_table {
  ONCOMATCH_TABLE_RULES,
  ONCOMATCH_TABLE_AGENTS,
  ONCOMATCH_TABLE_ONCOTREE,
  ONCOMATCH_TABLE_ONCOTREE_RETIRED,
  ONCOMATCH_TABLE_TUMOR_ALIASES,
  ONCOMATCH_TABLE_TUMOR_GROUPS,
  ONCOMATCH_TABLE_GENES,
  ONCOMATCH_TABLE_GENE_CLINIC_NAMES,
  ONCOMATCH_TABLE_EXONS,
  ONCOMATCH_TABLE_HOTSPOTS,
  ONCOMATCH_TABLE_GENE_ROLES,
  ONCOMATCH_TABLE_POLYMORPHISMS,
  ONCOMATCH_TABLE_LEGACY_NUMBERING,
  ONCOMATCH_TABLE_PATHWAYS,
  ONCOMATCH_TABLE_PREDISPOSITION_GENES,
  ONCOMATCH_TABLE_COUNT
};

/// First byte of a table; the bytes live as long as the program.
const unsigned char *oncomatch_table_bytes(int table);
/// Number of bytes of a table.
size_t oncomatch_table_size(int table);

#endif
