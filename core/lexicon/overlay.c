/* overlay.c: finding the words that a caller has added. See overlay.h. */
#include "lexicon/overlay.h"

uint32_t tipl__overlay_bucket(const char *text, uint32_t length, uint16_t word) {
  uint32_t h = word;
  if (word == TIPL__WORD_OTHER)
    for (uint32_t i = 0; i < length; i++) h = h * 31 + ((unsigned char)text[i] | 0x20u);
  return (h ^ h >> 8) % TIPL__FORM_BUCKETS;
}

/* Words of the core and marks are equal by number, other words by their letters, in any case. */
static bool same_token(const tipl__form *form, uint32_t i, const tipl__run *run) {
  if (form->word[i] != run->word[i]) return false;
  if (form->word[i] != TIPL__WORD_OTHER) return true;
  if (form->length[i] != run->length[i]) return false;
  const char *a = form->text + form->start[i], *b = run->text + run->start[i];
  for (uint32_t k = 0; k < form->length[i]; k++)
    if ((a[k] | 0x20) != (b[k] | 0x20)) return false;
  return true;
}

static bool stands_at(const tipl__form *form, const tipl__run *run) {
  if (form->tokens > run->count) return false;
  for (uint32_t i = 0; i < form->tokens; i++)
    if (!same_token(form, i, run)) return false;
  return true;
}

/* The own term of a form that is asked for; own terms speak of their value as metric. */
static const tipl__term *own_term(const tipl_lexicon *lexicon, const tipl__form *form, uint64_t classes, uint32_t metric) {
  for (uint32_t i = form->term; i < (uint32_t)form->term + form->terms; i++) {
    const tipl__term *term = &TIPL__AT(tipl__term, lexicon->terms, i);
    if ((form->own & classes) >> term->class & 1)
      if (metric == TIPL_NONE || metric == (uint32_t)term->value) return term;
  }
  return NULL;
}

const tipl__form *tipl__overlay_match(const tipl_lexicon *lexicon, const tipl__run *run, uint64_t classes, uint32_t metric,
                                      const tipl__term **term) {
  const tipl__form *best = NULL;
  if (run->count == 0 || (run->word[0] < TIPL__WORD_FIRST && run->word[0] != TIPL__WORD_OTHER)) return NULL;
  uint32_t at = lexicon->bucket[tipl__overlay_bucket(run->text + run->start[0], run->length[0], run->word[0])];
  for (; at != TIPL_NONE; at = TIPL__AT(tipl__form, lexicon->forms, at).next) {
    const tipl__form *form = &TIPL__AT(tipl__form, lexicon->forms, at);
    if ((best != NULL && form->tokens <= best->tokens) || !stands_at(form, run)) continue;
    const tipl__term *own = own_term(lexicon, form, classes, metric);
    if (own == NULL) continue;
    best = form;
    *term = own;
  }
  return best;
}
