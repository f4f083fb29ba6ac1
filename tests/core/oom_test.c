/* oom_test.c: fails the k-th allocation, for k = 0, 1, 2 …, until the task succeeds. Every failing try must
 * say TIPL_ENOMEM, hand out nothing and give every block back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "tipl.h"

#define SAMPLE "examples/reports/valdoria-2021.txt"

typedef struct heap {
  long countdown; /* allocations that still succeed; negative: all do */
  long live;      /* blocks handed out */
  size_t bytes;   /* held, by the sizes that the core states */
  int denied;
} heap;

/* Growing fails like allocating; shrinking and freeing always work, as Lua demands of its allocator. */
static void *failing_alloc(void *payload, void *ptr, size_t osize, size_t nsize) {
  heap *h = payload;
  if (ptr == NULL) osize = 0;
  if (nsize == 0) {
    if (ptr != NULL) {
      h->live--;
      h->bytes -= osize;
    }
    free(ptr);
    return NULL;
  }
  if (nsize > osize) {
    if (h->countdown == 0) {
      h->denied = 1;
      return NULL;
    }
    if (h->countdown > 0) h->countdown--;
  }
  /* Always a new block, so that a stale pointer to the old one is seen by the sanitizers. */
  void *block = malloc(nsize);
  assert_non_null(block);
  memset(block, 0xA5, nsize);
  if (ptr != NULL) {
    memcpy(block, ptr, osize < nsize ? osize : nsize);
    free(ptr);
  } else {
    h->live++;
  }
  h->bytes += nsize - osize;
  return block;
}

static char *sample;
static size_t sample_size;

static int read_sample(void **state) {
  (void)state;
  FILE *file = fopen(SAMPLE, "rb");
  if (file == NULL) return -1;
  sample = malloc(1 << 20);
  sample_size = sample == NULL ? 0 : fread(sample, 1, 1 << 20, file);
  fclose(file);
  return sample_size > 0 ? 0 : -1;
}

static int free_sample(void **state) {
  (void)state;
  free(sample);
  return 0;
}

/* What a caller does with a report; none of it allocates. */
static void use(const tipl_report *report) {
  tipl_filter filter = TIPL_FILTER_INIT;
  filter.states = 1u << TIPL_STATE_STATED;
  uint32_t rows = 0;
  for (uint32_t row = tipl_next_fact(report, &filter, 0); row != TIPL_NONE;
       row = tipl_next_fact(report, &filter, row + 1)) {
    tipl_fact fact;
    assert_int_equal(tipl_fact_at(&fact, report, row), 1);
    rows++;
  }
  assert_int_equal(rows, tipl_count_facts(report, &filter));
  tipl_total total;
  tipl_sum_facts(&total, report, &filter);
}

typedef tipl_status task(tipl_report **out, const tipl_options *options, tipl_error *error);

static tipl_status parse(tipl_report **out, const tipl_options *options, tipl_error *error) {
  return tipl_report_parse(out, sample, sample_size, "valdoria-2021.txt", options, error);
}

static tipl_status open_file(tipl_report **out, const tipl_options *options, tipl_error *error) {
  return tipl_report_open(out, SAMPLE, options, error);
}

/* A currency that the lexicon does not know, kept as printed. */
static tipl_status parse_plain(tipl_report **out, const tipl_options *options, tipl_error *error) {
  static const char text[] = "The government allocated 4.1 million zorkmids ($468,930) in 2020, compared with "
                             "2 million zorkmids in 2019. It identified 12 victims.";
  tipl_options plain = *options;
  plain.plain = 1;
  plain.country = "NOR";
  return tipl_report_parse(out, text, sizeof text - 1, NULL, &plain, error);
}

/* Windows-1252: the bytes are kept beside the text, with a map. */
static tipl_status parse_mapped(tipl_report **out, const tipl_options *options,
                                tipl_error *error) {
  static const char text[] = "NORWAY: Tier 2\n\nPROTECTION\n\nThe government\x92s caf\xE9s identi-\nfied 12 vic\xADtims.";
  return tipl_report_parse(out, text, sizeof text - 1, NULL, options, error);
}

/* A page: gumbo's blocks come from the same allocator. */
static tipl_status parse_page(tipl_report **out, const tipl_options *options, tipl_error *error) {
  static const char text[] = "<html><body><h1>NORWAY: Tier 2</h1><h2>PROTECTION</h2><p>The government&rsquo;s <b>team</b> "
                             "identified 12 victims of trafficking.</p></body></html>";
  tipl_options plain = *options;
  plain.plain = 1; /* without gumbo it is text */
  return tipl_report_parse(out, text, sizeof text - 1, NULL, &plain, error);
}

/* Words of the caller's own, from the same allocator; the report keeps them. */
static tipl_status parse_own_words(tipl_report **out, const tipl_options *options, tipl_error *error) {
  static const char text[] = "NORWAY: Tier 2\n\nPROTECTION\n\nIn 2020, police deported 37 migrants and stormed nine kilns.";
  static const char *const verbs[] = {"deported", "deport", "stormed"}, *const nouns[] = {"deported", "expulsion orders"};
  tipl_options with = *options;
  tipl_lexicon *lexicon;
  tipl_lexicon_words words = TIPL_LEXICON_WORDS_INIT;
  words.metric = "deportations", words.nouns = nouns, words.noun_count = 2, words.verbs = verbs, words.verb_count = 3, words.replace = 1;
  *out = NULL;
  tipl_status status = tipl_lexicon_new(&lexicon, NULL, options, error);
  if (status == TIPL_OK) status = tipl_lexicon_add(lexicon, &words, error);
  with.lexicon = lexicon;
  if (status == TIPL_OK) status = tipl_report_parse(out, text, sizeof text - 1, NULL, &with, error);
  tipl_lexicon_unref(lexicon);
  return status;
}

static int keep_last(void *payload, tipl_report *report) {
  tipl_report **last = payload;
  tipl_report_unref(*last);
  *last = report;
  return 0;
}

/* A whole edition, of which the last narrative is kept. */
static tipl_status read_edition(tipl_report **out, const tipl_options *options, tipl_error *error) {
  *out = NULL;
  tipl_status status = tipl_narratives("tests/pages/edition.txt", options, keep_last, out, error);
  if (status == TIPL_OK) return status;
  tipl_report_unref(*out);
  *out = NULL;
  return status;
}

static void sweep(task *run) {
  for (long k = 0;; k++) {
    assert_true(k < 100000);
    heap h = {k, 0, 0, 0};
    tipl_options options = TIPL_OPTIONS_INIT;
    options.alloc = failing_alloc;
    options.alloc_payload = &h;
    tipl_report *report = (tipl_report *)&h; /* must be overwritten */
    tipl_error error;
    memset(&error, 0x5A, sizeof error);
    tipl_status status = run(&report, &options, &error);
    if (status == TIPL_OK) {
      assert_false(h.denied);
      assert_true(h.live > 0);
      assert_true(k > 0);
      if (run != read_edition && run != parse_own_words) assert_int_equal(tipl_report_memory(report), h.bytes);
      use(report);
      tipl_report_unref(report);
    } else {
      assert_int_equal(status, TIPL_ENOMEM);
      assert_null(report);
      assert_int_equal(error.status, TIPL_ENOMEM);
      assert_true(error.message[0] != '\0');
    }
    assert_int_equal(h.live, 0);
    assert_int_equal(h.bytes, 0);
    if (status == TIPL_OK) {
      print_message("%ld points of failure\n", k);
      return;
    }
  }
}

static void sweep_parse(void **state) {
  (void)state;
  sweep(parse);
}

static void sweep_open(void **state) {
  (void)state;
  sweep(open_file);
}

static void sweep_plain(void **state) {
  (void)state;
  sweep(parse_plain);
}

static void sweep_mapped(void **state) {
  (void)state;
  sweep(parse_mapped);
}

static void sweep_page(void **state) {
  (void)state;
  sweep(parse_page);
}

static void sweep_own_words(void **state) {
  (void)state;
  sweep(parse_own_words);
}

static void sweep_edition(void **state) {
  (void)state;
  sweep(read_edition);
}

/* A failure on the way, other than of memory, gives every block back too. */
static void failures_free(void **state) {
  (void)state;
  static const struct { const char *text; tipl_status status; } bad[] = {
    {"no narrative", TIPL_ENOREPORT}, {"broken \x81 byte", TIPL_EENCODING}, {"", TIPL_ENOREPORT}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    heap h = {-1, 0, 0, 0};
    tipl_options options = TIPL_OPTIONS_INIT;
    options.alloc = failing_alloc;
    options.alloc_payload = &h;
    tipl_report *report;
    assert_int_equal(tipl_report_parse(&report, bad[i].text, strlen(bad[i].text), NULL, &options, NULL),
                     bad[i].status);
    assert_null(report);
    assert_int_equal(h.live, 0);
    assert_int_equal(tipl_report_open(&report, "no/such/file", &options, NULL), TIPL_EIO);
    assert_int_equal(h.live, 0);
  }
}

static int cancel_at; /* calls of the callback before it cancels */

static int progress(void *payload, size_t done, size_t total) {
  (void)payload;
  assert_true(done <= total);
  return cancel_at-- == 0;
}

/* The progress callback can stop at each of its calls, and nothing is kept. */
static void cancel(void **state) {
  (void)state;
  for (int k = 0;; k++) {
    heap h = {-1, 0, 0, 0};
    tipl_options options = TIPL_OPTIONS_INIT;
    options.alloc = failing_alloc;
    options.alloc_payload = &h;
    options.progress = progress;
    cancel_at = k;
    tipl_report *report;
    tipl_status status = parse(&report, &options, NULL);
    tipl_report_unref(report);
    assert_int_equal(h.live, 0);
    if (status == TIPL_OK) {
      assert_true(k > 0);
      return;
    }
    assert_int_equal(status, TIPL_ECANCEL);
    assert_null(report);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sweep_parse), cmocka_unit_test(sweep_open), cmocka_unit_test(sweep_plain),
    cmocka_unit_test(sweep_mapped),
    cmocka_unit_test(sweep_page), cmocka_unit_test(sweep_own_words), cmocka_unit_test(sweep_edition),
    cmocka_unit_test(failures_free), cmocka_unit_test(cancel)};
  return cmocka_run_group_tests(tests, read_sample, free_sample);
}
