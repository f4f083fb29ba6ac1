/* walk_test.c: which files paths, folders and patterns name, in which order, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tipl.h"

static char root[] = "/tmp/tipl-walk-XXXXXX";

static void put(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", root, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fclose(file);
}

static void folder(const char *name) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", root, name);
  assert_int_equal(mkdir(path, 0700), 0);
}

/* root: B.txt a.txt notes.md .hidden.txt, a link back up, and folders with more */
static int set_up(void **state) {
  (void)state;
  if (mkdtemp(root) == NULL) return -1;
  folder("c"), folder("c/deep"), folder("empty"), folder(".git");
  put("a.txt"), put("B.txt"), put("notes.md"), put(".hidden.txt"), put("c/z.HTML"), put("c/a.txt.gz");
  put("c/deep/x.pdf"), put("c/deep/x.gz"), put(".git/d.txt"), put("file[1].txt");
  char link[256];
  snprintf(link, sizeof link, "%s/c/up", root);
  return symlink(root, link);
}

static int tear_down(void **state) {
  (void)state;
  char command[256];
  snprintf(command, sizeof command, "rm -rf '%s'", root);
  return system(command);
}

/* The walk as text: paths below root, each with "\n"; "!" before what failed. */
static const char *walk_of(const char *const *names, size_t count, size_t *skipped) {
  static char out[2048];
  char paths[4][256];
  const char *given[4];
  for (size_t i = 0; i < count; i++) {
    snprintf(paths[i], sizeof paths[i], "%s%s", root, names[i]);
    given[i] = paths[i];
  }
  tipl_walk *walk;
  assert_int_equal(tipl_walk_new(&walk, given, count, NULL), TIPL_OK);
  out[0] = '\0';
  for (;;) {
    const char *path;
    tipl_error error;
    tipl_status status = tipl_walk_next(&path, walk, &error);
    if (path == NULL) break;
    if (status != TIPL_OK) assert_int_equal(error.status, status);
    assert_memory_equal(path, root, strlen(root));
    snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s\n", status == TIPL_OK ? "" : "!",
             path + strlen(root));
  }
  *skipped = tipl_walk_skipped(walk);
  tipl_walk_free(walk);
  return out;
}

static void goes_through_folders(void **state) {
  (void)state;
  size_t skipped;
  const char *all[] = {""};
  assert_string_equal(walk_of(all, 1, &skipped),
                      "/B.txt\n/a.txt\n/c/a.txt.gz\n/c/deep/x.pdf\n!/c/up\n/c/z.HTML\n/file[1].txt\n");
  assert_int_equal(skipped, 2); /* notes.md, x.gz */
  const char *slash[] = {"/c/deep/"};
  assert_string_equal(walk_of(slash, 1, &skipped), "/c/deep/x.pdf\n");
  const char *empty[] = {"/empty"};
  assert_string_equal(walk_of(empty, 1, &skipped), "");
}

static void takes_what_is_named(void **state) {
  (void)state;
  size_t skipped;
  const char *named[] = {"/notes.md", "/none.txt", "/.hidden.txt"};
  assert_string_equal(walk_of(named, 3, &skipped), "/notes.md\n/none.txt\n/.hidden.txt\n");
  assert_int_equal(skipped, 0);
}

static void expands_patterns(void **state) {
  (void)state;
  size_t skipped;
  const char *pattern[] = {"/[aB]*.txt", "/*.doc", "/file[1].txt"};
  assert_string_equal(walk_of(pattern, 3, &skipped), "/B.txt\n/a.txt\n!/*.doc\n/file[1].txt\n");
  const char *folders[] = {"/d*p", "/c/d*"};
  assert_string_equal(walk_of(folders, 2, &skipped), "!/d*p\n/c/deep/x.pdf\n");
}

static long countdown, live;

static void *failing_alloc(void *payload, void *ptr, size_t osize, size_t nsize) {
  (void)payload;
  if (nsize == 0) {
    if (ptr != NULL) live--;
    free(ptr);
    return NULL;
  }
  if ((ptr == NULL || nsize > osize) && countdown-- == 0) return NULL;
  if (ptr == NULL) live++;
  return realloc(ptr, nsize);
}

/* However early memory runs out, it is said, and every block comes back. */
static void runs_out_of_memory(void **state) {
  (void)state;
  char pattern[64];
  snprintf(pattern, sizeof pattern, "%s/*", root);
  const char *paths[] = {root, pattern};
  tipl_options options = TIPL_OPTIONS_INIT;
  options.alloc = failing_alloc;
  for (long k = 0;; k++) {
    tipl_walk *walk;
    const char *path = NULL;
    countdown = k;
    tipl_status status = tipl_walk_new(&walk, paths, 2, &options);
    size_t files = 0;
    while (status == TIPL_OK || status == TIPL_EIO) {
      status = tipl_walk_next(&path, walk, NULL);
      if (status == TIPL_OK && path == NULL) break;
      files += status == TIPL_OK;
    }
    tipl_walk_free(walk);
    assert_int_equal(live, 0);
    if (status == TIPL_OK) {
      assert_true(k > 10);
      /* 6 of the folder; 7 by the pattern (notes.md too) and 3 by its link up, which ends where it meets c */
      assert_int_equal(files, 16);
      return;
    }
    assert_int_equal(status, TIPL_ENOMEM);
  }
}

static void refuses_arguments(void **state) {
  (void)state;
  tipl_walk *walk;
  assert_int_equal(tipl_walk_new(NULL, NULL, 0, NULL), TIPL_EARG);
  assert_int_equal(tipl_walk_new(&walk, NULL, 1, NULL), TIPL_EARG);
  assert_null(walk);
  tipl_walk_free(NULL);
  assert_int_equal(tipl_narratives("x", NULL, NULL, NULL, NULL), TIPL_EARG);
}

static int count_reports(void *payload, tipl_report *report) {
  (*(int *)payload)++;
  tipl_report_unref(report);
  return *(int *)payload < 0;
}

static void gives_narratives(void **state) {
  (void)state;
  int count = 0;
  tipl_error error;
  assert_int_equal(tipl_narratives("examples/reports/valdoria-2021.txt", NULL, count_reports, &count, &error),
                   TIPL_OK);
  assert_int_equal(count, 1);
  assert_int_equal(tipl_narratives("no/such/file", NULL, count_reports, &count, &error), TIPL_EIO);
  assert_int_equal(count, 1);
  count = -9;
  assert_int_equal(tipl_narratives("examples/reports/valdoria-2021.txt", NULL, count_reports, &count, &error),
                   TIPL_ECANCEL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goes_through_folders), cmocka_unit_test(takes_what_is_named),
      cmocka_unit_test(expands_patterns),     cmocka_unit_test(runs_out_of_memory),
      cmocka_unit_test(refuses_arguments),    cmocka_unit_test(gives_narratives)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
