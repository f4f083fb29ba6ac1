/* drafts.c: facts of the groups, and their way into the build.
 *
 * Every group gives one fact for each metric and each year that it counts for. Emitting puts a sentence's
 * drafts in text order, turns their links into rows, and links what an earlier part of the report has said
 * already ("restates"). */
#include "base/decimal.h"
#include "facts/scene.h"
#include "lexicon/overlay.h"

const char *tipl__unit_of_thing(int thing) {
  switch (thing) {
    case TIPL__HEAD_CASE: return "cases";
    case TIPL__HEAD_EVENT: return "events";
    case TIPL__HEAD_PLACE:
    case TIPL__HEAD_AGENCY: return "places";
    case TIPL__HEAD_DOCUMENT: return "documents";
    case TIPL__HEAD_NONE: return NULL;
    default: return "persons";
  }
}

/* The unit of a metric where the text names no thing. */
static const char *unit_of_metric(int metric) {
  switch (metric) {
    case TIPL__METRIC_INVESTIGATIONS:
    case TIPL__METRIC_PROSECUTIONS:
    case TIPL__METRIC_CHARGES: return "cases";
    case TIPL__METRIC_SENTENCE_LENGTH:
    case TIPL__METRIC_PENALTY:
    case TIPL__METRIC_PERMIT_LENGTH: return "months";
    case TIPL__METRIC_TRAININGS:
    case TIPL__METRIC_CAMPAIGNS:
    case TIPL__METRIC_INSPECTIONS:
    case TIPL__METRIC_SANCTIONS:
    case TIPL__METRIC_HOTLINE_CALLS: return "events";
    case TIPL__METRIC_SHELTERS:
    case TIPL__METRIC_UNITS: return "places";
    case TIPL__METRIC_FUNDING:
    case TIPL__METRIC_FINE:
    case TIPL__METRIC_COMPENSATION:
    case TIPL__METRIC_OTHER: return "-";
    default: return "persons";
  }
}

/* The same of a metric that a caller has added. */
static const char *unit_of_new(const tipl__scene *s, int metric) {
  const tipl__vec *metrics = &s->build->options.lexicon->metrics;
  return tipl__unit_of_thing(TIPL__AT(tipl__new_metric, *metrics, metric - TIPL__METRICS).thing);
}

tipl__draft *tipl__draft_new(tipl__scene *s, int metric, const char *rule, tipl_span evidence) {
  tipl__draft *d = tipl__vec_add(&s->drafts, &s->build->alloc);
  if (d == NULL) return NULL;
  memset(d, 0, sizeof *d);
  d->group = d->of_row = TIPL_NONE;
  d->fact.metric = (uint32_t)metric;
  d->fact.of = d->fact.measure = TIPL_NONE;
  d->fact.sentence = s->sentence;
  d->fact.section = s->section;
  d->fact.rule = rule;
  d->fact.evidence = evidence;
  d->fact.unit = metric >= TIPL__METRICS ? unit_of_new(s, metric) : unit_of_metric(metric);
  d->fact.source = TIPL_VOICE_GOVERNMENT;
  if (s->section_kind == TIPL_SECTION_RECOMMENDATIONS) {
    d->fact.certainty = TIPL_REQUESTED;
    d->fact.source = TIPL_VOICE_STATE;
  }
  return d;
}

bool tipl__is_hypothetical(const tipl__scene *s, uint32_t element) {
  if (!tipl__has(s, TIPL__TERM_MODAL)) return false;
  const uint64_t walls = TIPL__SIGN(SEMICOLON) | TIPL__SMALL(BUT);
  uint32_t i = tipl__last(s, element, TIPL__CLASS(MODAL), walls);
  return i != TIPL_NONE && !tipl__shows(s, i, walls);
}

static const char *rule_of(const tipl__group *g) {
  if (g->denied) return "count.denied";
  switch (g->relation) {
    case TIPL_RELATION_COMPARISON: return g->kind == TIPL_MEASURE_MONEY ? "money.comparison" : "count.comparison";
    case TIPL_RELATION_BREAKDOWN:
    case TIPL_RELATION_SUBSET: return "count.part";
    case TIPL_RELATION_CONVERSION: return "money.conversion";
    default: break;
  }
  switch (g->kind) {
    case TIPL_MEASURE_MONEY: return "money.sum";
    case TIPL_MEASURE_DURATION: return "length";
    case TIPL_MEASURE_PERCENT: return "percent";
    default: return g->own >= 0 ? "count.noun" : g->verb != TIPL_NONE ? "count.verb" : "count.other";
  }
}

/* First element of a group's evidence: the words of its bound belong to it. */
static uint32_t first_of(const tipl__scene *s, const tipl__group *g) {
  return g->at > 0 && tipl__term_of(s, g->at - 1, TIPL__TERM_BOUND) != NULL ? g->at - 1 : g->at;
}

static void put_quantity(const tipl__scene *s, const tipl__group *g, tipl_fact *f) {
  f->has_value = 1;
  f->bound = TIPL_BOUND_EXACT;
  if (g->denied) return; /* zero */
  const tipl_measure *m = tipl__measure_of(s, g->measure);
  f->measure = g->measure;
  f->value = m->value;
  f->bound = g->bound != TIPL_BOUND_NONE ? (tipl_bound)g->bound : m->bound;
  if ((m->flags & TIPL_MEASURE_HAS_HIGH) != 0) {
    f->has_high = 1;
    f->high = m->high;
  }
  if (g->kind == TIPL_MEASURE_MONEY || g->kind == TIPL_MEASURE_DURATION) f->unit = m->unit;
  if (g->kind == TIPL_MEASURE_PERCENT) f->unit = "percent";
  if (g->kind == TIPL_MEASURE_MONEY && (m->unit[0] < 'A' || m->unit[0] > 'Z')) f->flags |= TIPL_FLAG_UNKNOWN_CURRENCY;
}

tipl_phase tipl__phase_of(const tipl__scene *s, const tipl__group *g, int metric) {
  if (metric > TIPL__METRIC_CONVICTIONS || !tipl__has(s, TIPL__TERM_PHASE)) return TIPL_PHASE_NONE;
  for (uint32_t i = g->last + 1; i-- > 0 && i + 5 > g->at;) {
    int phase = tipl__term_value(s, i, TIPL__TERM_PHASE);
    if (phase > 0) return (tipl_phase)phase;
    bool wall = i < g->at && (tipl__mark_at(s, i) == ';' || tipl__mark_at(s, i) == ',' || tipl__element_at(s, i)->measure != TIPL_NONE);
    if (wall) break;
  }
  return TIPL_PHASE_NONE;
}

/* Officials are marked as such where the law is turned on them, not where they are trained or hired. */
static uint16_t who_of(const tipl__group *g, int metric) {
  bool accused = metric <= TIPL__METRIC_SENTENCE_LENGTH || metric == TIPL__METRIC_EXTRADITIONS || metric == TIPL__METRIC_SANCTIONS ||
                 metric == TIPL__METRIC_FINE;
  return accused ? g->who : (uint16_t)(g->who & ~TIPL_WHO_OFFICIAL);
}

/* The act of a group, whose subject may vouch for it; the quantity itself where there is none. */
static uint32_t act_of(const tipl__scene *s, const tipl__group *g) {
  if (g->verb != TIPL_NONE) return g->verb;
  uint32_t act = g->kind == TIPL_MEASURE_MONEY ? tipl__money_act(s, g) : TIPL_NONE;
  return act == TIPL_NONE ? g->at : act;
}

/* "NGOs estimated there were 2,000 children". */
static bool is_estimated(const tipl__scene *s, const tipl__group *g) {
  for (uint32_t i = g->at, n = 0; i-- > 0 && n < 5 && !tipl__shows(s, i, TIPL__SIGN(MARK) | TIPL__SIGN(GROUP)); n++) {
    tipl_span word = tipl__span_of(s, i, i);
    if (tipl__term_of(s, i, TIPL__TERM_SAY) != NULL && word.length > 7 && memcmp(s->build->text + word.offset, "estimat", 7) == 0) return true;
  }
  return false;
}

static bool add_draft(tipl__scene *s, uint32_t index, int metric, tipl_date from, tipl_date to) {
  tipl__group *g = tipl__group_at(s, index);
  tipl_span evidence = g->mirror ? tipl__measure_of(s, g->measure)->span : tipl__span_of(s, first_of(s, g), g->last);
  tipl__draft *d = tipl__draft_new(s, metric, rule_of(g), evidence);
  if (d == NULL) return false;
  if (g->draft == TIPL_NONE) g->draft = s->drafts.count - 1;
  d->group = index;
  tipl_fact *f = &d->fact;
  if (tipl__unit_of_thing(g->thing) != NULL) f->unit = tipl__unit_of_thing(g->thing);
  if (metric == TIPL__METRIC_INSPECTIONS || metric == TIPL__METRIC_SANCTIONS) f->unit = "events";
  put_quantity(s, g, f);
  if (g->relation == TIPL_RELATION_CONVERSION && g->base != TIPL_NONE) /* ruling 8 */
    f->bound = tipl__measure_of(s, tipl__group_at(s, g->base)->measure)->bound;
  f->form = (tipl_form)g->form;
  f->who = who_of(g, metric);
  f->status = (tipl_count_status)g->status;
  f->relation = (tipl_relation)g->relation;
  f->basis = (tipl_basis)g->basis;
  f->from = from;
  f->to = to;
  if (tipl__is_timeless(s, g) || f->certainty == TIPL_REQUESTED) {
    f->from = f->to = TIPL_DATE_NONE;
    f->basis = TIPL_BASIS_NONE;
  }
  if (f->from > 0 && f->to / 10000 > f->from / 10000) {
    f->flags |= TIPL_FLAG_MULTI_YEAR;
    if (tipl__label_disagrees(s, f->to / 10000 - f->from / 10000 + 1)) f->flags |= TIPL_FLAG_LABEL_RANGE;
  }
  bool other_count = g->relation == TIPL_RELATION_COMPARISON && g->at != g->last; /* not "the same number" */
  if (!other_count && g->verb != TIPL_NONE && g->verb > 0 && tipl__term_value(s, g->verb - 1, TIPL__TERM_STATUS) == TIPL_COUNT_ESTIMATED) {
    f->status = TIPL_COUNT_ESTIMATED; /* "estimated identifying 100 victims" */
    if (f->bound == TIPL_BOUND_EXACT) f->bound = TIPL_BOUND_ABOUT;
  }
  if (f->certainty != TIPL_REQUESTED) f->source = tipl__voice_at(s, act_of(s, g), &f->actor);
  if (g->kind == TIPL_MEASURE_MONEY) tipl__money_words(s, g, f);
  if (f->status == TIPL_COUNT_NONE && g->kind == TIPL_MEASURE_NUMBER && !g->denied && tipl__has(s, TIPL__TERM_SAY) && is_estimated(s, g))
    f->status = TIPL_COUNT_ESTIMATED;
  f->phase = tipl__phase_of(s, g, metric);
  if (g->head != TIPL_NONE) f->noun = tipl__span_of(s, g->head, g->head);
  if (g->verb != TIPL_NONE) f->verb = tipl__span_of(s, g->verb, g->verb);
  if (f->certainty == TIPL_ASSERTED && tipl__is_hypothetical(s, g->at)) f->certainty = TIPL_HYPOTHETICAL;
  return true;
}

/* What a group takes over from a fact of the sentence before. */
static void take_over(tipl__draft *d, const tipl__group *g, const tipl_fact *base, uint32_t row) {
  tipl_fact *f = &d->fact;
  d->of_row = row;
  if (f->actor.length == 0) f->source = base->source;
  if (g->metric[0] < 0) f->metric = base->metric;
  if (g->thing == TIPL__HEAD_NONE && g->kind == TIPL_MEASURE_NUMBER) f->unit = base->unit;
  bool own_noun = f->relation == TIPL_RELATION_COMPARISON && (g->head != TIPL_NONE || g->denied); /* it says itself whom it counts */
  if (f->relation != TIPL_RELATION_ATTRIBUTE) {
    if (!own_noun) f->who |= base->who;
    if (!own_noun && f->form == TIPL_FORM_NONE) f->form = base->form;
    if (f->status == TIPL_COUNT_NONE) f->status = base->status;
  }
  if (f->basis == TIPL_BASIS_NONE && f->relation == TIPL_RELATION_COMPARISON && base->from == TIPL_DATE_RP) {
    f->from = f->to = TIPL_DATE_PRP; /* "This compared with none": the period before */
    f->basis = TIPL_BASIS_INFERRED;
  }
  if (f->basis == TIPL_BASIS_NONE && f->relation != TIPL_RELATION_COMPARISON) {
    f->from = base->from;
    f->to = base->to;
    f->basis = base->basis == TIPL_BASIS_NONE ? TIPL_BASIS_NONE : TIPL_BASIS_INHERITED;
  }
}

/* A plain count of a known thing that fits no metric; anything vaguer is no fact. */
static bool is_other(const tipl__group *g) {
  return g->kind == TIPL_MEASURE_NUMBER && !g->denied && g->head != TIPL_NONE && g->thing != TIPL__HEAD_NONE;
}

/* The fact of an earlier sentence that a group belongs to, TIPL_NONE for none. Settles the group's relation, and sets
 * *metric to -1 where the earlier fact says what is counted. */
static uint32_t earlier_row(tipl__scene *s, tipl__group *g, int *metric) {
  uint32_t row = TIPL_NONE;
  if (g->reference && !g->denied && g->relation == TIPL_RELATION_RESTATES) {
    row = tipl__row_pointed_at(s, g);
    if (row != TIPL_NONE) *metric = -1;
    if (row == TIPL_NONE && g->at <= 1) { /* "Of the 227 adult victims, 150 …": 227 of those counted before */
      g->reference = false;
      g->relation = TIPL_RELATION_SUBSET;
      row = tipl__row_before(s, g, *metric);
      if (row == TIPL_NONE) g->reference = true, g->relation = TIPL_RELATION_RESTATES;
    }
  } else if (g->of_previous) {
    row = tipl__row_before(s, g, *metric);
  }
  bool passive = g->verb != TIPL_NONE && g->verb > g->last && g->thing != TIPL__HEAD_NONE;
  if (row == TIPL_NONE && g->of_previous && passive && tipl__term_value(s, g->part_cue, TIPL__TERM_PART) == TIPL__PART_OF)
    row = tipl__row_before(s, g, -1); /* "12 of these suspects were convicted": of those who stood trial */
  if (row == TIPL_NONE && g->of_previous && !g->reference) row = tipl__row_further_back(s, g, *metric);
  if (g->whole_again && *metric < 0 && g->base == TIPL_NONE && !g->of_previous) {
    row = tipl__row_pointed_at(s, g);
    if (row != TIPL_NONE) g->relation = TIPL_RELATION_RESTATES;
  }
  bool act = passive || (g->verb != TIPL_NONE && g->verb < g->at && g->at - g->verb <= 2);
  bool plain = g->relation == TIPL_RELATION_PRIMARY && !g->denied;
  bool sentenced = *metric == TIPL__METRIC_SENTENCES && plain; /* who is sentenced was convicted */
  if (sentenced) row = tipl__row_before(s, g, TIPL__METRIC_CONVICTIONS);
  if (sentenced && row == TIPL_NONE) row = tipl__row_counting(s, g, TIPL__METRIC_CONVICTIONS);
  bool bare_case = *metric < 0 && (g->thing == TIPL__HEAD_CASE || g->thing == TIPL__HEAD_VICTIM) && plain; /* "Two victims were foreign nationals." */
  if (bare_case) row = tipl__row_before(s, g, -1);
  if ((sentenced || bare_case) && row != TIPL_NONE) g->relation = TIPL_RELATION_SUBSET;
  if (row == TIPL_NONE && g->of_previous && !g->reference) {
    row = tipl__row_before(s, g, -1);
    if (row != TIPL_NONE && g->relation != TIPL_RELATION_ATTRIBUTE && g->own < 0 && !act) *metric = -1;
  }
  if (row == TIPL_NONE && plain && *metric >= 0) {
    row = tipl__row_shared(s, g, *metric);
    if (row != TIPL_NONE) g->relation = TIPL_RELATION_SUBSET;
  }
  return row;
}

/* "All 82 victims identified by the police received help": of the victims identified, they are some. */
static void draft_some_of_all(tipl__scene *s, const tipl__group *g) {
  tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, s->drafts.count - 1);
  if (!g->whole_again || g->metric[1] < 0 || d->fact.metric != TIPL__METRIC_VICTIMS_IDENTIFIED || g->relation != TIPL_RELATION_PRIMARY) return;
  uint32_t row = tipl__row_counting(s, g, TIPL__METRIC_VICTIMS_IDENTIFIED);
  if (row == TIPL_NONE || tipl_decimal_compare(TIPL__AT(tipl_fact, s->build->facts, row).value, d->fact.value) <= 0) return;
  d->fact.relation = TIPL_RELATION_SUBSET;
  d->of_row = row;
}

static bool draft_group(tipl__scene *s, uint32_t index) {
  tipl__group *g = tipl__group_at(s, index);
  int metric[2] = {g->metric[0], g->metric[1]};
  uint32_t row = earlier_row(s, g, &metric[0]);
  tipl__share_row(s, g, row);
  if (metric[0] < 0 && row == TIPL_NONE && g->base != TIPL_NONE && tipl__group_at(s, g->base)->draft != TIPL_NONE) {
    uint32_t base = tipl__group_at(s, g->base)->draft; /* which took its metric from the sentence before */
    metric[0] = (int)TIPL__AT(tipl__draft, s->drafts, base).fact.metric;
  }
  if (metric[0] < 0 && row == TIPL_NONE) {
    if (!is_other(g)) return true;
    metric[0] = TIPL__METRIC_OTHER;
  }
  for (uint32_t i = 0; i < s->groups.count && g->denied && g->relation == TIPL_RELATION_COMPARISON && g->basis == TIPL_BASIS_NONE; i++) {
    const tipl__group *o = tipl__group_at(s, i); /* "compared with no new cases but 11 old ones in 2019" */
    if (o->relation != TIPL_RELATION_COMPARISON || o->basis == TIPL_BASIS_NONE) continue;
    g->from = o->from;
    g->to = o->to;
    g->basis = TIPL_BASIS_INHERITED;
  }
  if (row == TIPL_NONE && g->of_previous) {
    g->relation = TIPL_RELATION_PRIMARY;
    if (g->basis == TIPL_BASIS_NONE) {
      g->from = g->to = tipl__assumed_year(s);
      g->basis = TIPL_BASIS_ASSUMED;
    }
  }
  for (int k = 0; k < 2; k++) {
    if (k == 1 && metric[1] < 0) break;
    for (int year = 0; year < 2; year++) {
      if (year == 1 && g->time2 == TIPL_NONE) break;
      tipl_date from = g->from, to = g->to;
      if (year == 1) from = tipl__measure_of(s, g->time2)->from, to = tipl__measure_of(s, g->time2)->to;
      if (!add_draft(s, index, metric[k] < 0 ? TIPL__METRIC_OTHER : metric[k], from, to)) return false;
      if (row != TIPL_NONE) {
        tipl__group bare = *g;
        bare.metric[0] = (int16_t)metric[0];
        take_over(&TIPL__AT(tipl__draft, s->drafts, s->drafts.count - 1), &bare,
                  &TIPL__AT(tipl_fact, s->build->facts, row), row);
      } else {
        draft_some_of_all(s, g);
      }
    }
  }
  return true;
}

/* The draft of a base that a draft belongs to: of the same metric and year where there are several. */
static uint32_t partner(const tipl__scene *s, const tipl__draft *d, uint32_t base) {
  uint32_t best = TIPL_NONE;
  int best_fit = -1;
  for (uint32_t i = 0; i < s->drafts.count; i++) {
    const tipl__draft *b = &TIPL__AT(tipl__draft, s->drafts, i);
    if (b->group != base) continue;
    int fit = 2 * (b->fact.metric == d->fact.metric) + (b->fact.from == d->fact.from);
    if (fit > best_fit) best = i, best_fit = fit;
  }
  return best;
}

/* "all but six" */
static bool is_left_out(const tipl__scene *s, const tipl__draft *d) {
  return d->group != TIPL_NONE && tipl__group_at(s, d->group)->all_but;
}

/* A part with a number; percentages are judged apart (percents.c). */
static bool is_share(const tipl_fact *f) {
  return f->relation == TIPL_RELATION_SUBSET && f->has_value && strcmp(f->unit, "percent") != 0;
}

/* Parts of what the sentence before counted partition it when they add up to it, or name every form down to the
 * other and unknown ones (ruling 4). */
static void judge_previous(tipl__scene *s) {
  for (uint32_t i = 0; i < s->drafts.count; i++) {
    uint32_t row = TIPL__AT(tipl__draft, s->drafts, i).of_row, parts = 0, forms = 0;
    const uint32_t all_forms = 1u << TIPL_FORM_SEX | 1u << TIPL_FORM_LABOR | 1u << TIPL_FORM_OTHER;
    if (row == TIPL_NONE || !is_share(&TIPL__AT(tipl__draft, s->drafts, i).fact)) continue;
    tipl_decimal sum = {0, 0};
    for (uint32_t k = i; k < s->drafts.count; k++) {
      const tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, k);
      if (d->of_row != row || !is_share(&d->fact) || is_left_out(s, d)) continue;
      if (tipl_decimal_add(&sum, d->fact.value) != TIPL_OK) return;
      parts++;
      forms |= 1u << d->fact.form;
    }
    bool whole = tipl_decimal_compare(sum, TIPL__AT(tipl_fact, s->build->facts, row).value) == 0;
    if (parts < 2 || (!whole && (forms & all_forms) != all_forms)) continue;
    for (uint32_t k = i; k < s->drafts.count; k++) {
      tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, k);
      if (d->of_row == row && is_share(&d->fact) && !is_left_out(s, d)) d->fact.relation = TIPL_RELATION_BREAKDOWN;
    }
  }
}

/* A part of something whose period came from the sentence before has that period, too. */
static void lend_periods(tipl__scene *s) {
  for (int pass = 0; pass < 2; pass++)
    for (uint32_t i = 0; i < s->drafts.count; i++) {
      tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, i);
      if (d->fact.basis != TIPL_BASIS_NONE || d->fact.of == TIPL_NONE || d->of_row != TIPL_NONE) continue;
      if (d->group == TIPL_NONE || tipl__is_timeless(s, tipl__group_at(s, d->group))) continue;
      const tipl_fact *b = &TIPL__AT(tipl__draft, s->drafts, d->fact.of).fact;
      if (b->basis == TIPL_BASIS_NONE) continue;
      d->fact.from = b->from;
      d->fact.to = b->to;
      d->fact.basis = TIPL_BASIS_INHERITED;
    }
}

bool tipl__draft_groups(tipl__scene *s) {
  for (uint32_t i = 0; i < s->groups.count; i++)
    if (!tipl__group_at(s, i)->drop && !draft_group(s, i)) return false;
  judge_previous(s);
  for (uint32_t i = 0; i < s->drafts.count; i++) {
    tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, i);
    if (d->group == TIPL_NONE || d->of_row != TIPL_NONE || d->fact.relation == TIPL_RELATION_PRIMARY) continue;
    uint32_t base = tipl__group_at(s, d->group)->base;
    d->fact.of = base == TIPL_NONE ? TIPL_NONE : partner(s, d, base);
    if (d->fact.of != TIPL_NONE && d->fact.actor.length == 0) d->fact.source = TIPL__AT(tipl__draft, s->drafts, d->fact.of).fact.source;
    if (d->fact.of == TIPL_NONE && d->of_row == TIPL_NONE) d->fact.relation = TIPL_RELATION_PRIMARY;
  }
  lend_periods(s);
  return true;
}

static bool same_words(const char *a, const char *b) {
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Does fact `a` say again what `b` said? Summary and body may differ in how closely they name the form. */
static bool restates(const tipl_fact *a, const tipl_fact *b) {
  if (a->metric != b->metric || a->state != b->state || a->has_value != b->has_value) return false;
  if (a->sentence == b->sentence && a->sentence != TIPL_NONE) return false;
  if (a->from != b->from || a->to != b->to || !same_words(a->label, b->label)) return false;
  if (a->has_value && tipl_decimal_compare(a->value, b->value) != 0) return false;
  if (!same_words(a->unit, b->unit) || a->has_high != b->has_high) return false;
  bool nearer = a->has_value && (a->form == TIPL_FORM_NONE || b->form == TIPL_FORM_NONE);
  if (a->form != b->form && !nearer) return false;
  if (a->who != b->who || a->source != b->source) return false;
  return b->relation == TIPL_RELATION_PRIMARY || b->relation == TIPL_RELATION_SUBSET;
}

/* Where facts that may restate each other meet: same metric, period and value. */
static uint32_t bucket_of(const tipl_fact *f) {
  int64_t digits = f->has_value ? f->value.digits : -1;
  while (digits != 0 && digits % 10 == 0) digits /= 10;
  uint64_t h = (uint64_t)digits * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)(uint32_t)f->from * 31 + f->metric;
  return (uint32_t)((h * UINT64_C(0xC2B2AE3D27D4EB4F)) >> (64 - TIPL__BUCKET_BITS));
}

/* Lengths that a law sets, efforts and mere numbers are never one fact said twice. */
static bool may_restate(const tipl_fact *f) {
  return f->metric != TIPL__METRIC_EFFORT && f->metric != TIPL__METRIC_OTHER && f->metric != TIPL__METRIC_PENALTY &&
         f->metric != TIPL__METRIC_PERMIT_LENGTH;
}

enum { MOST_STEPS = 512 }; /* along a bucket: what stands further back in a text of one figure is not asked */

/* Links a fact that is about to be row `row` to the first fact that says the same; one that says something new
 * is filed. */
static bool link_restatement(tipl__scene *s, tipl_fact *f, uint32_t row) {
  uint32_t bucket = bucket_of(f), first = TIPL_NONE;
  if (f->relation == TIPL_RELATION_PRIMARY && f->of == TIPL_NONE && may_restate(f))
    for (uint32_t i = s->bucket[bucket], n = 0; i != TIPL_NONE && n < MOST_STEPS; i = TIPL__AT(uint32_t, s->chain, i), n++)
      if (restates(f, &TIPL__AT(tipl_fact, s->build->facts, i))) first = i;
  if (first != TIPL_NONE) {
    f->relation = TIPL_RELATION_RESTATES;
    f->of = first;
  }
  uint32_t *link = tipl__vec_add(&s->chain, &s->build->alloc);
  if (link == NULL) return false;
  *link = TIPL_NONE;
  if (first != TIPL_NONE) return true;
  *link = s->bucket[bucket];
  s->bucket[bucket] = row;
  return true;
}

/* Two figures of a broken sentence can be taken for parts of each other, in a roundabout way too: the one that comes first then
 * stands for itself. */
static void open_circles(tipl_fact *facts, uint32_t first, uint32_t count) {
  for (uint32_t i = first; i < first + count; i++) {
    uint32_t row = facts[i].of, steps = 0;
    while (row != TIPL_NONE && row >= first && row != i && steps++ < count) row = facts[row].of;
    if (row != i) continue;
    facts[i].relation = TIPL_RELATION_PRIMARY;
    facts[i].of = TIPL_NONE;
  }
}

bool tipl__emit(tipl__scene *s) {
  uint32_t count = s->drafts.count, first = s->build->facts.count;
  if (count == 0) return true;
  if (!tipl__vec_reserve(&s->build->facts, &s->build->alloc, count)) return false;
  /* insertion sort of the drafts by place, in the `group` column, which nobody asks any more */
  for (uint32_t i = 0; i < count; i++) TIPL__AT(tipl__draft, s->drafts, i).group = i;
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t k = i; k > 0; k--) {
      uint32_t *a = &TIPL__AT(tipl__draft, s->drafts, k - 1).group, *b = &TIPL__AT(tipl__draft, s->drafts, k).group;
      if (TIPL__AT(tipl__draft, s->drafts, *a).fact.evidence.offset <= TIPL__AT(tipl__draft, s->drafts, *b).fact.evidence.offset) break;
      uint32_t swap = *a;
      *a = *b;
      *b = swap;
    }
  for (uint32_t i = 0; i < count; i++) {
    const tipl__draft *d = &TIPL__AT(tipl__draft, s->drafts, TIPL__AT(tipl__draft, s->drafts, i).group);
    tipl_fact *f = tipl__vec_add(&s->build->facts, &s->build->alloc);
    if (f == NULL) return false;
    *f = d->fact;
    if (d->of_row != TIPL_NONE) {
      f->of = d->of_row;
    } else if (f->of != TIPL_NONE) {
      for (uint32_t k = 0; k < count; k++)
        if (TIPL__AT(tipl__draft, s->drafts, k).group == d->fact.of) f->of = first + k;
    }
    if (!link_restatement(s, f, first + i)) return false;
  }
  tipl_fact *facts = s->build->facts.data;
  for (uint32_t i = first; i < first + count; i++) { /* a part of a figure said again is one of the first */
    const tipl_fact *base = facts[i].of == TIPL_NONE ? NULL : &facts[facts[i].of];
    bool again = base != NULL && base->relation == TIPL_RELATION_RESTATES && base->of != TIPL_NONE;
    bool part = facts[i].relation == TIPL_RELATION_SUBSET || facts[i].relation == TIPL_RELATION_BREAKDOWN;
    if (again && part) facts[i].of = base->of;
  }
  open_circles(facts, first, count);
  return true;
}
