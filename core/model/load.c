/* load.c: reads many files at once, on as many threads as the options say. This is the only place of the core
 * that makes threads.
 *
 * The calling thread finds the files and waits; workers take one file after the other by its number and write
 * into that file's slot alone, so that what comes out has the order of the files whatever the threads did.
 * `stop` ends it early: the caller's progress function asked to, or memory ran out. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "model/corpus.h"

enum { MOST_THREADS = 64, WAIT_NS = 50000000 }; /* between two looks at the caller's progress function */

typedef struct slot {
  char *path;        /* owned */
  tipl__vec entries; /* tipl__entry */
  tipl_error *error; /* owned; NULL: read well */
} slot;

typedef struct loader {
  tipl__alloc alloc;
  tipl_options options; /* of each report */
  tipl_progress_fn progress;
  void *progress_payload;
  tipl__vec slots;
  atomic_uint next, done;
  atomic_int stop; /* 0, or the status that ends all */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  unsigned working; /* under lock */
} loader;

char *tipl__copy_path(const tipl__alloc *alloc, const char *path) {
  size_t size = strlen(path) + 1;
  char *copy = tipl__new(alloc, size);
  if (copy != NULL) memcpy(copy, path, size);
  return copy;
}

void tipl__free_path(const tipl__alloc *alloc, char *path) {
  if (path != NULL) tipl__free(alloc, path, strlen(path) + 1);
}

/* ------------------------------------------------------------------ one file */

typedef struct taker {
  loader *l;
  slot *file;
} taker;

static int take(void *payload, tipl_report *report) {
  taker *t = payload;
  tipl__entry *entry = tipl__vec_push(&t->file->entries, &t->l->alloc);
  if (entry == NULL) {
    tipl_report_unref(report);
    atomic_store(&t->l->stop, TIPL_ENOMEM);
    return 1;
  }
  entry->report = report;
  tipl_report_digest(entry->digest, report);
  return atomic_load(&t->l->stop) != 0;
}

/* The progress function of each report: stops it when all is to stop. */
static int look(void *payload, size_t done, size_t total) {
  (void)done;
  (void)total;
  return atomic_load(&((loader *)payload)->stop) != 0;
}

static void load_file(loader *l, slot *file) {
  if (file->error != NULL) return; /* no file, but a folder or a pattern that led nowhere */
  taker t = {l, file};
  tipl_error error;
  tipl_status status = tipl_narratives(file->path, &l->options, take, &t, &error);
  if (status == TIPL_OK || atomic_load(&l->stop) != 0) return;
  if (status != TIPL_ENOMEM) file->error = tipl__new(&l->alloc, sizeof error);
  if (file->error != NULL) *file->error = error;
  else atomic_store(&l->stop, TIPL_ENOMEM);
}

/* Takes files until there is none; between two files calls `after`, if given. */
static void load_files(loader *l, void (*after)(loader *)) {
  for (;;) {
    unsigned i = atomic_fetch_add(&l->next, 1);
    if (i >= l->slots.count || atomic_load(&l->stop) != 0) return;
    load_file(l, &TIPL__AT(slot, l->slots, i));
    atomic_fetch_add(&l->done, 1);
    if (after != NULL) after(l);
  }
}

/* ------------------------------------------------------------------ all files */

static void report_progress(loader *l) {
  if (l->progress == NULL) return;
  int wish = l->progress(l->progress_payload, atomic_load(&l->done), l->slots.count);
  int none = 0;
  if (wish != 0) atomic_compare_exchange_strong(&l->stop, &none, TIPL_ECANCEL);
}

static void *worker(void *payload) {
  loader *l = payload;
  load_files(l, NULL);
  pthread_mutex_lock(&l->lock);
  l->working--;
  pthread_cond_signal(&l->changed);
  pthread_mutex_unlock(&l->lock);
  return NULL;
}

/* Signals are for the calling thread: workers block them all. */
static unsigned start_workers(loader *l, pthread_t *threads, unsigned wanted) {
  sigset_t all, before;
  unsigned made = 0;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_mutex_lock(&l->lock);
  while (made < wanted && pthread_create(&threads[made], NULL, worker, l) == 0) made++;
  l->working = made;
  pthread_mutex_unlock(&l->lock);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return made;
}

static void wait_for_workers(loader *l) {
  pthread_mutex_lock(&l->lock);
  while (l->working > 0) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += WAIT_NS;
    if (until.tv_nsec >= 1000000000) {
      until.tv_sec++;
      until.tv_nsec -= 1000000000;
    }
    pthread_cond_timedwait(&l->changed, &l->lock, &until);
    pthread_mutex_unlock(&l->lock); /* the caller's function may take its time */
    report_progress(l);
    pthread_mutex_lock(&l->lock);
  }
  pthread_mutex_unlock(&l->lock);
}

static unsigned threads_for(const loader *l, unsigned wanted) {
  if (wanted == 0) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    wanted = processors > 0 ? (unsigned)processors : 1;
  }
  if (wanted > l->slots.count) wanted = l->slots.count;
  return wanted < MOST_THREADS ? wanted : MOST_THREADS;
}

static void load_all(loader *l, unsigned wanted) {
  pthread_t threads[MOST_THREADS];
  unsigned made = 0;
  wanted = threads_for(l, wanted);
  report_progress(l);
  if (wanted > 1 && pthread_mutex_init(&l->lock, NULL) == 0) {
    if (pthread_cond_init(&l->changed, NULL) == 0) {
      made = start_workers(l, threads, wanted);
      wait_for_workers(l);
      for (unsigned i = 0; i < made; i++) pthread_join(threads[i], NULL);
      pthread_cond_destroy(&l->changed);
    }
    pthread_mutex_destroy(&l->lock);
  }
  load_files(l, report_progress); /* all of them, where no thread could be made */
}

/* ------------------------------------------------------------------ before and after */

static bool add_slot(loader *l, const char *path) {
  slot *file = tipl__vec_push(&l->slots, &l->alloc);
  if (file == NULL) return false;
  file->entries = tipl__vec_of(sizeof(tipl__entry));
  file->path = tipl__copy_path(&l->alloc, path);
  return file->path != NULL;
}

static tipl_status no_memory(tipl_error *error) {
  return tipl__fail(error, TIPL_ENOMEM, "out of memory while loading the corpus");
}

/* The files that the paths lead to, as slots; a path that leads nowhere is one with an error. */
static tipl_status find_files(loader *l, const char *const *paths, size_t count, size_t *skipped,
                              tipl_error *error) {
  tipl_walk *walk;
  tipl_status status = tipl_walk_new(&walk, paths, count, &l->options);
  if (status != TIPL_OK) return no_memory(error);
  for (;;) {
    const char *path;
    tipl_error why;
    status = tipl_walk_next(&path, walk, &why);
    if (status == TIPL_ENOMEM || path == NULL) break;
    if (!add_slot(l, path)) status = TIPL_ENOMEM;
    slot *file = status == TIPL_ENOMEM ? NULL : &TIPL__AT(slot, l->slots, l->slots.count - 1);
    if (status == TIPL_EIO) {
      file->error = tipl__new(&l->alloc, sizeof why);
      if (file->error == NULL) status = TIPL_ENOMEM;
      else *file->error = why;
    }
    if (status == TIPL_ENOMEM) break;
  }
  *skipped = tipl_walk_skipped(walk);
  tipl_walk_free(walk);
  return status == TIPL_OK ? TIPL_OK : no_memory(error);
}

/* Gives what a slot holds to the corpus. */
static bool hand_over(tipl_corpus *corpus, slot *file) {
  for (uint32_t i = 0; i < file->entries.count; i++) {
    tipl__entry *from = &TIPL__AT(tipl__entry, file->entries, i), *to;
    to = tipl__vec_push(&corpus->entries, &corpus->alloc);
    if (to == NULL) return false;
    *to = *from;
    to->number = corpus->entries.count - 1;
    from->report = NULL;
  }
  if (file->error == NULL) return true;
  tipl__failure *failure = tipl__vec_push(&corpus->failures, &corpus->alloc);
  if (failure == NULL) return false;
  failure->path = file->path;
  failure->error = *file->error;
  file->path = NULL;
  return true;
}

static void free_slot(const tipl__alloc *alloc, slot *file) {
  for (uint32_t i = 0; i < file->entries.count; i++)
    tipl_report_unref(TIPL__AT(tipl__entry, file->entries, i).report);
  tipl__vec_free(&file->entries, alloc);
  tipl__free_path(alloc, file->path);
  tipl__free(alloc, file->error, sizeof *file->error);
}

tipl_status tipl__load(tipl_corpus *corpus, const char *const *paths, size_t count,
                       const tipl_options *options, tipl_error *error) {
  loader l;
  memset(&l, 0, sizeof l);
  l.alloc = corpus->alloc;
  l.options = *options;
  l.progress = options->progress;
  l.progress_payload = options->progress_payload;
  l.options.progress = look;
  l.options.progress_payload = &l;
  l.options.leftover = NULL; /* it would be called by several threads */
  l.slots = tipl__vec_of(sizeof(slot));
  tipl_status status = find_files(&l, paths, count, &corpus->skipped, error);
  if (status == TIPL_OK) {
    load_all(&l, options->threads);
    status = (tipl_status)atomic_load(&l.stop);
    if (status == TIPL_ECANCEL) tipl__fail(error, status, "cancelled");
    if (status == TIPL_ENOMEM) no_memory(error);
  }
  for (uint32_t i = 0; i < l.slots.count; i++) {
    slot *file = &TIPL__AT(slot, l.slots, i);
    if (status == TIPL_OK && !hand_over(corpus, file)) status = no_memory(error);
    free_slot(&l.alloc, file);
  }
  tipl__vec_free(&l.slots, &l.alloc);
  return status;
}
