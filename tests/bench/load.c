/* load.c: what the benchmark measures: opens every file of a list, counts facts, and keeps the reports to
 * the end (or drops each with --drop). Text that is no narrative is taken as plain text.
 *
 *   bench_load [--drop] LIST      LIST: names that end in NUL, as for wc --files0-from */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tipl.h"

static char *read_list(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t capacity = 1 << 16;
  char *list = malloc(capacity + 1);
  *size = 0;
  for (size_t got; list != NULL && (got = fread(list + *size, 1, capacity - *size, file)) > 0;) {
    *size += got;
    if (*size == capacity) list = realloc(list, (capacity *= 2) + 1);
  }
  fclose(file);
  if (list != NULL) list[*size] = '\0';
  return list;
}

int main(int argc, char **argv) {
  int drop = argc > 1 && strcmp(argv[1], "--drop") == 0;
  size_t size = 0;
  char *list = argc == 2 + drop ? read_list(argv[1 + drop], &size) : NULL;
  if (list == NULL) {
    fprintf(stderr, "usage: bench_load [--drop] LIST\n");
    return 2;
  }
  size_t files = 0, bytes = 0, facts = 0, sentences = 0, memory = 0, count = 0;
  for (size_t i = 0; i < size; i++) files += list[i] == '\0';
  const tipl_report **reports = calloc(files + 1, sizeof *reports);
  if (reports == NULL) return 1;

  tipl_options options = TIPL_OPTIONS_INIT;
  options.plain = 1;
  for (const char *name = list; name < list + size; name += strlen(name) + 1) {
    tipl_report *report;
    tipl_error error;
    if (tipl_report_open(&report, name, &options, &error) != TIPL_OK) {
      fprintf(stderr, "bench_load: %s: %s\n", name, error.message);
      return 1;
    }
    size_t length;
    tipl_report_text(report, &length);
    bytes += length;
    facts += tipl_count(report, TIPL_FACTS);
    sentences += tipl_count(report, TIPL_SENTENCES);
    memory += tipl_report_memory(report);
    if (drop) tipl_report_unref(report);
    else reports[count++] = report;
  }
  printf("files=%zu bytes=%zu sentences=%zu facts=%zu memory=%zu\n", files, bytes, sentences, facts,
         memory);
  for (size_t i = 0; i < count; i++) tipl_report_unref(reports[i]);
  free(reports);
  free(list);
  return 0;
}
