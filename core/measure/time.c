/* time.c: years, ranges of years, dates and periods.
 *
 * Four digits from 1900 to 2099 are a year or a count; the words beside them decide. A date keeps
 * its year, month and day as far as printed: a month or day without a year is month * 100 + day.
 * Called by measure.c. */
#include "measure/reader.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2099 };

/* ------------------------------------------------------------------ years */

/* The year that a token could be, or 0. */
static int year_of(const tipl__reader *r, uint32_t at) {
  if (at >= r->end || r->length[at] != 4) return 0;
  int64_t n = tipl__digits_at(r, at);
  if (n < FIRST_YEAR || n > LAST_YEAR) return 0;
  if (tipl__glued(r, at + 1) && tipl__letters(r, at + 1)) {
    uint32_t end;
    const tipl__term *s = tipl__term_at(r, at + 1, TIPL__TERM_YEARWORD, &end);
    if (s == NULL || r->word[at + 1] == TIPL__WORD_OTHER) return 0; /* "2020s" */
  }
  return (int)n;
}

/* Something that a year cannot stand before: a scale, a unit of time or money, a percentage. */
static bool unit_follows(const tipl__reader *r, uint32_t at) {
  uint32_t end = at;
  if (tipl__word_is(r, at, '%') || tipl__term_at(r, at, TIPL__TERM_SCALE, &end) != NULL ||
      tipl__term_at(r, at, TIPL__TERM_TIMEUNIT, &end) != NULL)
    return true;
  const tipl__term *word = tipl__term_at(r, at, TIPL__TERM_NUMBERWORD, &end);
  if (word != NULL && word->value == TIPL__NUMBERWORD_PERCENT) return true;
  end = at;
  return tipl__letters(r, at) && tipl__money_after(r, &end) != NULL;
}

/* A counted noun as the next word or the one after. */
static bool noun_follows(const tipl__reader *r, uint32_t at) {
  uint32_t end;
  if (!tipl__letters(r, at)) return false;
  return tipl__term_at(r, at, TIPL__TERM_HEAD, &end) != NULL ||
         (tipl__letters(r, at + 1) && tipl__term_at(r, at + 1, TIPL__TERM_HEAD, &end) != NULL);
}

/* What stands before a year: TIPL__YEARWORD_…, or 0 for a word that does not speak of years. */
static int before_year(const tipl__reader *r, uint32_t at) {
  if (at == r->begin) return TIPL__YEARWORD_WEAK;
  uint32_t end, before = at - 1;
  if (tipl__dash(r, before) && tipl__glued(r, at) && tipl__glued(r, before) &&
      tipl__letters(r, before - 1))
    before--; /* "mid-2020" */
  else if (!tipl__letters(r, before))
    return TIPL__YEARWORD_WEAK;
  const tipl__term *term = tipl__term_from(r, before, before + 1, TIPL__TERM_YEARWORD, &end);
  if (term != NULL) return term->value;
  term = tipl__term_before(r, at, TIPL__TERM_TIMEWORD, &end);
  return term != NULL && term->value == TIPL__TIMEWORD_FISCAL ? TIPL__YEARWORD_LEAD : 0;
}

static bool is_year(const tipl__reader *r, uint32_t at) {
  uint32_t end, next = at + 1;
  int before = before_year(r, at);
  bool glued_name = tipl__glued(r, at) && (tipl__letters(r, at - 1) || r->word[at - 1] == '-');
  if (glued_name && before != TIPL__YEARWORD_LEAD) return false;
  if (tipl__glued(r, at) && (r->word[at - 1] == '$' || r->word[at - 1] == TIPL__WORD_CURRENCY))
    return false;
  if (unit_follows(r, next)) return false;
  if (before == TIPL__YEARWORD_LEAD) return true;
  bool closed =
      !tipl__letters(r, next) || tipl__term_at(r, next, TIPL__TERM_YEARNEXT, &end) != NULL;
  if (closed) return true;
  const tipl__term *bound = tipl__term_before(r, at, TIPL__TERM_BOUND, &end);
  if (bound != NULL && bound->value != TIPL_BOUND_EXACT) return false;
  return before == TIPL__YEARWORD_WEAK && !noun_follows(r, next);
}

static void push_year(tipl__reader *r, uint32_t at, int year, uint32_t flags) {
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_YEAR, at, at + 1);
  if (row == NULL) return;
  row->from = row->to = year * 10000;
  row->flags = flags;
}

/* The token behind a hyphen, dash or slash, or behind "to" or "and"; 0 when there is none. */
static uint32_t joined(const tipl__reader *r, uint32_t first, uint32_t at) {
  uint32_t end;
  if (tipl__dash(r, at) || tipl__word_is(r, at, '/'))
    return tipl__glued(r, at) == tipl__glued(r, at + 1) && at + 1 < r->end ? at + 1 : 0;
  if (!tipl__letters(r, at)) return 0;
  if (tipl__is(r, at, TIPL__TERM_RANGE, TIPL__RANGE_TO)) return at + 1;
  if (!tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND)) return 0;
  const tipl__term *between = tipl__term_before(r, first, TIPL__TERM_RANGE, &end);
  return between != NULL && between->value == TIPL__RANGE_BETWEEN ? at + 1 : 0;
}

/* The later year of a range, "2016-2020" or "2020–21"; 0 for none. */
static int later_year(const tipl__reader *r, uint32_t at, int year) {
  int last = year_of(r, at);
  if (tipl__glued(r, at + 1) && at + 2 < r->end && r->word[at + 1] == '-')
    return 0; /* "2021-03-15" */
  if (last == 0 && at < r->end && r->length[at] == 2 && tipl__glued(r, at)) {
    int64_t n = tipl__digits_at(r, at);
    if (n >= 0 && !(tipl__glued(r, at + 1) && tipl__letters(r, at + 1)))
      last = year / 100 * 100 + (int)n;
  }
  return last > year && last - year <= 60 ? last : 0;
}

/* "2021-03-15" at its year. */
static uint32_t iso_date(tipl__reader *r, uint32_t at, int year) {
  for (uint32_t i = at + 1; i < at + 5; i++)
    if (!tipl__glued(r, i)) return 0;
  if (r->word[at + 1] != '-' || r->word[at + 3] != '-') return 0;
  int64_t month = tipl__digits_at(r, at + 2), day = tipl__digits_at(r, at + 4);
  if (month < 1 || month > 12 || day < 1 || day > 31) return 0;
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_DATE, at, at + 5);
  if (row != NULL) row->from = row->to = year * 10000 + (int)month * 100 + (int)day;
  push_year(r, at, year, TIPL_MEASURE_CONTAINED);
  return at + 5;
}

uint32_t tipl__year_at(tipl__reader *r, uint32_t at) {
  int year = year_of(r, at);
  if (year == 0 || !is_year(r, at)) return 0;
  uint32_t iso = iso_date(r, at, year);
  if (iso != 0) return iso;
  uint32_t next = joined(r, at, at + 1);
  int last = next != 0 ? later_year(r, next, year) : 0;
  if (last == 0) {
    push_year(r, at, year, 0);
    return at + 1;
  }
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_YEAR_RANGE, at, next + 1);
  if (row != NULL) row->from = year * 10000, row->to = last * 10000;
  push_year(r, at, year, TIPL_MEASURE_CONTAINED);
  push_year(r, next, last, TIPL_MEASURE_CONTAINED);
  return next + 1;
}

/* ------------------------------------------------------------------ dates */

typedef struct date {
  uint32_t first, end;
  int year, month, day, last_day;
  uint32_t year_token; /* 0: no year */
} date;

/* A day of a month at a token ("14", "14th"): its number, or 0. */
static int day_at(const tipl__reader *r, uint32_t at, uint32_t *end) {
  int64_t n = at < r->end && r->length[at] <= 2 ? tipl__digits_at(r, at) : 0;
  *end = at + 1;
  if (n < 1 || n > 31) return 0;
  if (tipl__glued(r, *end) && tipl__letters(r, *end)) {
    if (!tipl__is(r, *end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ORDINAL)) return 0;
    ++*end;
  }
  return (int)n;
}

/* The month at a token, or 0: in capitals, and a short or everyday word only where it can be
 * nothing else. */
static int month_at(const tipl__reader *r, uint32_t at, uint32_t *end) {
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_MONTH, end);
  if (term == NULL || !tipl__capital(r, at)) return 0;
  bool number = tipl__word_is(r, *end, TIPL__WORD_NUMBER);
  if (term->a == 1 && !number) return 0;
  return term->a == 2 && !number && at == r->begin ? 0 : term->value;
}

/* The year behind a month or day, perhaps after a comma or "of". */
static void take_year(const tipl__reader *r, date *d) {
  uint32_t at = d->end;
  if (tipl__word_is(r, at, ',') || tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF))
    at++;
  int year = year_of(r, at);
  if (year == 0) return;
  d->year = year;
  d->year_token = at;
  d->end = at + 1;
}

/* Is the number behind the month at `at` a day, or does it count what follows: "in May 12 victims"?
 */
static bool counts_after_month(const tipl__reader *r, uint32_t at, uint32_t end) {
  bool on = at > r->begin && tipl__is(r, at - 1, TIPL__TERM_TIMEWORD, TIPL__TIMEWORD_ON);
  return unit_follows(r, end) || (!on && noun_follows(r, end));
}

/* "June 14, 2004", "January 2021", "June 14-16", "in November". */
static bool month_first(const tipl__reader *r, uint32_t at, date *d) {
  uint32_t end;
  *d = (date){.first = at};
  d->month = month_at(r, at, &d->end);
  if (d->month == 0) return false;
  int day = day_at(r, d->end, &end);
  if (day != 0 && !counts_after_month(r, at, end)) {
    d->day = day;
    d->end = end;
    if (tipl__dash(r, end) && (day = day_at(r, end + 1, &end)) > d->day)
      d->last_day = day, d->end = end;
  }
  take_year(r, d);
  return true;
}

/* "14 June 2004", "14th of June". */
static bool day_first(const tipl__reader *r, uint32_t at, date *d) {
  *d = (date){.first = at};
  d->day = day_at(r, at, &d->end);
  if (d->day == 0) return false;
  if (tipl__is(r, d->end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF)) d->end++;
  d->month = month_at(r, d->end, &d->end);
  if (d->month == 0) return false;
  take_year(r, d);
  return true;
}

static tipl_date value_of(const date *d, int day) {
  return d->year * 10000 + d->month * 100 + day;
}

/* Joins a later date: the earlier one takes its year, or the year before. */
static void join(const tipl__reader *r, date *d, date *last) {
  uint32_t next = joined(r, d->first, d->end);
  *last = *d;
  if (next == 0 || d->last_day != 0 || next >= r->end) return;
  date other;
  if (!month_first(r, next, &other) && !day_first(r, next, &other)) return;
  if (d->year == 0 && other.year != 0)
    d->year = other.year - (d->month * 100 + d->day > other.month * 100 + other.day);
  if (value_of(&other, other.day) > value_of(d, d->day)) *last = other;
}

uint32_t tipl__date_at(tipl__reader *r, uint32_t at) {
  date d, last;
  bool found = r->word[at] == TIPL__WORD_NUMBER ? day_first(r, at, &d) : month_first(r, at, &d);
  if (!found) return 0;
  bool own_year = d.year_token != 0;
  join(r, &d, &last);
  bool range = last.first != d.first;
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_DATE, d.first, last.end);
  if (row != NULL) {
    row->from = value_of(&d, d.day);
    row->to =
        range ? value_of(&last, last.day) : value_of(&d, d.last_day != 0 ? d.last_day : d.day);
  }
  if (own_year) push_year(r, d.year_token, d.year, TIPL_MEASURE_CONTAINED);
  if (range && last.year_token != 0)
    push_year(r, last.year_token, last.year, TIPL_MEASURE_CONTAINED);
  return last.end;
}

/* ------------------------------------------------------------------ periods */

uint32_t tipl__period_at(tipl__reader *r, uint32_t at) {
  uint32_t end;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_PERIOD, &end);
  if (term == NULL) return 0;
  tipl_measure *row = tipl__measure_push(r, TIPL_MEASURE_PERIOD, at, end);
  if (row != NULL) row->from = row->to = term->value;
  return end;
}
