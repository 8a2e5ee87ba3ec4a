#ifndef ONCOMATCH_BYTE_SCAN_H
#define ONCOMATCH_BYTE_SCAN_H

// Where one byte stands among the next 16: what vector units do in three instructions and Swift's SIMD types cannot say.

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/// Bit n of the result says whether `bytes[n]` is `wanted`. Reads 16 bytes, which need not be aligned.
static inline uint32_t oncomatch_places_of(const uint8_t *bytes, uint8_t wanted) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)wanted)));
#elif defined(__aarch64__)
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t hits = vandq_u8(vceqq_u8(vld1q_u8(bytes), vdupq_n_u8(wanted)), vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(hits)) | (uint32_t)vaddv_u8(vget_high_u8(hits)) << 8;
#else
  uint32_t places = 0;
  for (int index = 0; index < 16; index++) places |= (uint32_t)(bytes[index] == wanted) << index;
  return places;
#endif
}

#endif
