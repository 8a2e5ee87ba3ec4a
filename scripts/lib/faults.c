// SPDX-License-Identifier: Apache-2.0
// Lets one call of the system fail, to see what a program makes of it: LD_PRELOAD this library.
//
//   FAULT_CALL   open, read, readdir, stat, write, close, rename or sync
//   FAULT_NUMBER which of these calls on something below FAULT_ROOT fails, counted from 1; 0 for none
//   FAULT_ERROR  the error number, or -1 for a short count (of read and write)
//   FAULT_COUNT  a file that receives the number of these calls
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_int calls;
static const char *wanted = "", *root = "";
static int number, error_number;

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  wanted = getenv("FAULT_CALL") ? getenv("FAULT_CALL") : "";
  root = getenv("FAULT_ROOT") ? getenv("FAULT_ROOT") : "/nowhere";
  number = getenv("FAULT_NUMBER") ? atoi(getenv("FAULT_NUMBER")) : 0;
  error_number = getenv("FAULT_ERROR") ? atoi(getenv("FAULT_ERROR")) : EIO;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  wanted = "";
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fprintf(file, "%d\n", atomic_load(&calls));
    fclose(file);
  }
}

// Whether the call at hand is the one.
static int fails(const char *call, const char *path) {
  if (strcmp(call, wanted) != 0 || !path || strncmp(path, root, strlen(root)) != 0) return 0;
  return atomic_fetch_add(&calls, 1) + 1 == number;
}

static int fails_at(const char *call, int descriptor) {
  if (strcmp(call, wanted) != 0) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return fails(call, path);
}

static int fail(void) {
  errno = error_number;
  return -1;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    mode_t mode = va_arg(rest, mode_t); \
    va_end(rest); \
    return fails("open", path) ? fail() : real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(ssize_t, read, int, void *, size_t);
  if (!fails_at("read", descriptor)) return real(descriptor, bytes, count);
  return error_number == -1 ? real(descriptor, bytes, count > 1 ? 1 : count) : fail();
}

#define PREAD(name) \
  ssize_t name(int descriptor, void *bytes, size_t count, off_t offset) { \
    REAL(ssize_t, name, int, void *, size_t, off_t); \
    if (!fails_at("read", descriptor)) return real(descriptor, bytes, count, offset); \
    return error_number == -1 ? real(descriptor, bytes, count > 1 ? 1 : count, offset) : fail(); \
  }
PREAD(pread)
PREAD(pread64)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (!fails_at("write", descriptor)) return real(descriptor, bytes, count);
  return error_number == -1 ? real(descriptor, bytes, count > 1 ? 1 : count) : fail();
}

#define READDIR(name, type) \
  struct type *name(DIR *folder) { \
    REAL(struct type *, name, DIR *); \
    if (!fails_at("readdir", dirfd(folder))) return real(folder); \
    fail(); \
    return NULL; \
  }
READDIR(readdir, dirent)
READDIR(readdir64, dirent64)

#define STAT(name, type) \
  int name(const char *path, struct type *info) { \
    REAL(int, name, const char *, struct type *); \
    return fails("stat", path) ? fail() : real(path, info); \
  }
STAT(stat, stat)
STAT(lstat, stat)
STAT(stat64, stat64)
STAT(lstat64, stat64)

int fstat(int descriptor, struct stat *info) {
  REAL(int, fstat, int, struct stat *);
  return fails_at("stat", descriptor) ? fail() : real(descriptor, info);
}

int close(int descriptor) {
  REAL(int, close, int);
  int isWrong = fails_at("close", descriptor);
  int result = real(descriptor);
  return isWrong ? fail() : result;
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  return fails("rename", to) ? fail() : real(from, to);
}

int syncfs(int descriptor) {
  REAL(int, syncfs, int);
  return fails_at("sync", descriptor) ? fail() : real(descriptor);
}
