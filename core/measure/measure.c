/* measure.c: the measure stage. Walks over the units that may hold a quantity and appends rows.
 *
 * Every stretch is one row, with two exceptions that carry TIPL_MEASURE_CONTAINED: the years inside
 * a range or a date, and the numbers inside a length of time or a range of numbers. The numbers of
 * money and percentages have no row of their own. Called by model/report.c after the text stage. */
#include "base/error.h"
#include "measure/reader.h"

enum { BOUND_WORDS = 5 }; /* most words of a bound, or of what opens a range */

const tipl__term *tipl__term_before(const tipl__reader *r, uint32_t end, int class,
                                    uint32_t *first) {
  const tipl__term *best = NULL;
  if (end <= r->floor || (tipl__word_ends[r->word[end - 1]] >> class & 1) == 0) return NULL;
  for (uint32_t at = end; at > r->floor && end - at < BOUND_WORDS;) {
    uint32_t last;
    const tipl__term *term = tipl__term_from(r, --at, end, class, &last);
    if (term != NULL && last == end) best = term, *first = at;
  }
  return best;
}

tipl_measure *tipl__measure_push(tipl__reader *r, tipl_measure_kind kind, uint32_t first,
                                 uint32_t end) {
  tipl_measure *row = tipl__vec_add(&r->build->measures, &r->build->alloc);
  if (row == NULL) return NULL;
  memset(row, 0, sizeof *row);
  row->kind = kind;
  row->bound = TIPL_BOUND_EXACT;
  row->span.offset = r->start[first];
  row->span.length = r->start[end - 1] + r->length[end - 1] - r->start[first];
  row->unit = "";
  row->sentence = r->sentence;
  row->pair = TIPL_NONE;
  return row;
}

/* ------------------------------------------------------------------ bounds, pairs */

static tipl_bound bound_of(const tipl__reader *r, const tipl__amount *a) {
  uint32_t at;
  const tipl__term *term = tipl__term_before(r, a->first, TIPL__TERM_BOUND, &at);
  bool other = term != NULL && ((term->a == 1 && a->kind == TIPL_MEASURE_NUMBER) ||
                                (term->a == 2 && a->kind == TIPL_MEASURE_DURATION));
  if (term != NULL && !other) return (tipl_bound)term->value;
  term = tipl__term_at(r, a->end, TIPL__TERM_BOUNDAFTER, &at);
  return term != NULL ? (tipl_bound)term->value : TIPL_BOUND_EXACT;
}

/* Does an amount that begins at `first` stand in the parenthesis behind the last money, perhaps
 * after another that holds its code: "tenge (KZT) ($77,918)"? A few words may lead
 * ("approximately"). */
static bool in_brackets_behind(const tipl__reader *r, uint32_t first) {
  uint32_t at = r->money_end;
  if (tipl__word_is(r, at, '(') && tipl__letters(r, at + 1) && tipl__word_is(r, at + 2, ')') &&
      tipl__word_is(r, at + 3, '('))
    at += 3;
  if (!tipl__word_is(r, at, '(') || at >= first || first - at > 4) return false;
  for (at++; at < first; at++)
    if (!tipl__letters(r, at)) return false;
  return true;
}

static void link_pair(tipl__reader *r, uint32_t row, uint32_t first, uint32_t end) {
  tipl_measure *rows = r->build->measures.data;
  uint32_t other = r->money;
  r->money = row;
  if (other != TIPL_NONE && rows[other].pair == TIPL_NONE &&
      strcmp(rows[other].unit, rows[row].unit) != 0 && in_brackets_behind(r, first)) {
    rows[other].pair = row;
    rows[row].pair = other;
  }
  r->money_end = end;
}

/* ------------------------------------------------------------------ rows */

static void push_amount(tipl__reader *r, const tipl__amount *a) {
  tipl_measure *row = tipl__measure_push(r, a->kind, a->first, a->end);
  if (row == NULL) return;
  row->value = a->value;
  row->high = a->high;
  row->unit = a->unit;
  row->flags = a->flags;
  if (a->kind != TIPL_MEASURE_ORDINAL) row->bound = bound_of(r, a);
  if (a->kind == TIPL_MEASURE_MONEY) link_pair(r, r->build->measures.count - 1, a->first, a->end);
  bool inner =
      a->kind == TIPL_MEASURE_DURATION || (a->kind == TIPL_MEASURE_NUMBER && a->inners > 1);
  if (!inner) return;
  for (uint32_t i = 0; i < a->inners; i++) {
    const tipl__number *n = &a->inner[i];
    row = tipl__measure_push(r, TIPL_MEASURE_NUMBER, n->first, n->end);
    if (row == NULL) return;
    row->value = n->value;
    row->flags = n->flags | TIPL_MEASURE_CONTAINED |
                 (a->flags & (TIPL_MEASURE_ADJECTIVE | TIPL_MEASURE_IDENTIFIER));
  }
}

/* The amount in the parenthesis at `at`, which is to close behind it. */
static bool bracketed(const tipl__reader *r, uint32_t at, tipl__amount *out) {
  tipl__reader inner = *r;
  if (!tipl__money_in_brackets(r, at)) return false;
  inner.floor = at + 1;
  for (uint32_t i = at + 1; i < r->end; i++)
    if (r->word[i] == TIPL__WORD_NUMBER)
      return tipl__amount_at(&inner, i, out) && out->kind == TIPL_MEASURE_MONEY &&
             tipl__word_is(r, out->end, ')');
  return false;
}

/* "between 30,000 ($2,811) and 50,000 pula ($4,685)": two ranges, one in each other. Returns the
 * token after it, or 0. */
static uint32_t crossed_ranges(tipl__reader *r, tipl__amount *low) {
  tipl__amount low_pair, high, high_pair;
  uint32_t first, at;
  if ((low->flags & TIPL_MEASURE_HAS_HIGH) != 0 || !bracketed(r, low->end, &low_pair)) return 0;
  at = low_pair.end + 1;
  bool and = tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND);
  if (!and&&!tipl__is(r, at, TIPL__TERM_RANGE, TIPL__RANGE_TO)) return 0;
  const tipl__term *opened = tipl__term_before(r, low->first, TIPL__TERM_RANGE, &first);
  if (opened == NULL ? and
      : and          ? opened->value != TIPL__RANGE_BETWEEN
                     : opened->value == TIPL__RANGE_FROM)
    return 0;
  tipl__reader inner = *r;
  inner.floor = at + 1;
  while (++at < r->end && r->word[at] != TIPL__WORD_NUMBER)
    if (r->word[at] != '$' && r->word[at] != TIPL__WORD_CURRENCY) return 0; /* another sum's clause begins */
  if (at >= r->end || !tipl__amount_at(&inner, at, &high) || high.kind != TIPL_MEASURE_MONEY ||
      strcmp(high.unit, low->unit) != 0 || !bracketed(r, high.end, &high_pair))
    return 0;
  low->high = high.value;
  low->end = high.end;
  low->flags |= high.flags | TIPL_MEASURE_HAS_HIGH;
  low_pair.high = high_pair.value;
  low_pair.end = high_pair.end;
  low_pair.flags |= high_pair.flags | TIPL_MEASURE_HAS_HIGH;
  push_amount(r, low);
  push_amount(r, &low_pair);
  if (r->build->measures.failed) return 0;
  uint32_t last = r->build->measures.count - 1;
  tipl_measure *rows = r->build->measures.data;
  rows[last].pair = last - 1;
  rows[last - 1].pair = last;
  return high_pair.end;
}

/* ------------------------------------------------------------------ names and numbers of laws */

/* True when the number at `at` goes on a list behind a label ("Sections 257 and 258", "137-03"). */
static bool continues_label(const tipl__reader *r, uint32_t at) {
  if (r->label_end == 0 || at <= r->label_end || at - r->label_end > 5) return false;
  uint32_t i = r->label_end;
  while (tipl__word_is(r, i, '(') && tipl__word_is(r, i + 2, ')')) i += 3; /* "257(a)" */
  if (i == at) return false;
  for (; i < at; i++) {
    uint16_t w = r->word[i];
    bool joins = w == ',' || w == '-' || w == '/' || w == TIPL__WORD_DASH ||
                 tipl__is(r, i, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND) ||
                 tipl__is(r, i, TIPL__TERM_RANGE, TIPL__RANGE_TO);
    if (!joins) return false;
  }
  return true;
}

/* Is the number at `at` a name's: behind "Section" and its kin, "COVID-", "§", or before "-A"?
 * *list: others may follow. A year behind "Act" is a year. */
static bool is_identifier(const tipl__reader *r, uint32_t at, bool *list) {
  uint32_t first, before = at - 1;
  *list = r->label_end != 0;
  if (continues_label(r, at)) return true;
  *list = false;
  bool tail = tipl__word_is(r, at + 1, '-') && tipl__glued(r, at + 1) && tipl__glued(r, at + 2) &&
              tipl__letters(r, at + 2) && tipl__capital(r, at + 2) && r->length[at + 2] <= 2;
  if (tail) return true;
  if (at <= r->floor) return false;
  uint16_t w = r->word[before];
  if (w == TIPL__WORD_SECTION || (w == '#' && tipl__glued(r, at))) return *list = true;
  if (w == '-' && tipl__glued(r, at) && tipl__glued(r, before) && tipl__letters(r, before - 1))
    return r->length[at] != 4 || !tipl__is(r, before - 1, TIPL__TERM_YEARWORD, TIPL__YEARWORD_LEAD);
  if (!tipl__letters(r, before) && w != '.') return false;
  const tipl__term *label = tipl__term_before(r, at, TIPL__TERM_LABEL, &first);
  if (label == NULL || (label->a == 1 && !tipl__capital(r, first))) return false;
  bool chained = tipl__glued(r, at + 1) && (r->word[at + 1] == '-' || r->word[at + 1] == '/');
  int64_t year = label->a == 1 && !chained && r->length[at] == 4 ? tipl__digits_at(r, at) : 0;
  if (year >= 1900 && year < 2100) return false;
  *list = label->value == 1 || chained;
  return true;
}

static uint32_t push_identifier(tipl__reader *r, uint32_t at, bool list) {
  tipl__number number;
  if (!tipl__number_at(r, at, &number) || number.ordinal) return 0;
  if (number.first < at) number.first = at; /* its hyphen is no minus */
  if (number.value.digits < 0) number.value.digits = -number.value.digits;
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_NUMBER, number.first, number.end);
  if (row == NULL) return 0;
  row->value = number.value;
  row->flags = number.flags | TIPL_MEASURE_IDENTIFIER;
  r->label_end = list ? number.end : 0;
  return number.end;
}

/* ------------------------------------------------------------------ the walk */

static uint32_t amount(tipl__reader *r, uint32_t at) {
  tipl__amount a;
  if (!tipl__amount_at(r, at, &a)) return 0;
  if (a.kind == TIPL_MEASURE_MONEY) {
    uint32_t end = crossed_ranges(r, &a);
    if (end != 0) return end;
  }
  push_amount(r, &a);
  return a.end;
}

static uint32_t number(tipl__reader *r, uint32_t at) {
  bool list;
  if (is_identifier(r, at, &list)) {
    uint32_t end = push_identifier(r, at, list);
    if (end != 0) return end;
  }
  uint32_t next = r->length[at] == 4   ? tipl__year_at(r, at)
                  : r->length[at] <= 2 ? tipl__date_at(r, at)
                                       : 0;
  return next != 0 ? next : amount(r, at);
}

static uint32_t word(tipl__reader *r, uint32_t at) {
  uint32_t next = tipl__period_at(r, at);
  if (next == 0) next = tipl__date_at(r, at);
  if (next == 0) next = amount(r, at);
  if (next != 0) return next;
  tipl__amount a;
  if (!tipl__whole_unit_at(r, at, &a)) return 0;
  push_amount(r, &a);
  return a.end;
}

static void read_unit(tipl__reader *r) {
  for (uint32_t at = r->begin; at < r->end;) {
    uint16_t w = r->word[at];
    uint32_t next = 0;
    if ((tipl__word_flags[w] & TIPL__MAY_COUNT) != 0) {
      if (w == TIPL__WORD_NUMBER)
        next = number(r, at);
      else if (w >= TIPL__WORD_FIRST)
        next = word(r, at);
      else if (w == TIPL__WORD_FRACTION)
        next = amount(r, at);
    }
    if (next != 0) r->floor = next;
    at = next != 0 ? next : at + 1;
  }
}

tipl_status tipl__measure(tipl__build *build) {
  tipl__reader r = {.build = build,
                    .text = build->text,
                    .start = build->token_start.data,
                    .length = build->token_length.data,
                    .word = build->token_word.data};
  for (uint32_t i = 0; i < build->units.count; i++) {
    const tipl__unit *unit = &TIPL__AT(tipl__unit, build->units, i);
    uint32_t first = build->measures.count;
    if ((unit->flags & TIPL__MAY_COUNT) != 0) {
      r.begin = r.floor = unit->token;
      r.end = unit->token + unit->tokens;
      r.sentence = unit->sentence;
      r.label_end = 0;
      r.money = TIPL_NONE;
      read_unit(&r);
    }
    if (unit->sentence == TIPL_NONE) continue;
    tipl_sentence *row = &TIPL__AT(tipl_sentence, build->sentences, unit->sentence);
    row->measure = first;
    row->measures = build->measures.count - first;
  }
  if (build->measures.failed) return tipl__fail(build->error, TIPL_ENOMEM, "out of memory");
  return TIPL_OK;
}
