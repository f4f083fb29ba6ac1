/* scene.h: one sentence as the facts stage sees it.
 *
 * A scene is a row of elements: a measure, a term of the lexicon, a mark, or a plain word. Groups are the
 * quantities among them, each with what it counts; drafts are facts in the making. All live in arrays
 * that are reused from sentence to sentence. */
#ifndef TIPL_FACTS_SCENE_H
#define TIPL_FACTS_SCENE_H

#include "lexicon/lexicon.h"
#include "model/build.h"

typedef struct tipl__element { /* half a cache line */
  uint64_t classes; /* of the terms there, bit n for class n; none where the lexicon knows nothing */
  uint64_t signs;   /* clause words, marks and measures: see lexicon.h */
  uint32_t token;   /* its first; its last is the one before the next element's */
  uint32_t measure; /* row of measures, or TIPL_NONE */
  uint32_t group;   /* 1 + the group of its quantity, 0 for none (set by groups.c) */
  uint16_t term;    /* first of its terms */
  uint8_t mark;     /* word number of a mark, 0 for anything else */
  uint8_t depth;    /* parentheses around it */
} tipl__element;

/* A quantity and what stands around it. Elements are indices into the scene, TIPL_NONE for none. */
typedef struct tipl__group {
  uint32_t at;          /* element of the quantity */
  uint32_t head;        /* element of the counted thing */
  uint32_t last;        /* last element that belongs to the group */
  uint8_t kind;         /* tipl_measure_kind */
  uint8_t thing;        /* TIPL__HEAD_… of the head, NONE when elided or unknown */
  uint8_t form, status; /* tipl_form, tipl_count_status */
  uint16_t who;
  int16_t own;          /* metric of the head noun itself, -1 for none */
  int16_t metric[2];    /* metrics it counts for, -1 for none */
  uint32_t verb;        /* element of the act */
  uint32_t part_cue;    /* "of those", "of the": element */
  uint32_t series;      /* the group before it in a list, which it takes thing and act from (lists.c) */
  uint32_t base;        /* group it is compared with or part of, TIPL_NONE for none */
  uint8_t relation;     /* tipl_relation */
  bool of_previous;     /* its base is in the sentence before */
  bool drop;            /* no fact comes of it */
  bool denied;          /* made by a denial: the quantity is zero */
  bool predicate;       /* "24 were female" */
  bool mirror;          /* the other currency of a range whose spans interlock: no element of its own */
  bool whole_again;     /* "all four victims": said before, unless an act of its own counts it */
  bool misread;         /* "15 victim interview rooms": the noun behind it is not what is counted */
  bool all_but;         /* "all but 15": those that are left out */
  bool framed;          /* "Among adults, … 325": of those that were counted before */
  bool reference;       /* "of the 348": points at what was said before */
  uint32_t measure;     /* row that holds the quantity: its own or, for "the same number as", its base's;
                           TIPL_NONE for a denial */
  uint32_t time;        /* measure row that says when, or TIPL_NONE */
  uint32_t time2;       /* the other year of "both 2019 and 2018" */
  tipl_date from, to;
  uint8_t basis;        /* tipl_basis */
  uint8_t bound;        /* tipl_bound where another word than its own says it, else NONE */
  uint32_t draft;       /* its first draft */
} tipl__group;

typedef struct tipl__draft {
  tipl_fact fact;   /* fact.of is a draft while drafting, and see of_row */
  uint32_t group;   /* TIPL_NONE for drafts that no group made */
  uint32_t of_row;  /* finished fact row it relates to, TIPL_NONE for none */
} tipl__draft;

enum { TIPL__BUCKET_BITS = 10 };

typedef struct tipl__short_name { /* or a full one */
  tipl_span span;
  uint8_t voice; /* tipl_voice */
} tipl__short_name;

typedef struct tipl__scene {
  tipl__build *build;
  const tipl__term *terms; /* what the elements' terms are rows of: the lexicon's, or an overlay's (overlay.c) */
  uint32_t sentence; /* row, TIPL_NONE for the tier line */
  uint32_t section;
  uint8_t section_kind;
  uint32_t first_measure, measures;
  uint64_t classes;  /* of terms in the sentence, bit n for class n: what is not there need not be sought */
  uint64_t signs;    /* in the sentence */
  bool asides;       /* a parenthesis or a dash may be in it */
  tipl__vec elements; /* tipl__element */
  tipl__vec measured; /* uint32_t: the elements that are measures */
  tipl__vec groups;   /* tipl__group */
  tipl__vec drafts;   /* tipl__draft */
  tipl__vec names;    /* tipl__short_name: of this report's NGOs and international organisations */
  tipl__vec chain;    /* uint32_t for each fact: an earlier one of its bucket, or TIPL_NONE */
  uint32_t bucket[1 << TIPL__BUCKET_BITS]; /* latest fact of each bucket (drafts.c) */
  /* what the sentence before left behind */
  uint32_t shared_row;      /* fact that agencies share in (earlier.c), TIPL_NONE for none */
  uint32_t paragraph_first; /* its paragraph's first fact row */
  uint32_t previous_first, previous_end; /* its fact rows: of the last sentence with any, in this paragraph */
  uint32_t paragraph;
} tipl__scene;

/* Fills the elements from a unit's tokens and measures; false when memory ran out. At most `limit`
 * tokens are taken. */
bool tipl__scene_read(tipl__scene *scene, const tipl__unit *unit, uint32_t limit);
/* Puts the terms of the options' lexicon, which must be there, over those of the elements (overlay.c). */
void tipl__scene_overlay(tipl__scene *scene);

static inline uint32_t tipl__elements(const tipl__scene *s) { return s->elements.count; }
static inline const tipl__element *tipl__element_at(const tipl__scene *s, uint32_t i) {
  return &TIPL__AT(tipl__element, s->elements, i);
}
static inline tipl__group *tipl__group_at(const tipl__scene *s, uint32_t i) {
  return &TIPL__AT(tipl__group, s->groups, i);
}
static inline const tipl_measure *tipl__measure_of(const tipl__scene *s, uint32_t row) {
  return &TIPL__AT(tipl_measure, s->build->measures, row);
}

/* Ties a group to its base. */
static inline void tipl__relate(tipl__group *g, uint32_t base, tipl_relation relation) {
  g->base = base;
  g->relation = (uint8_t)relation;
}

/* A measure that says when. */
static inline bool tipl__is_time_kind(tipl_measure_kind kind) {
  return kind == TIPL_MEASURE_YEAR || kind == TIPL_MEASURE_YEAR_RANGE || kind == TIPL_MEASURE_DATE ||
         kind == TIPL_MEASURE_PERIOD;
}

/* Tokens of an element; one more stands behind the last, where the sentence ends. */
static inline uint32_t tipl__tokens_of(const tipl__scene *s, uint32_t i) {
  const tipl__element *e = tipl__element_at(s, i);
  return e[1].token - e->token;
}

/* Is there any term of a class in the sentence? */
static inline bool tipl__has(const tipl__scene *s, int class) { return (s->classes >> class & 1) != 0; }
/* Has an element a term of any of these classes? False out of range, as all that follows. */
static inline bool tipl__is_any(const tipl__scene *s, uint32_t element, uint64_t classes) {
  return element < s->elements.count && (tipl__element_at(s, element)->classes & classes) != 0;
}
/* Has it any of these signs? */
static inline bool tipl__shows(const tipl__scene *s, uint32_t element, uint64_t signs) {
  return element < s->elements.count && (tipl__element_at(s, element)->signs & signs) != 0;
}
/* The first element in [from, to) with any of these classes or signs; TIPL_NONE for none. */
static inline uint32_t tipl__next(const tipl__scene *s, uint32_t from, uint32_t to, uint64_t classes, uint64_t signs) {
  const tipl__element *e = s->elements.data;
  if (to > s->elements.count) to = s->elements.count;
  for (uint32_t i = from; i < to; i++)
    if (((e[i].classes & classes) | (e[i].signs & signs)) != 0) return i;
  return TIPL_NONE;
}
/* The last such element before `before`, which is in range or its end. */
static inline uint32_t tipl__last(const tipl__scene *s, uint32_t before, uint64_t classes, uint64_t signs) {
  const tipl__element *e = s->elements.data;
  for (uint32_t i = before; i-- > 0;)
    if (((e[i].classes & classes) | (e[i].signs & signs)) != 0) return i;
  return TIPL_NONE;
}
/* The element's term of a class, or NULL. */
static inline const tipl__term *tipl__term_of(const tipl__scene *s, uint32_t element, int class) {
  if (element >= s->elements.count) return NULL;
  const tipl__element *e = tipl__element_at(s, element);
  if ((e->classes >> class & 1) == 0) return NULL;
  const tipl__term *term = &s->terms[e->term];
  while (term->class != class) term++;
  return term;
}
/* The value of that term, or -1. */
static inline int tipl__term_value(const tipl__scene *s, uint32_t element, int class) {
  const tipl__term *term = tipl__term_of(s, element, class);
  return term == NULL ? -1 : term->value;
}
/* True when the element is a clause word of that kind. */
static inline bool tipl__is_clause(const tipl__scene *s, uint32_t element, int kind) {
  return tipl__shows(s, element, UINT64_C(1) << kind);
}
/* The mark at an element, 0 when it is none or out of range. */
static inline uint8_t tipl__mark_at(const tipl__scene *s, uint32_t element) {
  return element < s->elements.count ? tipl__element_at(s, element)->mark : 0;
}
/* Bytes from the first to the last element, both included. */
tipl_span tipl__span_of(const tipl__scene *s, uint32_t first, uint32_t last);
/* True when an element is written so, letter by letter; false for one out of range. */
bool tipl__spells(const tipl__scene *s, uint32_t element, const char *word);
/* True when the word of an element ends in these letters. */
bool tipl__ends_in(const tipl__scene *s, uint32_t element, const char *ending);

/* The passes, in their order. Each returns false when memory ran out. */
bool tipl__groups(tipl__scene *scene);     /* groups.c: quantities and what they count */
bool tipl__denials(tipl__scene *scene);    /* denials.c: "did not convict any …" as groups of zero */
void tipl__metrics(tipl__scene *scene);    /* metrics.c: which metric each group is for */
void tipl__share_bounds(tipl__scene *scene); /* lengths.c: amounts that are coordinated share a bound */
void tipl__lengths(tipl__scene *scene);    /* lengths.c: terms of law, sentence and permit; fines */
void tipl__lists(tipl__scene *scene);      /* lists.c: what a list leaves out, and lists that are parts */
/* Do form and persons of two counts exclude that one is part of the other? (lists.c) */
bool tipl__clashes(const tipl__group *part, const tipl__group *whole);
/* Of relations.c: counts that are attributes of another (attributes.c); are parts all of their whole? (parts.c) */
void tipl__attributes(tipl__scene *scene);
void tipl__lend_children(tipl__scene *scene);
void tipl__judge_parts(tipl__scene *scene);
/* Of percents.c: what a percentage is a share or a change of, given the cue of a comparison before it or TIPL_NONE; which
 * shares are all of their whole. */
void tipl__relate_percent(tipl__scene *scene, uint32_t index, uint32_t cue);
bool tipl__relate_change(tipl__scene *scene, uint32_t index); /* "an increase of 50,000 euros" belongs to the sum before it */
void tipl__judge_percents(tipl__scene *scene);
bool tipl__relations(tipl__scene *scene);  /* relations.c: comparisons, parts, conversions */
void tipl__periods(tipl__scene *scene);    /* periods.c: when, and why we say so */
/* Lengths and fines that a law prescribes, and lengths of permits, belong to no year (lengths.c). */
bool tipl__is_timeless(const tipl__scene *scene, const tipl__group *group);
bool tipl__draft_groups(tipl__scene *scene); /* drafts.c: facts of the groups */
bool tipl__absences(tipl__scene *scene);   /* absence.c: not reported, withheld, not done */
bool tipl__judgements(tipl__scene *scene); /* judgement.c: tier, effort, streak */
bool tipl__emit(tipl__scene *scene);       /* drafts.c: into the build, in text order */

/* Sets the flags that need all facts of the report (flags.c). */
void tipl__flag_facts(tipl__build *build);
/* A new group at an element, with nothing known of it; NULL when memory ran out. Groups move. */
tipl__group *tipl__group_new(tipl__scene *scene, uint32_t at);
/* A new draft with the fields that follow from the sentence; NULL when memory ran out. */
tipl__draft *tipl__draft_new(tipl__scene *scene, int metric, const char *rule, tipl_span evidence);
/* What the words around a sum say: act, recipient, purpose, uses (money.c). */
void tipl__money_words(const tipl__scene *scene, const tipl__group *group, tipl_fact *fact);
/* The verb of money before a sum: its element, TIPL_NONE for none (money.c). */
uint32_t tipl__money_act(const tipl__scene *scene, const tipl__group *group);
/* Does a label in years ("four-year") disagree with a period of so many calendar years? (money.c) */
bool tipl__label_disagrees(const tipl__scene *scene, int years);
/* Keeps the short names that a sentence explains, for the sentences after it; false when memory ran out. */
bool tipl__read_names(tipl__scene *scene);
bool tipl__read_appositions(tipl__scene *scene); /* and the names that one says the kind of: "Safe Port, an NGO," */
/* The unit that a kind of thing is counted in; NULL for none (drafts.c). */
const char *tipl__unit_of_thing(int thing);
/* Of earlier.c, a fact row or TIPL_NONE: what a group is part of, compared with or an attribute of in the sentence before;
 * the same further back in the paragraph, for parts alone; what "the 348" points at; the latest count of a metric, as
 * large or larger, in the paragraph. */
uint32_t tipl__row_before(const tipl__scene *scene, const tipl__group *group, int metric);
uint32_t tipl__row_further_back(const tipl__scene *scene, const tipl__group *group, int metric);
uint32_t tipl__row_pointed_at(const tipl__scene *scene, const tipl__group *group);
/* "Of the 348, the GPS identified 285. The GIS identified 55": a count that one agency after the other shares in.
 * tipl__share_row keeps it when the first share is read, tipl__row_shared finds it for the next. */
uint32_t tipl__row_shared(tipl__scene *scene, const tipl__group *group, int metric);
void tipl__share_row(tipl__scene *scene, const tipl__group *group, uint32_t row);
uint32_t tipl__row_counting(const tipl__scene *scene, const tipl__group *group, int metric);
/* Whether a proceeding was begun, went on or waits, by the words before its quantity (drafts.c). */
tipl_phase tipl__phase_of(const tipl__scene *scene, const tipl__group *group, int metric);
/* Who vouches for what stands at an element. */
tipl_voice tipl__voice_at(const tipl__scene *scene, uint32_t element, tipl_span *actor);
/* True when what stands at an element is proposed or supposed, not asserted. */
bool tipl__is_hypothetical(const tipl__scene *scene, uint32_t element);
/* The calendar year before the edition's, as a date; TIPL_DATE_NONE when the edition is unknown. */
tipl_date tipl__assumed_year(const tipl__scene *scene);
/* May two groups count the same kind of thing, as far as their nouns say? (relations.c) */
bool tipl__same_class(const tipl__group *a, const tipl__group *b);
/* Ties a group behind a cue of comparison to its base, which may be of the sentence before; the second does so for a
 * share and its whole, "21 of 45 in 2019", and is false where there is no share to compare with (bases.c). */
void tipl__find_comparison(tipl__scene *scene, uint32_t index, uint32_t cue);
bool tipl__compare_shares(tipl__scene *scene, uint32_t index, uint32_t cue);
/* The group behind it that a group after a cue of comparison is compared with: "Compared with 28 in 2019, police
 * investigated 33", "fell from 40 to 25"; TIPL_NONE for none (comparisons.c). */
uint32_t tipl__base_behind(const tipl__scene *scene, uint32_t index, uint32_t cue);
/* Is a group such a base, so that the cue before it does not make it a comparison? (comparisons.c) */
bool tipl__is_base_behind(const tipl__scene *scene, const tipl__group *group, uint32_t cue);
/* "40 cases in 2020, 35 in 2019, and 28 in 2018": the figure of a list of years that this one goes on; TIPL_NONE for
 * none (comparisons.c). */
uint32_t tipl__listed_before(const tipl__scene *scene, uint32_t index);
void tipl__relate_listed(tipl__scene *scene, uint32_t index, uint32_t before);
/* The first year or period in the elements [from, to), as a measure row; TIPL_NONE for none. */
uint32_t tipl__time_between(const tipl__scene *scene, uint32_t from, uint32_t to);

#endif
