// SPDX-License-Identifier: Apache-2.0
#include "CBuiltInTables.h"

#include <string.h>

__attribute__((weak)) const unsigned char *oncomatch_layout(size_t *count) {
  *count = 0;
  return NULL;
}

uint64_t oncomatch_sum(const unsigned char *bytes, size_t count) {
  const uint64_t factor = 0x9e3779b97f4a7c15u;
  // Of each lane the sum of its words and the sum of those sums, so that the order of words counts; additions alone, which
  // the compiler makes for several lanes at once.
  enum { LANES = 8 };
  uint64_t sums[LANES] = {count, 1, 2, 3, 4, 5, 6, 7}, ordered[LANES] = {0};
  size_t place = 0;
  for (; place + sizeof sums <= count; place += sizeof sums) {
    uint64_t words[LANES];
    memcpy(words, bytes + place, sizeof words);
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] += words[lane];
      ordered[lane] += sums[lane];
    }
  }
  uint64_t sum = 0;
  for (int lane = 0; lane < LANES; lane++) {
    sum = (sum ^ sums[lane] ^ sums[lane] >> 32) * factor;
    sum = (sum ^ ordered[lane] ^ ordered[lane] >> 32) * factor;
  }
  for (; place < count; place++) sum = (sum ^ bytes[place]) * factor;
  return sum ^ sum >> 32;
}
