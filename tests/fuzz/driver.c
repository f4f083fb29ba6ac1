/* driver.c: runs a fuzz target without a fuzzing engine: on every file of the folders (or files) given,
 * then on mutations of them that are the same in every run.
 *
 *   NAME_run [-n MUTATIONS] [-s SECONDS] [-w FILE] PATH…
 *
 * Stops mutating after SECONDS. With -w, each input is written to FILE first, so that it is still there
 * after a crash. Only files up to 64 KiB are mutated. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct seed {
  uint8_t *bytes;
  size_t size;
} seed;

static seed *seeds;
static size_t seed_count;
static const char *keep;
static uint64_t state = 0x9E3779B97F4A7C15u;

static void fail(const char *what, const char *name) {
  fprintf(stderr, "driver: %s %s\n", what, name);
  exit(1);
}

static void *must(void *ptr) {
  if (ptr == NULL) fail("no", "memory");
  return ptr;
}

static uint64_t draw(uint64_t below) { /* xorshift; the bias is of no matter */
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return below == 0 ? 0 : state % below;
}

static void read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("cannot read", path);
  size_t size = 0, capacity = 1 << 16;
  uint8_t *bytes = must(malloc(capacity));
  for (size_t got; (got = fread(bytes + size, 1, capacity - size, file)) > 0;) {
    size += got;
    if (size == capacity) bytes = must(realloc(bytes, capacity *= 2));
  }
  fclose(file);
  seeds = must(realloc(seeds, (seed_count + 1) * sizeof *seeds));
  seeds[seed_count].bytes = bytes;
  seeds[seed_count++].size = size;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_path(const char *path) {
  struct stat info;
  if (stat(path, &info) != 0) fail("cannot read", path);
  if (!S_ISDIR(info.st_mode)) {
    read_file(path);
    return;
  }
  DIR *folder = opendir(path);
  if (folder == NULL) fail("cannot read", path);
  char **names = NULL;
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    size_t size = strlen(path) + strlen(entry->d_name) + 2;
    char *name = must(malloc(size));
    snprintf(name, size, "%s/%s", path, entry->d_name);
    names = must(realloc(names, (count + 1) * sizeof *names));
    names[count++] = name;
  }
  closedir(folder);
  if (count > 0) qsort(names, count, sizeof *names, by_name);
  for (size_t i = 0; i < count; i++) {
    read_path(names[i]);
    free(names[i]);
  }
  free(names);
}

/* The target gets a block of exactly its size, so that a read past the end is seen. */
static void run(const uint8_t *bytes, size_t size) {
  uint8_t *copy = must(malloc(size == 0 ? 1 : size));
  if (size > 0) memcpy(copy, bytes, size);
  if (keep != NULL) {
    FILE *file = fopen(keep, "wb");
    if (file == NULL || fwrite(copy, 1, size, file) != size) fail("cannot write", keep);
    fclose(file);
  }
  LLVMFuzzerTestOneInput(copy, size);
  free(copy);
}

/* Bytes that mean something to a reader of text: figures, marks, line ends, halves of characters. */
static const char *const tokens[] = {"\n", "\n\n", "\r\n", " ", "\t", ".", ". ", ",", "(", ")", "$", "%",
  "-", "\xE2\x80\x93", "\xE2\x80\x99", "\xE2\x82\xAC", "\xC2\xA0", "\xEF\xBB\xBF", "\xE2", "\xFF", "0",
  "9999999999999999999", "1,000", "2.5 million", "one hundred", "2020", "2016-2020", "$1 ($2)",
  "compared with ", "the previous year", "PROSECUTION\n", "\xE2\x80\xA2 ", "Tier 2", "not ", "and ",
  "years and 10 months", "U.S.", "more than ", "\0"};

#define MAX_SIZE (1 << 16)

static size_t insert(uint8_t *out, size_t size, size_t at, const uint8_t *bytes, size_t count) {
  if (size + count > MAX_SIZE) return size;
  memmove(out + at + count, out + at, size - at);
  memcpy(out + at, bytes, count);
  return size + count;
}

static size_t mutate(uint8_t *out, size_t size) {
  switch (draw(7)) {
    case 0: /* flip a bit */
      if (size > 0) out[draw(size)] ^= (uint8_t)(1u << draw(8));
      return size;
    case 1: /* another byte */
      if (size > 0) out[draw(size)] = (uint8_t)draw(256);
      return size;
    case 2: /* cut the end off */
      return draw(8) == 0 ? (size_t)draw(size + 1) : size;
    case 3: { /* take a piece out */
      size_t from = (size_t)draw(size + 1), count = (size_t)draw(64);
      if (count > size - from) count = size - from;
      memmove(out + from, out + from + count, size - from - count);
      return size - count;
    }
    case 4: { /* put in something with a meaning */
      const char *token = tokens[draw(sizeof tokens / sizeof *tokens)];
      size_t count = strlen(token) == 0 ? 1 : strlen(token);
      return insert(out, size, (size_t)draw(size + 1), (const uint8_t *)token, count);
    }
    case 5: { /* splice a piece of another seed */
      const seed *other = &seeds[draw(seed_count)];
      size_t from = (size_t)draw(other->size + 1), count = (size_t)draw(512);
      if (count > other->size - from) count = other->size - from;
      return insert(out, size, (size_t)draw(size + 1), other->bytes + from, count);
    }
    default: { /* repeat a piece of itself */
      uint8_t piece[256];
      size_t from = (size_t)draw(size + 1), count = (size_t)draw(sizeof piece);
      if (count > size - from) count = size - from;
      memcpy(piece, out + from, count);
      return insert(out, size, (size_t)draw(size + 1), piece, count);
    }
  }
}

int main(int argc, char **argv) {
  unsigned long mutations = 1000, done = 0;
  double seconds = 10;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "-n") == 0 && i + 1 < argc) mutations = strtoul(argv[++i], NULL, 10);
    else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc) seconds = (double)strtoul(argv[++i], NULL, 10);
    else if (strcmp(argv[i], "-w") == 0 && i + 1 < argc) keep = argv[++i];
    else read_path(argv[i]);
  }
  if (seed_count == 0) fail("no seeds:", "name files or folders");
  for (size_t i = 0; i < seed_count; i++) run(seeds[i].bytes, seeds[i].size);

  clock_t begin = clock();
  uint8_t *input = must(malloc(MAX_SIZE));
  for (; done < mutations; done++) {
    if ((double)(clock() - begin) / CLOCKS_PER_SEC > seconds) break;
    const seed *from = &seeds[draw(seed_count)];
    size_t size = from->size < MAX_SIZE ? from->size : MAX_SIZE;
    memcpy(input, from->bytes, size);
    for (uint64_t steps = 1 + draw(8); steps > 0; steps--) size = mutate(input, size);
    run(input, size);
  }
  printf("%zu seeds, %lu mutations\n", seed_count, done);
  free(input);
  for (size_t i = 0; i < seed_count; i++) free(seeds[i].bytes);
  free(seeds);
  return 0;
}
