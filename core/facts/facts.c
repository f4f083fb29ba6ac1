/* facts.c: the facts stage. Reads every unit that may hold a fact as a scene and runs the passes over it,
 * in their order; each pass is a file of this folder (scene.h lists them). Called by model/report.c. */
#include "base/error.h"
#include "facts/scene.h"

static bool is_live(const tipl__build *build, const tipl__unit *unit) {
  const tipl__block *block = &TIPL__AT(tipl__block, build->blocks, unit->block);
  if (unit->sentence == TIPL_NONE) return block->kind == TIPL__BLOCK_TIER;
  return (unit->flags & (TIPL__MAY_COUNT | TIPL__MAY_DENY | TIPL__MAY_JUDGE | TIPL__MAY_ABSENT)) != 0;
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

/* The passes over one sentence. */
static bool read_scene(tipl__scene *s, const tipl__unit *unit) {
  if (!tipl__scene_read(s, unit, s->build->options.max_sentence)) return false;
  if (unit->sentence == TIPL_NONE) return tipl__judgements(s) && tipl__emit(s);
  if (!tipl__denials(s) || !tipl__groups(s)) return false;
  tipl__metrics(s);
  tipl__lengths(s);
  if (!tipl__relations(s)) return false;
  tipl__periods(s);
  return tipl__draft_groups(s) && tipl__absences(s) && tipl__judgements(s) && tipl__emit(s);
}

tipl_status tipl__facts(tipl__build *build) {
  tipl__scene scene;
  memset(&scene, 0, sizeof scene);
  scene.build = build;
  scene.elements = tipl__vec_of(sizeof(tipl__element));
  scene.groups = tipl__vec_of(sizeof(tipl__group));
  scene.drafts = tipl__vec_of(sizeof(tipl__draft));
  scene.chain = tipl__vec_of(sizeof(uint32_t));
  memset(scene.bucket, 0xFF, sizeof scene.bucket); /* TIPL_NONE */
  tipl_status status = TIPL_OK;
  for (uint32_t i = 0; i < build->units.count && status == TIPL_OK; i++) {
    const tipl__unit *unit = &TIPL__AT(tipl__unit, build->units, i);
    uint32_t first = build->facts.count;
    if (is_live(build, unit)) {
      enter(&scene, unit);
      if (!read_scene(&scene, unit)) status = tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
      else if (build->facts.count > build->options.max_facts)
        status = tipl__fail(build->error, TIPL_ELIMIT, "more than %u facts; raise max_facts", build->options.max_facts);
    }
    if (unit->sentence != TIPL_NONE) {
      tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
      row->fact = first;
      row->facts = build->facts.count - first;
      scene.previous_first = first;
      scene.previous_end = build->facts.count;
    }
  }
  tipl__vec_free(&scene.elements, &build->alloc);
  tipl__vec_free(&scene.groups, &build->alloc);
  tipl__vec_free(&scene.drafts, &build->alloc);
  tipl__vec_free(&scene.chain, &build->alloc);
  return status;
}
