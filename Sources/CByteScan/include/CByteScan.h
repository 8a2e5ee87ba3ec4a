// SPDX-License-Identifier: Apache-2.0
#ifndef ONCOMATCH_BYTE_SCAN_H
#define ONCOMATCH_BYTE_SCAN_H

// Where one byte stands among the next 16: what vector units do in three instructions and Swift's SIMD types cannot say.

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(ONCOMATCH_SCAN_PORTABLE)
#include <emmintrin.h>
#elif defined(__aarch64__) && !defined(ONCOMATCH_SCAN_PORTABLE)
#include <arm_neon.h>
#endif

/// How the bytes are compared, which the build decides by the processor it is made for.
enum {
  oncomatch_scan_portable = 0,
  oncomatch_scan_sse2 = 1,
  oncomatch_scan_neon = 2,
};

/// The path that this build took.
static inline int32_t oncomatch_scan_path(void) {
#if defined(__SSE2__) && !defined(ONCOMATCH_SCAN_PORTABLE)
  return oncomatch_scan_sse2;
#elif defined(__aarch64__) && !defined(ONCOMATCH_SCAN_PORTABLE)
  return oncomatch_scan_neon;
#else
  return oncomatch_scan_portable;
#endif
}

/// As `oncomatch_places_of`, for any processor; the tests hold the other paths against it.
static inline uint32_t oncomatch_places_of_portable(const uint8_t *bytes, uint8_t wanted) {
  uint32_t places = 0;
  for (int index = 0; index < 16; index++) places |= (uint32_t)(bytes[index] == wanted) << index;
  return places;
}

/// Bit n of the result says whether `bytes[n]` is `wanted`. Reads 16 bytes, which need not be aligned.
static inline uint32_t oncomatch_places_of(const uint8_t *bytes, uint8_t wanted) {
#if defined(__SSE2__) && !defined(ONCOMATCH_SCAN_PORTABLE)
  __m128i block = _mm_loadu_si128((const __m128i *)bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)wanted)));
#elif defined(__aarch64__) && !defined(ONCOMATCH_SCAN_PORTABLE)
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t hits = vandq_u8(vceqq_u8(vld1q_u8(bytes), vdupq_n_u8(wanted)), vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(hits)) | (uint32_t)vaddv_u8(vget_high_u8(hits)) << 8;
#else
  return oncomatch_places_of_portable(bytes, wanted);
#endif
}

/// The same of 64 bytes.
static inline uint64_t oncomatch_places_of_64(const uint8_t *bytes, uint8_t wanted) {
  uint64_t low = oncomatch_places_of(bytes, wanted) | oncomatch_places_of(bytes + 16, wanted) << 16;
  uint64_t high = oncomatch_places_of(bytes + 32, wanted) | oncomatch_places_of(bytes + 48, wanted) << 16;
  return low | high << 32;
}

#endif
