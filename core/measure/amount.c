/* amount.c: a number with its unit, and ranges of two.
 *
 * A length of time is kept in months or days, in seconds below a day, so that "two years and 10
 * months" is one row of 34 months. Called by measure.c. */
#include "base/decimal.h"
#include "measure/reader.h"

static void add_inner(tipl__amount *out, const tipl__number *number) {
  if (out->inners < TIPL__INNER) out->inner[out->inners++] = *number;
}

/* ------------------------------------------------------------------ lengths of time */

typedef struct unit {
  const tipl__term *term;
  uint32_t end;
  bool hyphen;
} unit;

/* The unit of time behind a number that ends at `at`: "years", "-month", "a year" (of half). */
static bool unit_at(const tipl__reader *r, uint32_t at, bool half, unit *out) {
  out->hyphen = tipl__word_is(r, at, '-') && tipl__glued(r, at) && tipl__glued(r, at + 1);
  if (out->hyphen || (half && tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE)))
    at++;
  out->term = tipl__term_at(r, at, TIPL__TERM_TIMEUNIT, &out->end);
  return out->term != NULL;
}

static const char *unit_name(uint8_t base) {
  return base == TIPL__TIME_MONTH ? "months" : base == TIPL__TIME_DAY ? "days" : "seconds";
}

/* Months in days (12 of them a year of 365, else 30 each), days in seconds. */
static bool to_smaller(tipl__amount *out) {
  tipl_decimal *v = &out->value;
  if (out->base == TIPL__TIME_DAY) {
    out->base = TIPL__TIME_SECOND;
    return tipl__times(v, 86400);
  }
  out->base = TIPL__TIME_DAY;
  if (v->exponent != 0 || v->digits < 12) return tipl__times(v, 30);
  int64_t years = v->digits / 12, rest = v->digits % 12;
  *v = tipl__integer(rest * 30);
  tipl_decimal days = tipl__integer(years);
  return tipl__times(&days, 365) && tipl_decimal_add(v, days) == TIPL_OK;
}

/* Adds `value` units to the length. */
static bool add_length(tipl__amount *out, tipl_decimal value, const tipl__term *term) {
  tipl__amount more = {.value = value, .base = (uint8_t)term->a};
  if (!tipl__times(&more.value, term->value)) return false;
  if (out->base == 0) out->base = more.base;
  while (out->base > more.base)
    if (!to_smaller(out)) return false;
  while (more.base > out->base)
    if (!to_smaller(&more)) return false;
  if (tipl_decimal_add(&out->value, more.value) != TIPL_OK) return false;
  while (out->value.exponent < 0 && out->value.digits % 10 == 0)
    out->value.digits /= 10, out->value.exponent++;
  return true;
}

static int64_t seconds_of(const tipl__term *term) {
  return term->value * (term->a == TIPL__TIME_MONTH ? INT64_C(2592000)
                        : term->a == TIPL__TIME_DAY ? 86400
                                                    : 1);
}

/* " and 10 months", ", three days", " 21 days" behind a length whose last unit is `before`: a
 * smaller unit, and less of it than would make a larger one, or else it is a length of its own. */
static bool next_part(const tipl__reader *r, tipl__amount *out, const tipl__term **before) {
  tipl__number number;
  unit u;
  uint32_t at = out->end;
  bool joined = false;
  if (tipl__word_is(r, at, ',')) at++, joined = true;
  if (tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND)) at++, joined = true;
  if (at >= r->end || (r->word[at] != TIPL__WORD_NUMBER && !tipl__letters(r, at)) ||
      out->inners == TIPL__INNER)
    return false;
  tipl__reader inner = *r;
  inner.floor = at;
  if (!tipl__number_at(&inner, at, &number) || number.ordinal || !unit_at(r, number.end, false, &u))
    return false;
  if (u.hyphen || seconds_of(u.term) == seconds_of(*before)) return false;
  bool smaller = seconds_of(u.term) < seconds_of(*before);
  tipl_decimal part = number.value, whole = tipl__integer(seconds_of(*before));
  if (joined && !smaller) return false;
  if (smaller &&
      (!tipl__times(&part, seconds_of(u.term)) || tipl_decimal_compare(part, whole) >= 0))
    return false;
  if (!add_length(out, number.value, u.term)) return false;
  add_inner(out, &number);
  out->flags |= number.flags;
  out->end = u.end;
  *before = u.term;
  return true;
}

/* "and a half" behind a unit. */
static void half_tail(const tipl__reader *r, tipl__amount *out, const tipl__term *term) {
  uint32_t at = out->end, end;
  if (!tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND)) return;
  at++;
  if (tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE)) at++;
  const tipl__term *half = tipl__term_at(r, at, TIPL__TERM_FRACTION, &end);
  if (half == NULL || half->value != 2 || half->b != 0) return;
  uint32_t next;
  if (tipl__term_at(r, end, TIPL__TERM_TIMEUNIT, &next) != NULL) return;
  tipl_decimal value = {5, -1};
  if (add_length(out, value, term)) out->end = end;
}

/* "25-year-old", "18 years of age": no count and no term. */
static void age_tail(const tipl__reader *r, tipl__amount *out) {
  uint32_t at = out->end, end;
  if (tipl__word_is(r, at, '-') && tipl__glued(r, at)) at++;
  const tipl__term *age = tipl__term_at(r, at, TIPL__TERM_TIMEWORD, &end);
  if (age == NULL || age->value != TIPL__TIMEWORD_AGE) return;
  out->end = end;
  out->flags |= TIPL_MEASURE_IDENTIFIER;
}

static bool finish_length(const tipl__reader *r, tipl__amount *out, const unit *u,
                          tipl_decimal value) {
  out->kind = TIPL_MEASURE_DURATION;
  out->value = tipl__integer(0);
  if (!add_length(out, value, u->term)) return false;
  const tipl__term *last = u->term;
  out->end = u->end;
  if (u->hyphen)
    out->flags |= TIPL_MEASURE_ADJECTIVE;
  else
    while (next_part(r, out, &last)) {
    }
  half_tail(r, out, last);
  age_tail(r, out);
  out->unit = unit_name(out->base);
  return true;
}

bool tipl__whole_unit_at(const tipl__reader *r, uint32_t at, tipl__amount *out) {
  unit u = {.hyphen = false};
  *out = (tipl__amount){.first = at, .unit = ""};
  u.term = tipl__term_at(r, at, TIPL__TERM_TIMEUNIT, &u.end);
  if (u.term == NULL || u.term->b != 0 || at <= r->floor) return false;
  uint32_t before = at - 1;
  if (r->word[before] == '-' && tipl__glued(r, at) && before > r->floor) before--;
  bool whole = tipl__is(r, before, TIPL__TERM_TIMEWORD, TIPL__TIMEWORD_WHOLE);
  bool article =
      before == at - 1 && tipl__is(r, before, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE);
  if (article) /* else it may be a rate: "twice a year" */
    article =
        before == r->begin ||
        (before > r->floor && tipl__is(r, before - 1, TIPL__TERM_TIMEWORD, TIPL__TIMEWORD_LEAD));
  if (!whole && !article) return false;
  out->first = before;
  out->flags = TIPL_MEASURE_IN_WORDS | (before < at - 1 ? TIPL_MEASURE_ADJECTIVE : 0);
  return finish_length(r, out, &u, tipl__integer(1));
}

/* ------------------------------------------------------------------ one amount */

static bool percent_at(const tipl__reader *r, uint32_t at, uint32_t *end) {
  *end = at + 1;
  if (tipl__word_is(r, at, '%')) return true;
  if (tipl__word_is(r, at, '-') && tipl__glued(r, at)) at++;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_NUMBERWORD, end);
  return term != NULL && term->value == TIPL__NUMBERWORD_PERCENT;
}

/* "three-member", "one-stop", but not "10-14". */
static bool is_adjective(const tipl__reader *r, uint32_t end) {
  return tipl__word_is(r, end, '-') && tipl__glued(r, end) && tipl__glued(r, end + 1) &&
         tipl__letters(r, end + 1) && !(r->length[end + 1] <= 2 && tipl__capital(r, end + 1));
}

/* A word in lower case behind a number that is neither its unit nor joins it to another: then nothing else is
 * tried. Most numbers count what stands there. */
static bool is_counted(const tipl__reader *r, uint32_t at) {
  const uint64_t units = TIPL__CLASS(NUMBERWORD) | TIPL__CLASS(TIMEUNIT) | TIPL__CLASS(CURRENCY) | TIPL__CLASS(DEMONYM) |
                         TIPL__CLASS(RANGE);
  return tipl__letters(r, at) && (tipl__word_begins[r->word[at]] & units) == 0 && !tipl__capital(r, at) &&
         !tipl__word_is(r, at + 1, '('); /* which might hold the sum in dollars */
}

static bool one_amount(const tipl__reader *r, uint32_t at, tipl__amount *out) {
  tipl__number number;
  unit u;
  uint32_t end;
  if (!tipl__number_at(r, at, &number)) return false;
  *out = (tipl__amount){.first = number.first,
                        .end = number.end,
                        .kind = TIPL_MEASURE_NUMBER,
                        .value = number.value,
                        .flags = number.flags,
                        .unit = "",
                        .scale = number.scale};
  if (number.ordinal) {
    out->kind = TIPL_MEASURE_ORDINAL;
    return true;
  }
  const char *money = tipl__money_before(r, &out->first);
  if (money == NULL && is_counted(r, number.end)) {
    add_inner(out, &number);
    return true;
  }
  if (money == NULL && percent_at(r, number.end, &end)) {
    out->kind = TIPL_MEASURE_PERCENT;
    out->end = end;
    return true;
  }
  bool half =
      number.end == number.first + 1 && number.value.exponent == -1 && number.value.digits == 5;
  if (money == NULL && unit_at(r, number.end, half, &u)) {
    add_inner(out, &number);
    return finish_length(r, out, &u, number.value);
  }
  if (money == NULL) money = tipl__money_after(r, &out->end);
  if (money == NULL) money = tipl__money_by_pair(r, &out->end);
  if (money != NULL) {
    out->kind = TIPL_MEASURE_MONEY;
    out->unit = money;
    return true;
  }
  if (is_adjective(r, number.end)) out->flags |= TIPL_MEASURE_ADJECTIVE;
  add_inner(out, &number);
  return true;
}

/* ------------------------------------------------------------------ ranges */

/* What joins the amount that ends at `at` to another: the token of that, or 0. *spoken is "to" or
 * "and", not a hyphen; *and is the latter. */
static uint32_t joiner(const tipl__reader *r, const tipl__amount *a, bool *spoken, bool *and) {
  uint32_t at = a->end, end;
  *spoken = *and = false;
  if (a->kind == TIPL_MEASURE_DURATION && r->word[at] == '\'' && at + 1 < r->end) at++; /* "three months’ to 10 years’" */
  if (tipl__dash(r, at)) {
    uint32_t next = at + 1;
    if (tipl__is(r, next, TIPL__TERM_RANGE, TIPL__RANGE_TO))
      return next + 1; /* "18- to 24-month" */
    if (next >= r->end) return 0;
    bool sign = r->word[next] == '$' || r->word[next] == TIPL__WORD_CURRENCY;
    bool digits = r->word[next] == TIPL__WORD_NUMBER;
    bool tight = tipl__glued(r, at) && tipl__glued(r, next);
    return digits || sign || (tight && tipl__letters(r, next)) ? next : 0;
  }
  *spoken = true;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_RANGE, &end);
  if (term != NULL && term->value == TIPL__RANGE_TO) return end;
  *and = tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND);
  return *and? at + 1 : 0;
}

/* The other amount: a sign of money may stand before its number. */
static bool other_amount(const tipl__reader *r, uint32_t at, tipl__amount *out) {
  tipl__reader inner = *r;
  inner.floor = at;
  for (uint32_t i = at; i < r->end && i < at + 4; i++) {
    if (r->word[i] == TIPL__WORD_NUMBER || r->word[i] == TIPL__WORD_FRACTION ||
        (tipl__letters(r, i) && (tipl__word_flags[r->word[i]] & TIPL__MAY_COUNT) != 0))
      return one_amount(&inner, i, out) && out->first == at;
    if (r->word[i] == '(' || r->word[i] == ',' || r->word[i] == ';') return false;
  }
  return false;
}

/* One unit for both; false when they do not go together. */
static bool same_unit(tipl__amount *a, tipl__amount *b) {
  if (a->kind == b->kind) return strcmp(a->unit, b->unit) == 0;
  if (a->kind == TIPL_MEASURE_MONEY && b->kind == TIPL_MEASURE_NUMBER) { /* "$8,790-17,590" */
    b->kind = TIPL_MEASURE_MONEY;
    b->unit = a->unit;
    return true;
  }
  return a->kind == TIPL_MEASURE_NUMBER && b->kind != TIPL_MEASURE_ORDINAL;
}

/* The lower end takes the unit and the scale of the upper one: "10-14 years", "5 to 10 million". */
static bool take_unit(tipl__amount *a, const tipl__amount *b, const tipl__term *time) {
  if (a->scale == 0 && b->scale >= 3 && tipl_decimal_compare(a->value, tipl__integer(1000)) < 0) {
    a->value.exponent += b->scale;
    if (tipl_decimal_compare(a->value, b->value) >= 0) a->value.exponent -= b->scale;
  }
  if (a->kind == TIPL_MEASURE_NUMBER && b->kind == TIPL_MEASURE_DURATION) {
    if (time == NULL || !tipl__times(&a->value, time->value)) return false;
  }
  a->kind = b->kind;
  a->unit = b->unit;
  a->base = b->base;
  return tipl_decimal_compare(a->value, b->value) < 0;
}

/* A number of a year or of a chain ("1-222-2222") makes no range. */
static bool breaks_range(const tipl__reader *r, const tipl__amount *a, const tipl__amount *b) {
  int64_t year =
      b->kind == TIPL_MEASURE_NUMBER && b->end == b->first + 1 ? tipl__digits_at(r, b->first) : 0;
  if (year >= 1900 && year < 2100 && r->length[b->first] == 4) return true;
  if (tipl__dash(r, b->end) && tipl__glued(r, b->end) && tipl__glued(r, b->end + 1) &&
      (tipl__word_is(r, b->end + 1, TIPL__WORD_NUMBER) ||
       tipl__word_is(r, b->end + 1, TIPL__WORD_OTHER) ||
       (tipl__word_flags[r->word[b->end + 1]] & TIPL__MAY_COUNT) != 0))
    return true;
  return a->first > r->begin && tipl__dash(r, a->first - 1) && tipl__glued(r, a->first);
}

static void join(const tipl__reader *r, tipl__amount *a) {
  uint32_t first;
  bool spoken, and;
  if (a->end >= r->end || a->kind == TIPL_MEASURE_ORDINAL ||
      (a->flags & (TIPL_MEASURE_ADJECTIVE | TIPL_MEASURE_IDENTIFIER)) != 0 || is_counted(r, a->end))
    return;
  uint32_t at = joiner(r, a, &spoken, &and);
  if (at == 0) return;
  const tipl__term *before = tipl__term_before(r, a->first, TIPL__TERM_RANGE, &first);
  int opened = before != NULL ? before->value : 0;
  tipl__amount b, low = *a;
  bool pair = and && opened != TIPL__RANGE_BETWEEN; /* "14 and 18 months" are two lengths */
  if (pair && a->kind != TIPL_MEASURE_NUMBER) return;
  if (!other_amount(r, at, &b) || !same_unit(&low, &b)) return;
  if (pair) {
    bool two = b.kind == TIPL_MEASURE_DURATION && b.inners > 0 && tipl_decimal_compare(a->value, tipl__integer(100)) < 0 &&
               (b.flags & (TIPL_MEASURE_HAS_HIGH | TIPL_MEASURE_ADJECTIVE)) == 0;
    unit u = {.term = NULL};
    if (two) unit_at(r, b.inner[0].end, false, &u);
    if (two && u.term != NULL && tipl__times(&low.value, u.term->value)) {
      low.kind = b.kind;
      low.unit = b.unit;
      low.base = b.base;
      *a = low;
    }
    return;
  }
  if (spoken && opened == TIPL__RANGE_FROM && b.kind != TIPL_MEASURE_DURATION)
    return; /* a change */
  if (breaks_range(r, a, &b)) return;
  unit u = {.term = NULL};
  if (b.kind == TIPL_MEASURE_DURATION && b.inners > 0) unit_at(r, b.inner[0].end, false, &u);
  if (!take_unit(&low, &b, u.term)) return;
  low.high = b.value;
  low.flags |= b.flags | TIPL_MEASURE_HAS_HIGH;
  low.end = b.end;
  for (uint32_t i = 0; i < b.inners; i++) add_inner(&low, &b.inner[i]);
  *a = low;
}

bool tipl__amount_at(const tipl__reader *r, uint32_t at, tipl__amount *out) {
  if (!one_amount(r, at, out)) return false;
  join(r, out);
  return true;
}
