// SPDX-License-Identifier: Apache-2.0
// Holds the byte scanner against a plain loop, for every byte, every place and blocks drawn at random; prints its path.
#include <stdio.h>
#include <stdlib.h>

#include "CByteScan.h"

static uint64_t plain(const uint8_t *bytes, uint8_t wanted) {
  uint64_t places = 0;
  for (int place = 63; place >= 0; place--) places = places << 1 | (bytes[place] == wanted);
  return places;
}

int main(void) {
  uint8_t bytes[64 + 15];
  uint64_t seed = 20261126;
  for (int round = 0; round < 20000; round++) {
    // Few different bytes, so that many places hit; bytes with the high bit, for signs.
    int kinds = 1 + round % 7;
    for (size_t place = 0; place < sizeof bytes; place++) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      bytes[place] = (uint8_t)((seed >> 56) % kinds * 51);
    }
    for (int start = 0; start < 15; start++) {
      for (int wanted = 0; wanted < 256; wanted += round < 50 ? 1 : 51) {
        uint64_t expected = plain(bytes + start, (uint8_t)wanted);
        if (oncomatch_places_of_64(bytes + start, (uint8_t)wanted) != expected ||
            oncomatch_places_of(bytes + start, (uint8_t)wanted) != (uint16_t)expected ||
            oncomatch_places_of_portable(bytes + start, (uint8_t)wanted) != (uint16_t)expected) {
          fprintf(stderr, "round %d, start %d, byte %d\n", round, start, wanted);
          return 1;
        }
      }
    }
  }
  static const char *const names[] = {"portable", "sse2", "neon"};
  puts(names[oncomatch_scan_path()]);
  return 0;
}
