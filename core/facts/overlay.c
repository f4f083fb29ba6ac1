/* overlay.c: the words that a caller has added, as terms of a sentence. Called by scene.c where there are any. */
#include "facts/scene.h"
#include "lexicon/overlay.h"

/* The form that stands at element i, and the element behind it in *behind. The longest form wins, so one that ends
 * within a longer term of the core, or reaches into a measure, is none. */
static const tipl__form *form_at(const tipl__scene *s, uint32_t i, uint32_t *behind) {
  const tipl__element *e = s->elements.data;
  const tipl__build *build = s->build;
  uint32_t token = e[i].token, end = e[s->elements.count].token;
  tipl__run run = {build->text, (const uint32_t *)build->token_start.data + token,
                   (const uint16_t *)build->token_length.data + token,
                   (const uint16_t *)build->token_word.data + token, end - token};
  const tipl__term *term;
  const tipl__form *form = tipl__overlay_match(build->options.lexicon, &run, ~UINT64_C(0), TIPL_NONE, &term);
  if (form == NULL) return NULL;
  uint32_t k = i + 1;
  for (; k < s->elements.count && e[k].token < token + form->tokens; k++)
    if (e[k].measure != TIPL_NONE) return NULL;
  *behind = k;
  return e[k].token == token + form->tokens ? form : NULL;
}

void tipl__scene_overlay(tipl__scene *s) {
  tipl__element *e = s->elements.data;
  uint32_t count = s->elements.count, end = e[count].token, to = 0;
  s->measured.count = 0;
  for (uint32_t i = 0, behind; i < count; i = behind, to++) {
    const tipl__form *form = NULL;
    behind = i + 1;
    if (e[i].measure == TIPL_NONE && e[i].mark == 0) form = form_at(s, i, &behind);
    if (form == NULL) behind = i + 1;
    if (to != i) e[to] = e[i];
    if (form != NULL) {
      e[to].classes = form->classes;
      e[to].signs = form->signs;
      e[to].term = form->term;
      s->classes |= form->classes;
    }
    if (e[to].measure != TIPL_NONE) TIPL__AT(uint32_t, s->measured, s->measured.count++) = to;
  }
  e[to].token = end;
  s->elements.count = to;
}
