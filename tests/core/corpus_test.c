/* corpus_test.c: many reports as one: order, duplicates, failures, filters, threads, cancelling, memory. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/sha256.h"
#include "tipl.h"

static char root[] = "/tmp/tipl-corpus-XXXXXX";

static void put(const char *name, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", root, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

/* A narrative of one sentence; `end` ends its lines. */
static void put_report(const char *name, const char *country, int year, const char *tier, int cases,
                       const char *end) {
  char text[1024];
  snprintf(text, sizeof text,
           "%d Trafficking in Persons Report: %s%s%s%s (Tier %s)%s%sPROSECUTION%s%sIn %d, police investigated "
           "%d%strafficking cases.%s",
           year, country, end, end, country, tier, end, end, end, end, year - 1, cases, strlen(end) > 1 ? end : " ",
           end);
  put(name, text);
}

static int set_up(void **state) {
  (void)state;
  if (mkdtemp(root) == NULL) return -1;
  put_report("a.txt", "Norway", 2021, "2", 11, "\n");
  put_report("b.txt", "Ghana", 2021, "2", 12, "\n");
  put_report("c.txt", "Norway", 2019, "1", 13, "\n");
  put_report("d.txt", "Norway", 2021, "2", 11, "\r\n"); /* a.txt once more, with other line ends */
  put_report("e.txt", "Norway", 2021, "2", 14, "\n");   /* says something else */
  put("f.txt", "A letter about the weather.\n");
  put("g.txt", "\xFF\xFEUTF-16");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  char command[256];
  snprintf(command, sizeof command, "rm -rf '%s'", root);
  return system(command);
}

static tipl_corpus *load(const tipl_options *options) {
  const char *paths[] = {root, "no/such/file.txt"};
  tipl_corpus *corpus;
  tipl_error error;
  assert_int_equal(tipl_corpus_load(&corpus, paths, 2, options, &error), TIPL_OK);
  return corpus;
}

static const char *name_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

static const char *report_name(const tipl_corpus *corpus, uint32_t i) {
  tipl_outline outline;
  assert_non_null(tipl_corpus_report(corpus, i));
  tipl_report_outline(&outline, tipl_corpus_report(corpus, i));
  return name_of(outline.name);
}

/* Everything of a corpus in one line. */
static void describe(char *out, size_t size, const tipl_corpus *corpus) {
  *out = '\0';
  for (uint32_t i = 0; i < tipl_corpus_count(corpus); i++)
    snprintf(out + strlen(out), size - strlen(out), "%s ", report_name(corpus, i));
  tipl_corpus_duplicate duplicate;
  for (uint32_t i = 0; tipl_corpus_duplicate_at(&duplicate, corpus, i); i++)
    snprintf(out + strlen(out), size - strlen(out), "%s=%s ", name_of(duplicate.path),
             report_name(corpus, duplicate.of));
  tipl_corpus_failure failure;
  for (uint32_t i = 0; tipl_corpus_failure_at(&failure, corpus, i); i++)
    snprintf(out + strlen(out), size - strlen(out), "%s:%s ", name_of(failure.path),
             tipl_status_name(failure.error.status));
}

/* By country, edition, file; what is bad or there twice is listed. However many threads there are. */
static void loads_in_order(void **state) {
  (void)state;
  for (unsigned threads = 0; threads < 6; threads++) {
    tipl_options options = TIPL_OPTIONS_INIT;
    options.threads = threads;
    tipl_corpus *corpus = load(&options);
    char line[512];
    describe(line, sizeof line, corpus);
    assert_string_equal(line, "b.txt c.txt a.txt e.txt d.txt=a.txt f.txt:ENOREPORT g.txt:EENCODING "
                              "file.txt:EIO ");
    assert_null(tipl_corpus_report(corpus, 4));
    assert_true(tipl_corpus_memory(corpus) > 4 * tipl_report_memory(tipl_corpus_report(corpus, 0)) / 2);
    tipl_corpus_unref(corpus);
  }
}

static void filters_reports(void **state) {
  (void)state;
  tipl_corpus *corpus = load(NULL);
  static const struct {
    tipl_report_filter filter;
    const char *names;
  } cases[] = {
      {TIPL_REPORT_FILTER_INIT, "b.txt c.txt a.txt e.txt "},
      {{sizeof(tipl_report_filter), "Norway", 0, 0, 0, 0}, "c.txt a.txt e.txt "},
      {{sizeof(tipl_report_filter), "NOR", 2020, 0, 0, 0}, "a.txt e.txt "},
      {{sizeof(tipl_report_filter), "the norway", 0, 2020, 0, 0}, "c.txt "},
      {{sizeof(tipl_report_filter), NULL, 2021, 2021, 0, 0}, "b.txt a.txt e.txt "},
      {{sizeof(tipl_report_filter), NULL, 0, 0, 1u << TIPL_TIER_1, 0}, "c.txt "},
      {{sizeof(tipl_report_filter), "Chile", 0, 0, 0, 0}, ""},
      {{sizeof(tipl_report_filter), "Nowhere", 0, 0, 0, 0}, ""},
      {{sizeof(tipl_report_filter), "", 0, 0, 0, 0}, ""},
      {{sizeof(tipl_report_filter), NULL, 0, 0, 0, 1u << TIPL_MOVEMENT_UPGRADED}, ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char found[128] = "";
    const tipl_report_filter *f = i == 0 ? NULL : &cases[i].filter;
    for (uint32_t r = tipl_next_report(corpus, f, 0); r != TIPL_NONE; r = tipl_next_report(corpus, f, r + 1))
      snprintf(found + strlen(found), sizeof found - strlen(found), "%s ", report_name(corpus, r));
    assert_string_equal(found, cases[i].names);
  }
  tipl_corpus_unref(corpus);
}

static void filters_facts(void **state) {
  (void)state;
  tipl_corpus *corpus = load(NULL);
  tipl_filter filter = TIPL_FILTER_INIT;
  tipl_report_filter norway = TIPL_REPORT_FILTER_INIT;
  filter.metrics = 1ull << tipl_value(TIPL_VOCAB_METRIC, "investigations", 14);
  norway.country = "Norway";
  norway.first_year = norway.last_year = 2021;
  char found[64] = "";
  for (uint32_t f = tipl_corpus_next_fact(corpus, NULL, &filter, 0); f != TIPL_NONE;
       f = tipl_corpus_next_fact(corpus, NULL, &filter, f + 1)) {
    uint32_t report = tipl_corpus_report_of(corpus, f);
    tipl_fact fact;
    assert_true(tipl_fact_at(&fact, tipl_corpus_report(corpus, report), f - tipl_corpus_first_fact(corpus, report)));
    snprintf(found + strlen(found), sizeof found - strlen(found), "%d ", (int)fact.value.digits);
  }
  assert_string_equal(found, "12 13 11 14 ");
  uint32_t rows = 0;
  for (uint32_t f = tipl_corpus_next_fact(corpus, &norway, &filter, 0); f != TIPL_NONE;
       f = tipl_corpus_next_fact(corpus, &norway, &filter, f + 1))
    rows++;
  assert_int_equal(rows, 2);
  uint32_t all = 0;
  for (uint32_t i = 0; i < tipl_corpus_count(corpus); i++) all += tipl_count(tipl_corpus_report(corpus, i), TIPL_FACTS);
  assert_int_equal(tipl_corpus_facts(corpus), all);
  assert_int_equal(tipl_corpus_report_of(corpus, all), TIPL_NONE);
  assert_int_equal(tipl_corpus_next_fact(corpus, NULL, NULL, all), TIPL_NONE);
  tipl_corpus_unref(corpus);
}

static void options_and_arguments(void **state) {
  (void)state;
  tipl_corpus *corpus;
  tipl_options options = TIPL_OPTIONS_INIT;
  tipl_corpus_failure failure;
  char few[256];
  snprintf(few, sizeof few, "%s/a.txt", root);
  const char *path = few;
  options.max_bytes = 10;
  assert_int_equal(tipl_corpus_load(&corpus, &path, 1, &options, NULL), TIPL_OK);
  assert_int_equal(tipl_corpus_count(corpus), 0);
  assert_true(tipl_corpus_failure_at(&failure, corpus, 0));
  assert_int_equal(failure.error.status, TIPL_ELIMIT);
  assert_int_equal(tipl_corpus_facts(corpus), 0);
  tipl_corpus_ref(corpus);
  tipl_corpus_unref(corpus);
  tipl_corpus_unref(corpus);
  assert_int_equal(tipl_corpus_load(&corpus, NULL, 0, NULL, NULL), TIPL_OK);
  tipl_corpus_unref(corpus);
  assert_int_equal(tipl_corpus_load(&corpus, NULL, 1, NULL, NULL), TIPL_EARG);
  assert_null(corpus);
  assert_int_equal(tipl_corpus_load(NULL, NULL, 0, NULL, NULL), TIPL_EARG);
}

/* ------------------------------------------------------------------ memory and cancelling */

typedef struct heap {
  pthread_mutex_t lock;
  long countdown, live;
} heap;

static void *counting_alloc(void *payload, void *ptr, size_t osize, size_t nsize) {
  heap *h = payload;
  void *out = NULL;
  pthread_mutex_lock(&h->lock);
  if (nsize == 0) {
    if (ptr != NULL) h->live--;
    free(ptr);
  } else if ((ptr != NULL && nsize <= osize) || h->countdown < 0 || (h->countdown > 0 && h->countdown-- > 0)) {
    out = realloc(ptr, nsize);
    if (ptr == NULL) h->live++;
  }
  pthread_mutex_unlock(&h->lock);
  return out;
}

/* The k-th allocation fails, on one thread and on three: ENOMEM, and every block comes back. */
static void runs_out_of_memory(void **state) {
  (void)state;
  const char *paths[] = {root, "no/such/file.txt"};
  for (unsigned threads = 1; threads <= 3; threads += 2) {
    for (long k = 0;; k++) {
      heap h = {PTHREAD_MUTEX_INITIALIZER, k, 0};
      tipl_options options = TIPL_OPTIONS_INIT;
      options.alloc = counting_alloc;
      options.alloc_payload = &h;
      options.threads = threads;
      tipl_corpus *corpus;
      tipl_error error;
      tipl_status status = tipl_corpus_load(&corpus, paths, 2, &options, &error);
      tipl_corpus_unref(corpus);
      assert_int_equal(h.live, 0);
      if (status == TIPL_OK) {
        assert_true(k > 50);
        break;
      }
      assert_null(corpus);
      assert_int_equal(status, TIPL_ENOMEM);
      assert_int_equal(error.status, TIPL_ENOMEM);
    }
  }
}

typedef struct watch {
  pthread_t caller;
  int calls, cancel_at;
} watch;

static int progress(void *payload, size_t done, size_t total) {
  watch *w = payload;
  assert_true(pthread_equal(pthread_self(), w->caller));
  assert_int_equal(total, 8);
  assert_true(done <= total);
  return w->calls++ == w->cancel_at;
}

static void cancels(void **state) {
  (void)state;
  const char *paths[] = {root, "no/such/file.txt"};
  for (unsigned threads = 1; threads <= 3; threads += 2) {
    heap h = {PTHREAD_MUTEX_INITIALIZER, -1, 0};
    watch w = {pthread_self(), 0, 0};
    tipl_options options = TIPL_OPTIONS_INIT;
    options.alloc = counting_alloc;
    options.alloc_payload = &h;
    options.threads = threads;
    options.progress = progress;
    options.progress_payload = &w;
    tipl_corpus *corpus;
    tipl_error error;
    assert_int_equal(tipl_corpus_load(&corpus, paths, 2, &options, &error), TIPL_ECANCEL);
    assert_int_equal(error.status, TIPL_ECANCEL);
    assert_null(corpus);
    assert_int_equal(h.live, 0);
    w.calls = 0;
    w.cancel_at = 1000;
    assert_int_equal(tipl_corpus_load(&corpus, paths, 2, &options, &error), TIPL_OK);
    assert_true(w.calls > (threads == 1 ? 8 : 0));
    tipl_corpus_unref(corpus);
  }
}

/* ------------------------------------------------------------------ digests */

/* The examples of FIPS 180-4: "abc", the empty text, and a million letters a in uneven pieces. */
static void sha256(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int times;
    const char *hex;
  } cases[] = {{"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
               {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
               {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
               {"aaaaaaaaaaaaaaaaaaaaaaaaa", 40000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tipl__sha256 hash;
    unsigned char out[32];
    char hex[65];
    tipl__sha256_start(&hash);
    for (int k = 0; k < cases[i].times; k++) tipl__sha256_add(&hash, cases[i].text, strlen(cases[i].text));
    tipl__sha256_end(out, &hash);
    for (int k = 0; k < 32; k++) snprintf(hex + 2 * k, 3, "%02x", out[k]);
    assert_string_equal(hex, cases[i].hex);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(loads_in_order), cmocka_unit_test(filters_reports),
      cmocka_unit_test(filters_facts),  cmocka_unit_test(options_and_arguments),
      cmocka_unit_test(runs_out_of_memory), cmocka_unit_test(cancels), cmocka_unit_test(sha256)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
