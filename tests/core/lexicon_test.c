/* lexicon_test.c: the compiled tables: every word is found again, the longest term wins, and what
 * a term holds is within its class. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <string.h>

#include "lexicon/lexicon.h"

/* The word number of a spelling, which need not be followed by readable bytes. */
static uint16_t find(const char *spelling) {
  char text[128] = "";
  size_t length = strlen(spelling);
  assert_true(length + 16 < sizeof text);
  memcpy(text, spelling, length);
  memset(text + length, 'z', 16); /* what follows does not matter */
  return tipl__word_find(text, (uint32_t)length);
}

static void words_are_found(void **state) {
  (void)state;
  assert_true(TIPL__WORDS > 500);
  for (uint32_t i = 0; i < TIPL__WORDS; i++) {
    char upper[128];
    const char *word = tipl__word_text[i];
    size_t length = strlen(word);
    assert_true(length > 0 && length <= TIPL__WORD_LONGEST);
    for (size_t k = 0; k <= length; k++) upper[k] = (char)toupper((unsigned char)word[k]);
    if (find(word) != TIPL__WORD_FIRST + i) fail_msg("'%s' is not found", word);
    if (find(upper) != TIPL__WORD_FIRST + i) fail_msg("'%s' is not found", upper);
  }
}

static void unknown_words(void **state) {
  (void)state;
  static const char *const none[] = {"qwertz", "victimsx", "victim_", "x", "traffickingtraffickingtrafficking"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    if (find(none[i]) != TIPL__WORD_OTHER) fail_msg("'%s' is found", none[i]);
  assert_int_equal(find("victims"), find("Victims"));
  assert_int_not_equal(find("victim"), find("victims"));
}

static const tipl__node *match(const char *text, uint32_t *length) {
  uint16_t words[16];
  uint32_t count = 0;
  char copy[256];
  assert_true(strlen(text) < sizeof copy);
  strcpy(copy, text);
  for (char *at = strtok(copy, " "); at != NULL; at = strtok(NULL, " ")) words[count++] = find(at);
  *length = 0;
  return tipl__match(words, count, length);
}

static bool has(const tipl__node *node, int class, int value) {
  for (uint32_t i = 0; node != NULL && i < node->terms; i++)
    if (tipl__terms[node->term + i].class == class && tipl__terms[node->term + i].value == value) return true;
  return false;
}

static void longest_term(void **state) {
  (void)state;
  uint32_t length;
  assert_true(has(match("compared with 12", &length), TIPL__TERM_COMPARE, TIPL__COMPARE_WITH));
  assert_int_equal(length, 2);
  assert_true(has(match("of those five", &length), TIPL__TERM_PART, TIPL__PART_OF));
  assert_int_equal(length, 2);
  assert_true(has(match("of qwertz", &length), TIPL__TERM_CLAUSE, TIPL__CLAUSE_OF)); /* a shorter one stands */
  assert_int_equal(length, 1);
  assert_true(has(match("in the zxcvb", &length), TIPL__TERM_CLAUSE, TIPL__CLAUSE_IN)); /* longer begun, not ended */
  assert_int_equal(length, 1);
  assert_true(has(match("Did Not act", &length), TIPL__TERM_NEGATION, TIPL__NEGATION_NOT));
  assert_int_equal(length, 2);
  assert_null(match("qwertz of those", &length));
  assert_null(tipl__match(NULL, 0, &length));
}

static void marks_begin_no_term(void **state) {
  (void)state;
  uint32_t length;
  const uint16_t marks[] = {'$', TIPL__WORD_NUMBER, TIPL__WORD_OTHER, TIPL__WORD_DASH};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) assert_null(tipl__match(marks + i, 1, &length));
  assert_true(tipl__nodes[tipl__word_node['$']].signs == UINT64_C(1) << TIPL__SIGN_MARK);
  assert_true((tipl__nodes[tipl__word_node[TIPL__WORD_DASH]].signs >> TIPL__SIGN_DASH & 1) != 0);
  assert_true(tipl__nodes[tipl__word_node[TIPL__WORD_NUMBER]].signs == 0);
  assert_true(tipl__nodes[tipl__word_node[TIPL__WORD_OTHER]].signs == 0);
}

static void several_classes(void **state) {
  (void)state;
  uint32_t length;
  const tipl__node *node = match("convicted", &length);
  assert_true(has(node, TIPL__TERM_VERB, TIPL__METRIC_CONVICTIONS));
  node = match("victims", &length);
  assert_true(has(node, TIPL__TERM_HEAD, TIPL__HEAD_VICTIM));
  uint64_t classes = 0;
  for (uint32_t i = 0; i < node->terms; i++) classes |= UINT64_C(1) << tipl__terms[node->term + i].class;
  assert_true(classes == node->classes);
  node = match("but", &length);
  assert_true(node->signs == UINT64_C(1) << TIPL__CLAUSE_BUT);
}

/* Every edge of the tree leads to a node of its own, by a word that exists. */
static void tree(void **state) {
  (void)state;
  uint32_t terms = 0;
  for (uint32_t i = TIPL__WORD_FIRST; i < TIPL__WORDS + TIPL__WORD_BASE; i++) {
    uint32_t stack[256], depth = 0;
    if (tipl__word_node[i] != 0) stack[depth++] = tipl__word_node[i];
    while (depth > 0) {
      const tipl__node *node = &tipl__nodes[stack[--depth]];
      assert_true(node->terms > 0 || node->edges > 0);
      for (uint32_t t = 0; t < node->terms; t++) {
        assert_true((node->classes >> tipl__terms[node->term + t].class & 1) != 0);
        terms++;
      }
      for (uint32_t e = 0; e < node->edges; e++) {
        const tipl__edge *edge = &tipl__edges[node->edge + e];
        assert_in_range(edge->word, 1, TIPL__WORD_FIRST + TIPL__WORDS - 1);
        assert_true(edge->node != 0);
        assert_true(depth < sizeof stack / sizeof *stack);
        stack[depth++] = edge->node;
      }
    }
  }
  assert_true(terms > 500);
}

/* What the words of a text announce; a sentence is read only for that. */
static uint32_t announced(const char *text) {
  char copy[256];
  uint32_t found = 0;
  assert_true(strlen(text) < sizeof copy);
  strcpy(copy, text);
  for (char *at = strtok(copy, " "); at != NULL; at = strtok(NULL, " ")) found |= tipl__word_flags[find(at)];
  return found;
}

static void flags(void **state) {
  (void)state;
  assert_true((tipl__word_flags[TIPL__WORD_NUMBER] & TIPL__MAY_COUNT) != 0);
  assert_true((announced("eleven victims") & TIPL__MAY_COUNT) != 0);
  assert_true((announced("did not convict any traffickers") & TIPL__MAY_DENY) != 0);
  assert_true((announced("for the fourth consecutive year") & TIPL__MAY_JUDGE) != 0);
  assert_true((tipl__word_flags['('] & TIPL__MAY_NAME) != 0);
  assert_int_equal(announced("qwertz asdfg"), 0);
}

static void metrics(void **state) {
  (void)state;
  for (int i = 0; i < TIPL__METRICS; i++) {
    assert_non_null(tipl__metric_names[i]);
    for (int k = 0; k < i; k++) assert_string_not_equal(tipl__metric_names[i], tipl__metric_names[k]);
  }
  assert_string_equal(tipl__metric_names[TIPL__METRIC_FUNDING], "funding");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_are_found), cmocka_unit_test(unknown_words),       cmocka_unit_test(longest_term),
      cmocka_unit_test(several_classes), cmocka_unit_test(marks_begin_no_term), cmocka_unit_test(tree),
      cmocka_unit_test(flags),           cmocka_unit_test(metrics)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
