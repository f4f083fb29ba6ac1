/* corpus.h: a corpus and how it is loaded, for load.c and corpus.c alone. */
#ifndef TIPL_MODEL_CORPUS_H
#define TIPL_MODEL_CORPUS_H

#include <stdatomic.h>

#include "base/memory.h"
#include "tipl.h"

/* A report on its way into a corpus. */
typedef struct tipl__entry {
  tipl_report *report; /* NULL: taken out */
  uint32_t number;     /* in the order of the files */
  unsigned char digest[TIPL_DIGEST];
} tipl__entry;

typedef struct tipl__duplicate {
  char *path; /* owned */
  uint32_t of; /* entry number while loading, report afterwards */
} tipl__duplicate;

typedef struct tipl__failure {
  char *path; /* owned */
  tipl_error error;
} tipl__failure;

struct tipl_corpus {
  atomic_uint references;
  tipl__alloc alloc;
  size_t skipped;
  const tipl_corpus *whole; /* where the lists of failures and duplicates are borrowed from, and held; NULL: its own */
  tipl__vec entries;    /* tipl__entry, by country, edition and number */
  tipl__vec base;       /* uint32_t: facts in the reports before; one more than entries */
  tipl__vec failures;   /* tipl__failure */
  tipl__vec duplicates; /* tipl__duplicate */
};

/* load.c: reads all files into entries (in the order of the files) and failures. */
tipl_status tipl__load(tipl_corpus *corpus, const char *const *paths, size_t count,
                       const tipl_options *options, tipl_error *error);
/* A copy of a path, owned by the corpus's lists; NULL when memory ran out. */
char *tipl__copy_path(const tipl__alloc *alloc, const char *path);
void tipl__free_path(const tipl__alloc *alloc, char *path);

#endif
