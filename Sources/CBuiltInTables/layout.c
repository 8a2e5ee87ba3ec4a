// SPDX-License-Identifier: Apache-2.0
#include "CBuiltInTables.h"

#include <string.h>

__attribute__((weak)) const unsigned char *oncomatch_layout(size_t *count) {
  *count = 0;
  return NULL;
}

uint64_t oncomatch_sum(const unsigned char *bytes, size_t count) {
  const uint64_t factor = 0x9e3779b97f4a7c15u;
  uint64_t sums[4] = {count, 1, 2, 3};
  size_t place = 0;
  // Four sums side by side, so that none waits for the multiplication of another.
  for (; place + sizeof sums <= count; place += sizeof sums) {
    uint64_t words[4];
    memcpy(words, bytes + place, sizeof words);
    for (int lane = 0; lane < 4; lane++) sums[lane] = (sums[lane] ^ words[lane]) * factor;
  }
  uint64_t sum = 0;
  for (int lane = 0; lane < 4; lane++) sum = (sum ^ sums[lane] ^ sums[lane] >> 32) * factor;
  for (; place < count; place++) sum = (sum ^ bytes[place]) * factor;
  return sum ^ sum >> 32;
}
