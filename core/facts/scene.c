/* scene.c: tokens and measures of a sentence as a row of elements. Called by facts.c. */
#include "facts/scene.h"

/* The longest of the measures that begin where `*next` does; moves *next past them. */
static uint32_t longest_from(const tipl__scene *s, uint32_t *next) {
  uint32_t end = s->first_measure + s->measures, best = *next;
  uint32_t offset = tipl__measure_of(s, best)->span.offset;
  while (++*next < end && tipl__measure_of(s, *next)->span.offset == offset)
    if (tipl__measure_of(s, *next)->span.length > tipl__measure_of(s, best)->span.length) best = *next;
  return best;
}

/* Byte at which measure `next` begins; the end of the world when there is none. */
static uint32_t measure_offset(const tipl__scene *s, uint32_t next) {
  return next < s->first_measure + s->measures ? tipl__measure_of(s, next)->span.offset : UINT32_MAX;
}

static uint64_t signs_of(const tipl_measure *m) {
  if (m->kind == TIPL_MEASURE_ORDINAL) return TIPL__SIGN(MEASURE) | TIPL__SIGN(ORDINAL);
  if (!tipl__is_time_kind(m->kind)) return TIPL__SIGN(MEASURE);
  bool yearless = m->from >= 0 && m->from < 10000; /* "in January": of which year is not said */
  return TIPL__SIGN(MEASURE) | TIPL__SIGN(TIME) | (yearless ? 0 : TIPL__SIGN(DATED));
}

bool tipl__scene_read(tipl__scene *scene, const tipl__unit *unit, uint32_t limit) {
  const tipl__build *build = scene->build;
  const uint32_t *start = build->token_start.data;
  const uint16_t *word = build->token_word.data;
  uint32_t end = unit->token + (unit->tokens < limit ? unit->tokens : limit);
  uint32_t next = scene->first_measure, offset = measure_offset(scene, next), depth = 0;
  uint64_t classes = 0, signs = 0;
  scene->elements.count = scene->groups.count = scene->drafts.count = 0;
  scene->asides = (unit->flags & TIPL__MAY_ASIDE) != 0;
  if (!tipl__vec_reserve(&scene->elements, &build->alloc, end - unit->token + 1)) return false;
  scene->measured.count = 0;
  if (!tipl__vec_reserve(&scene->measured, &build->alloc, scene->measures)) return false;
  tipl__element *e = scene->elements.data;
  for (uint32_t i = unit->token; i < end; e++) {
    uint32_t tokens = 1;
    e->token = i;
    e->group = 0;
    while (offset < start[i]) offset = measure_offset(scene, ++next); /* inside the element before */
    if (offset == start[i]) {
      e->measure = longest_from(scene, &next);
      TIPL__AT(uint32_t, scene->measured, scene->measured.count++) = (uint32_t)(e - (tipl__element *)scene->elements.data);
      offset = measure_offset(scene, next);
      const tipl_measure *m = tipl__measure_of(scene, e->measure);
      while (i + tokens < end && start[i + tokens] < m->span.offset + m->span.length) tokens++;
      e->classes = 0;
      e->signs = signs_of(m);
      e->term = 0;
      e->mark = 0;
    } else { /* few branches: what the next word is cannot be foreseen */
      uint16_t w = word[i];
      const tipl__node *node = &tipl__nodes[tipl__word_node[w]];
      if (i + 1 < end && (node->next >> TIPL__NEXT_BIT(word[i + 1]) & 1) != 0) {
        const tipl__node *longer = tipl__match(word + i, end - i, &tokens);
        if (longer != NULL) node = longer;
      }
      e->measure = TIPL_NONE;
      e->classes = node->classes;
      e->signs = node->signs;
      e->term = node->term;
      e->mark = (uint8_t)((node->signs & TIPL__SIGN(MARK)) != 0 ? w : 0);
      depth -= depth > 0 && (node->signs & TIPL__SIGN(CLOSE)) != 0;
    }
    classes |= e->classes;
    signs |= e->signs;
    e->depth = (uint8_t)depth;
    depth += (e->signs & TIPL__SIGN(OPEN)) != 0 && depth < UINT8_MAX;
    i += tokens;
  }
  e->token = end;
  scene->classes = classes;
  scene->signs = signs;
  scene->elements.count = (uint32_t)(e - (tipl__element *)scene->elements.data);
  if (build->options.lexicon != NULL) tipl__scene_overlay(scene);
  return true;
}

tipl_span tipl__span_of(const tipl__scene *s, uint32_t first, uint32_t last) {
  const tipl__element *a = tipl__element_at(s, first), *b = tipl__element_at(s, last);
  uint32_t token = b[1].token - 1;
  uint32_t begin = TIPL__AT(uint32_t, s->build->token_start, a->token);
  uint32_t end = TIPL__AT(uint32_t, s->build->token_start, token) +
                 TIPL__AT(uint16_t, s->build->token_length, token);
  tipl_span span = {begin, end - begin};
  return span;
}

bool tipl__spells(const tipl__scene *s, uint32_t element, const char *word) {
  if (element >= tipl__elements(s)) return false;
  tipl_span span = tipl__span_of(s, element, element);
  return span.length == strlen(word) && memcmp(s->build->text + span.offset, word, span.length) == 0;
}

bool tipl__ends_in(const tipl__scene *s, uint32_t element, const char *ending) {
  tipl_span span = tipl__span_of(s, element, element);
  size_t n = strlen(ending);
  return span.length > n && memcmp(s->build->text + span.offset + span.length - n, ending, n) == 0;
}
