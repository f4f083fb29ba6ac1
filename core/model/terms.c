/* terms.c: the lexicon's terms in the text of a finished report, for those who write rules over it. The
 * columns keep each token's word; what begins there is looked up when asked, and nothing is stored. */
#include "lexicon/overlay.h"
#include "model/report.h"

enum { MOST_TOKENS = 16 }; /* of one term */

uint32_t tipl_term_class(const char *name, size_t length) {
  for (uint32_t i = 1; name != NULL && i < TIPL__TERM_CLASSES; i++)
    if (strlen(tipl__term_class_names[i]) == length && memcmp(tipl__term_class_names[i], name, length) == 0) return i;
  return TIPL_NONE;
}

const char *tipl_term_class_name(uint32_t class) {
  return class > 0 && class < TIPL__TERM_CLASSES ? tipl__term_class_names[class] : NULL;
}

/* The word of a token: looked up anew, since a report keeps none. Marks and numbers begin no term. */
static uint16_t word_at(const tipl_report *report, uint32_t token) {
  const char *text = report->text + report->token_start[token];
  unsigned char first = (unsigned char)*text;
  bool letter = (first | 0x20) - 'a' + 0u < 26u || first >= 0x80;
  return letter ? tipl__word_find(text, report->token_length[token]) : TIPL__WORD_OTHER;
}

/* The same inside a term, where a mark of ASCII is its own number. */
static uint16_t inner_word(const tipl_report *report, uint32_t token) {
  unsigned char first = (unsigned char)report->text[report->token_start[token]];
  bool mark = first < 0x80 && !((first | 0x20) - 'a' + 0u < 26u) && !(first - '0' + 0u < 10u);
  return mark && report->token_length[token] == 1 ? first : word_at(report, token);
}

/* The classes of the caller's own words that may begin with a token. */
static uint64_t own_classes(const tipl_report *report, uint32_t token) {
  const tipl_lexicon *l = report->lexicon;
  uint32_t bucket = tipl__overlay_bucket(report->text + report->token_start[token], report->token_length[token], word_at(report, token));
  uint64_t classes = 0;
  for (uint32_t at = l->bucket[bucket]; at != TIPL_NONE; at = TIPL__AT(tipl__form, l->forms, at).next)
    classes |= TIPL__AT(tipl__form, l->forms, at).own;
  return classes;
}

uint64_t tipl_terms_begin(const tipl_report *report, uint32_t token, uint32_t count) {
  uint64_t classes = 0;
  for (uint32_t i = token; i < report->count[TIPL_TOKENS] && i - token < count; i++)
    classes |= tipl__word_begins[word_at(report, i)];
  if (report->lexicon != NULL)
    for (uint32_t i = token; i < report->count[TIPL_TOKENS] && i - token < count; i++) classes |= own_classes(report, i);
  return classes;
}

/* The metric that a term speaks of. Row 0 stands for "none" in the table of heads, where no head has it. */
static uint32_t metric_of(const tipl__term *term) {
  switch (term->class) {
    case TIPL__TERM_VERB:
    case TIPL__TERM_NOUN: return (uint32_t)term->value;
    case TIPL__TERM_HEAD: return term->a > 0 ? (uint32_t)term->a : TIPL_NONE;
    default: return TIPL_NONE;
  }
}

static const char *word_of(const tipl_report *report, const tipl__term *term) {
  switch (term->class) {
    case TIPL__TERM_NATION: return tipl__nation_iso3[term->value];
    case TIPL__TERM_ACTOR: return tipl_word(TIPL_VOCAB_SOURCE, (uint32_t)term->value);
    case TIPL__TERM_FORM: return tipl_word(TIPL_VOCAB_FORM, (uint32_t)term->value);
    case TIPL__TERM_STATUS: return tipl_word(TIPL_VOCAB_STATUS, (uint32_t)term->value);
    case TIPL__TERM_MOVEMENT: return tipl_word(TIPL_VOCAB_MOVEMENT, (uint32_t)term->value);
    case TIPL__TERM_PHASE: return tipl_word(TIPL_VOCAB_PHASE, (uint32_t)term->value);
    default: return metric_of(term) == TIPL_NONE ? NULL : tipl_metric_name(report->lexicon, metric_of(term));
  }
}

/* The first of a node's terms that is of the classes and, where one is asked for, of the metric. */
static const tipl__term *pick(const tipl__node *node, uint64_t classes, uint32_t metric) {
  if ((node->classes & classes) == 0) return NULL;
  for (uint16_t i = 0; i < node->terms; i++) {
    const tipl__term *term = &tipl__terms[node->term + i];
    if ((classes >> term->class & 1) != 0 && (metric == TIPL_NONE || metric_of(term) == metric)) return term;
  }
  return NULL;
}

/* The longest of the core's terms that begins at a token, and its tokens in *tokens. */
static const tipl__term *core_term(const tipl_report *report, uint32_t token, uint64_t classes, uint32_t metric, uint32_t *tokens) {
  uint32_t end = report->count[TIPL_TOKENS];
  uint16_t word = word_at(report, token);
  if (word < TIPL__WORD_FIRST || (tipl__word_begins[word] & classes) == 0) return NULL;
  uint32_t most = end - token < MOST_TOKENS ? end - token : MOST_TOKENS;
  uint16_t at = tipl__word_node[word];
  const tipl__term *best = NULL;
  for (uint32_t i = 1; at != 0; i++) {
    const tipl__node *node = &tipl__nodes[at];
    const tipl__term *term = pick(node, classes, metric);
    if (term != NULL) best = term, *tokens = i;
    at = 0;
    if (node->edges == 0 || i == most) break;
    word = inner_word(report, token + i);
    for (uint16_t e = 0; e < node->edges; e++)
      if (tipl__edges[node->edge + e].word == word) at = tipl__edges[node->edge + e].node;
  }
  return best;
}

/* The longest of the caller's own. */
static const tipl__term *own_term(const tipl_report *report, uint32_t token, uint64_t classes, uint32_t metric, uint32_t *tokens) {
  uint16_t word[TIPL__FORM_TOKENS];
  const tipl__term *term;
  tipl__run run = {report->text, report->token_start + token, report->token_length + token, word, report->count[TIPL_TOKENS] - token};
  if (run.count > TIPL__FORM_TOKENS) run.count = TIPL__FORM_TOKENS;
  for (uint32_t i = 0; i < run.count; i++) word[i] = inner_word(report, token + i);
  const tipl__form *form = tipl__overlay_match(report->lexicon, &run, classes, metric, &term);
  if (form == NULL) return NULL;
  *tokens = form->tokens;
  return term;
}

int tipl_term_at(tipl_term *out, const tipl_report *report, uint32_t token, uint64_t classes, uint32_t metric) {
  if (token >= report->count[TIPL_TOKENS]) return 0;
  uint32_t tokens = 0, own_tokens = 0;
  const tipl__term *best = core_term(report, token, classes, metric, &tokens), *own = NULL;
  if (report->lexicon != NULL) own = own_term(report, token, classes, metric, &own_tokens);
  const uint64_t acts = TIPL__CLASS(VERB) | TIPL__CLASS(NOUN);
  bool taken = report->lexicon != NULL && best != NULL && (acts >> best->class & 1) != 0; /* by a word that replaces it */
  uint32_t any_tokens = 0;
  if (taken && own_term(report, token, acts, TIPL_NONE, &any_tokens) != NULL && any_tokens == tokens) best = NULL;
  if (own != NULL && own_tokens >= tokens) best = own, tokens = own_tokens;
  if (best == NULL) return 0;
  out->tokens = tokens;
  uint32_t last = token + out->tokens - 1;
  out->kind = best->class;
  out->metric = metric_of(best);
  out->word = word_of(report, best);
  out->span.offset = report->token_start[token];
  out->span.length = report->token_start[last] + report->token_length[last] - out->span.offset;
  out->span = tipl_source_span(report, out->span);
  return 1;
}
