/* facts.c: the facts stage. Reads every unit that may hold a fact as a scene and runs the passes over it,
 * in their order; each pass is a file of this folder (scene.h lists them). Called by model/report.c. */
#include "base/error.h"
#include "facts/scene.h"
#include "lexicon/overlay.h"

/* May the unit hold a fact? A quantity, a denial or a judgement is in it, or it opens a section with a word
 * of effort. Most sentences end here. */
static bool is_live(const tipl__build *build, const tipl__unit *unit) {
  const tipl__block *block = &TIPL__AT(tipl__block, build->blocks, unit->block);
  if (unit->sentence == TIPL_NONE) return block->kind == TIPL__BLOCK_TIER;
  if ((unit->flags & (TIPL__MAY_DENY | TIPL__MAY_JUDGE | TIPL__MAY_ABSENT)) != 0) return true;
  const tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
  for (uint32_t i = row->measure; i < row->measure + row->measures; i++) {
    const tipl_measure *m = &TIPL__AT(tipl_measure, build->measures, i);
    bool quantity = m->kind == TIPL_MEASURE_NUMBER || m->kind == TIPL_MEASURE_MONEY ||
                    m->kind == TIPL_MEASURE_PERCENT || m->kind == TIPL_MEASURE_DURATION;
    if (quantity && (m->flags & TIPL_MEASURE_IDENTIFIER) == 0) return true;
  }
  if ((unit->flags & TIPL__MAY_STRIVE) == 0) return false;
  return unit->sentence == 0 || TIPL__AT(tipl_sentence, build->sentences, unit->sentence - 1).section != row->section;
}

static void enter(tipl__scene *s, const tipl__unit *unit) {
  const tipl__block *block = &TIPL__AT(tipl__block, s->build->blocks, unit->block);
  s->sentence = unit->sentence;
  s->section = unit->sentence == TIPL_NONE ? TIPL_NONE : block->section;
  s->section_kind = TIPL_SECTION_UNKNOWN;
  if (s->section != TIPL_NONE) s->section_kind = TIPL__AT(tipl__section_row, s->build->sections, s->section).kind;
  s->first_measure = s->measures = 0;
  if (unit->sentence == TIPL_NONE) return;
  const tipl_sentence *row = &TIPL__AT(tipl_sentence, s->build->sentences, unit->sentence);
  s->first_measure = row->measure;
  s->measures = row->measures;
}

/* Does a sentence set a word in parentheses, as short names are explained? */
static bool explains_name(const tipl__build *build, const tipl__unit *unit) {
  if ((unit->flags & TIPL__MAY_NAME) == 0 || unit->sentence == TIPL_NONE) return false;
  const uint16_t *word = (const uint16_t *)build->token_word.data + unit->token;
  for (uint32_t i = 0; i + 2 < unit->tokens; i++)
    if (word[i] == '(' && word[i + 2] == ')' && word[i + 1] == TIPL__WORD_OTHER) return true;
  return false;
}

static bool count_groups(tipl__scene *s) {
  tipl__metrics(s);
  tipl__lengths(s);
  tipl__lists(s);
  if (!tipl__relations(s)) return false;
  tipl__share_bounds(s);
  tipl__periods(s);
  return tipl__draft_groups(s);
}

/* Says that what stands behind the limit of a sentence gives no facts. */
static void tell_cut(tipl__build *build, const tipl__unit *unit) {
  const uint32_t *start = build->token_start.data;
  const uint16_t *length = build->token_length.data;
  uint32_t first = unit->token + build->options.max_sentence, last = unit->token + unit->tokens - 1;
  tipl_span cut = {start[first], start[last] + length[last] - start[first]};
  tipl__build_leftover(build, cut, "a sentence too long: its end gives no facts");
}

/* The passes over one sentence. */
static bool read_scene(tipl__scene *s, const tipl__unit *unit) {
  bool live = is_live(s->build, unit), names = explains_name(s->build, unit);
  if (!live && !names) return true;
  enter(s, unit);
  if (!tipl__scene_read(s, unit, s->build->options.max_sentence)) return false;
  if (live && unit->tokens > s->build->options.max_sentence) tell_cut(s->build, unit);
  if (names && !tipl__read_names(s)) return false;
  if (!live) return true;
  if (unit->sentence == TIPL_NONE) return tipl__judgements(s) && tipl__emit(s);
  if (tipl__has(s, TIPL__TERM_ACTOR) && !tipl__read_appositions(s)) return false;
  if (!tipl__denials(s) || !tipl__groups(s)) return false;
  if (s->groups.count > 0 && !count_groups(s)) return false;
  return tipl__absences(s) && tipl__judgements(s) && tipl__emit(s);
}

tipl_status tipl__facts(tipl__build *build) {
  tipl__scene scene;
  memset(&scene, 0, sizeof scene);
  scene.build = build;
  scene.terms = build->options.lexicon == NULL ? tipl__terms : build->options.lexicon->terms.data;
  scene.shared_row = TIPL_NONE;
  scene.elements = tipl__vec_of(sizeof(tipl__element));
  scene.measured = tipl__vec_of(sizeof(uint32_t));
  scene.groups = tipl__vec_of(sizeof(tipl__group));
  scene.drafts = tipl__vec_of(sizeof(tipl__draft));
  scene.names = tipl__vec_of(sizeof(tipl__short_name));
  scene.chain = tipl__vec_of(sizeof(uint32_t));
  memset(scene.bucket, 0xFF, sizeof scene.bucket); /* TIPL_NONE */
  tipl_status status = TIPL_OK;
  for (uint32_t i = 0; i < build->units.count && status == TIPL_OK; i++) {
    const tipl__unit *unit = &TIPL__AT(tipl__unit, build->units, i);
    uint32_t first = build->facts.count;
    bool opens = unit->sentence != TIPL_NONE && TIPL__AT(tipl_sentence, build->sentences, unit->sentence).paragraph != scene.paragraph;
    if (opens) scene.paragraph_first = first;
    if (!read_scene(&scene, unit)) status = tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
    else if (build->facts.count > build->options.max_facts)
      status = tipl__fail_at(build->error, TIPL_ELIMIT, build->text, build->length,
                             TIPL__AT(tipl_fact, build->facts, build->options.max_facts).evidence,
                             "more than %u facts; raise max_facts", build->options.max_facts);
    if (unit->sentence != TIPL_NONE) {
      tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
      row->fact = first;
      row->facts = build->facts.count - first;
      if (row->facts > 0 || row->paragraph != scene.paragraph) { /* what "of those" may point at */
        scene.previous_first = first;
        scene.previous_end = build->facts.count;
        scene.paragraph = row->paragraph;
      }
    }
  }
  tipl__vec_free(&scene.elements, &build->alloc);
  tipl__vec_free(&scene.measured, &build->alloc);
  tipl__vec_free(&scene.groups, &build->alloc);
  tipl__vec_free(&scene.drafts, &build->alloc);
  tipl__vec_free(&scene.chain, &build->alloc);
  tipl__vec_free(&scene.names, &build->alloc);
  if (status == TIPL_OK) tipl__flag_facts(build);
  return status;
}
