/* scene.c: tokens and measures of a sentence as a row of elements. Called by facts.c. */
#include "facts/scene.h"

static bool is_mark(uint16_t word) {
  return word < TIPL__WORD_FIRST && word != TIPL__WORD_NUMBER && word != TIPL__WORD_OTHER;
}

/* The longest measure that begins at a byte, among the unit's; TIPL_NONE for none. *next moves past the
 * measures that begin before it. */
static uint32_t measure_from(const tipl__scene *s, uint32_t offset, uint32_t *next) {
  uint32_t end = s->first_measure + s->measures, best = TIPL_NONE;
  while (*next < end && tipl__measure_of(s, *next)->span.offset < offset) (*next)++;
  for (uint32_t i = *next; i < end && tipl__measure_of(s, i)->span.offset == offset; i++)
    if (best == TIPL_NONE || tipl__measure_of(s, i)->span.length > tipl__measure_of(s, best)->span.length)
      best = i;
  return best;
}

bool tipl__scene_read(tipl__scene *scene, const tipl__unit *unit, uint32_t limit) {
  const tipl__build *build = scene->build;
  const uint32_t *start = build->token_start.data;
  const uint16_t *length = build->token_length.data, *word = build->token_word.data;
  uint32_t end = unit->token + (unit->tokens < limit ? unit->tokens : limit);
  uint32_t next = scene->first_measure;
  uint8_t depth = 0;
  scene->elements.count = scene->groups.count = scene->drafts.count = 0;
  for (uint32_t i = unit->token; i < end;) {
    tipl__element *e = tipl__vec_push(&scene->elements, &build->alloc);
    if (e == NULL) return false;
    e->token = i;
    e->tokens = 1;
    e->measure = measure_from(scene, start[i], &next);
    if (e->measure != TIPL_NONE) {
      tipl_span span = tipl__measure_of(scene, e->measure)->span;
      while (i + e->tokens < end && start[i + e->tokens] < span.offset + span.length) e->tokens++;
    } else if (is_mark(word[i])) {
      e->mark = word[i];
      if (e->mark == ')' && depth > 0) depth--;
    } else {
      uint32_t matched = 1;
      e->node = tipl__match(word + i, end - i, &matched);
      if (e->node != NULL) e->tokens = matched;
    }
    e->depth = depth;
    if (e->mark == '(' && depth < UINT8_MAX) depth++;
    i += e->tokens;
  }
  (void)length;
  return true;
}

tipl_span tipl__span_of(const tipl__scene *s, uint32_t first, uint32_t last) {
  const tipl__element *a = tipl__element_at(s, first), *b = tipl__element_at(s, last);
  uint32_t token = b->token + b->tokens - 1;
  uint32_t begin = TIPL__AT(uint32_t, s->build->token_start, a->token);
  uint32_t end = TIPL__AT(uint32_t, s->build->token_start, token) +
                 TIPL__AT(uint16_t, s->build->token_length, token);
  tipl_span span = {begin, end - begin};
  return span;
}

bool tipl__ends_in(const tipl__scene *s, uint32_t element, const char *ending) {
  tipl_span span = tipl__span_of(s, element, element);
  size_t n = strlen(ending);
  return span.length > n && memcmp(s->build->text + span.offset + span.length - n, ending, n) == 0;
}
