/* money.c: which currency an amount is in.
 *
 * A sign or code before the number says it by itself; a noun behind it may need its adjective
 * ("Kenyan shillings") or the country of the report. What stays unknown is named by the noun as
 * printed. Called by amount.c. */
#include "currencies_data.h"
#include "measure/reader.h"

/* ------------------------------------------------------------------ choosing among the rows of a
 * list */

typedef struct list {
  uint32_t first, count; /* in tipl__currency_lists */
} list;

static const tipl__currency *row_of(list rows, uint32_t i) {
  return &tipl__currencies[tipl__currency_lists[rows.first + i]];
}

static list list_of(const tipl__term *term) {
  list rows = {(uint32_t)term->value, (uint32_t)term->a};
  return rows;
}

static bool is_of(const tipl__currency *row, const char *iso3) {
  const char *at = tipl__currency_countries + row->countries;
  for (uint32_t i = 0; i < row->count; i++)
    if (memcmp(at + (size_t)i * 3, iso3, 3) == 0) return true;
  return false;
}

/* The first row that the country of the report uses. */
static const char *of_country(const tipl__reader *r, list rows) {
  const char *iso3 = r->build->outline.iso3;
  if (iso3 == NULL || strlen(iso3) != 3) return NULL;
  for (uint32_t i = 0; i < rows.count; i++)
    if (is_of(row_of(rows, i), iso3)) return row_of(rows, i)->code;
  return NULL;
}

/* The first row of `rows` that is also one of `others`. */
static const char *of_both(list rows, list others) {
  for (uint32_t i = 0; i < rows.count; i++)
    for (uint32_t j = 0; j < others.count; j++)
      if (row_of(rows, i) == row_of(others, j)) return row_of(rows, i)->code;
  return NULL;
}

static const char *dollar_of(list rows) {
  for (uint32_t i = 0; i < rows.count; i++)
    if (memcmp(row_of(rows, i)->code, "USD", 3) == 0) return row_of(rows, i)->code;
  return NULL;
}

/* A noun without an adjective: the only currency of that name, the country's, or the dollar. */
static const char *of_noun(const tipl__reader *r, list rows) {
  const char *own = of_country(r, rows);
  if (own != NULL) return own;
  return rows.count == 1 ? row_of(rows, 0)->code : dollar_of(rows);
}

/* ------------------------------------------------------------------ signs and codes */

static const tipl__currency_symbol *symbol_of(const char *text, uint32_t length) {
  uint32_t low = 0, high = TIPL__CURRENCY_SYMBOLS;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const tipl__currency_symbol *symbol = &tipl__currency_symbols[middle];
    uint32_t n = symbol->length < length ? symbol->length : length;
    int order = memcmp(symbol->text, text, n);
    if (order == 0) order = (symbol->length > length) - (symbol->length < length);
    if (order == 0) return symbol;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* The symbol that the tokens [first, end) spell, or NULL. */
static const tipl__currency_symbol *symbol_between(const tipl__reader *r, uint32_t first,
                                                   uint32_t end) {
  uint32_t length = r->start[end - 1] + r->length[end - 1] - r->start[first];
  return length > TIPL__CURRENCY_LONGEST ? NULL : symbol_of(tipl__bytes(r, first), length);
}

static const char *code_of(const tipl__reader *r, const tipl__currency_symbol *symbol) {
  list rows = {symbol->list, symbol->count};
  const char *own = of_country(r, rows);
  return own != NULL || symbol->spelled || symbol->code == 2 ? own : row_of(rows, 0)->code;
}

/* May a symbol end in this token? Almost every number is left here. */
static bool ends_symbol(const tipl__reader *r, uint32_t at) {
  uint32_t end;
  uint16_t w = r->word[at];
  if (w == '$' || w == TIPL__WORD_CURRENCY || w == '.' || w == '/') return true;
  if (!tipl__letters(r, at) || r->length[at] > 6) return false;
  return tipl__capital(r, at) || (unsigned char)*tipl__bytes(r, at) >= 0x80 ||
         tipl__term_from(r, at, at + 1, TIPL__TERM_CURRENCY, &end) != NULL;
}

const char *tipl__money_before(const tipl__reader *r, uint32_t *first) {
  if (*first <= r->floor || !ends_symbol(r, *first - 1)) return NULL;
  const tipl__currency_symbol *best = NULL;
  uint32_t from = 0;
  for (uint32_t at = *first; at > r->floor && *first - at < 6;) {
    at--;
    if (tipl__glued(r, at) && tipl__letters(r, at) && tipl__letters(r, at - 1)) continue;
    const tipl__currency_symbol *symbol = symbol_between(r, at, *first);
    bool letter = symbol != NULL && symbol->spelled && symbol->length == 1;
    if (symbol != NULL && !(letter && !tipl__glued(r, *first))) best = symbol, from = at;
  }
  const char *code = best != NULL ? code_of(r, best) : NULL;
  if (code != NULL) *first = from;
  return code;
}

/* ------------------------------------------------------------------ nouns */

/* The words of tokens [first, end) as the unit, in lower case. */
static const char *name_of(const tipl__reader *r, uint32_t first, uint32_t end) {
  uint32_t length = r->start[end - 1] + r->length[end - 1] - r->start[first];
  const char *name = tipl__build_name(r->build, tipl__bytes(r, first), length);
  if (name == NULL) r->build->measures.failed = true;
  return name;
}

/* A code or sign behind the number: "24 million KZT", "500 €". */
static const char *symbol_after(const tipl__reader *r, uint32_t *end) {
  uint32_t at = *end;
  bool sign = r->word[at] == TIPL__WORD_CURRENCY || r->word[at] == '$';
  bool code = tipl__letters(r, at) && r->length[at] == 3 && tipl__capital(r, at);
  if (!sign && !code) return NULL;
  if (sign && (!tipl__glued(r, at) || tipl__word_is(r, at + 1, TIPL__WORD_NUMBER))) {
    bool next = tipl__word_is(r, at + 1, TIPL__WORD_NUMBER); /* it is the next amount's */
    if (next || r->word[at] == '$') return NULL;
  }
  const tipl__currency_symbol *symbol = symbol_between(r, at, at + 1);
  if (symbol == NULL || (code && symbol->code == 0)) return NULL;
  const char *unit = code_of(r, symbol);
  if (unit != NULL) *end = at + 1;
  return unit;
}

/* Does the number before `end` count rather than pay? Two digits at most, or a word without a
 * scale. */
static bool small_before(const tipl__reader *r, uint32_t end) {
  uint32_t last;
  if (end <= r->begin) return true;
  if (r->word[end - 1] == TIPL__WORD_NUMBER) return r->length[end - 1] <= 2;
  return tipl__term_at(r, end - 1, TIPL__TERM_SCALE, &last) == NULL &&
         tipl__term_at(r, end - 1, TIPL__TERM_SUFFIX, &last) == NULL;
}

/* "kroner", "Kazakhstani tenge", "U.S. dollars", "Valdorian crowns". */
static const char *noun_after(const tipl__reader *r, uint32_t *end) {
  uint32_t at = *end, after, last, behind_end;
  const tipl__term *noun = tipl__term_at(r, at, TIPL__TERM_CURRENCY, &last);
  const tipl__term *adjective = tipl__term_at(r, at, TIPL__TERM_DEMONYM, &after);
  if (adjective != NULL) {
    const tipl__term *behind = tipl__term_at(r, after, TIPL__TERM_CURRENCY, &behind_end);
    if (behind == NULL)
      adjective = NULL;
    else
      noun = behind, at = after, last = behind_end;
  }
  bool unknown = false; /* an adjective that is in no table */
  if (noun == NULL && tipl__letters(r, at) && tipl__capital(r, at)) {
    noun = tipl__term_at(r, at + 1, TIPL__TERM_CURRENCY, &last);
    unknown = noun != NULL;
    at++;
  }
  if (noun == NULL || (tipl__word_is(r, last, '-') && tipl__glued(r, last))) return NULL;
  const char *unit = adjective != NULL ? of_both(list_of(noun), list_of(adjective)) : NULL;
  if (unit == NULL && unknown)
    unit = list_of(noun).count == 1 ? row_of(list_of(noun), 0)->code : NULL;
  else if (unit == NULL)
    unit = of_noun(r, list_of(noun));
  bool bare = at == *end && !tipl__word_is(r, last, '('); /* "the 12 won appeals" */
  if (unit == NULL && bare && small_before(r, at)) return NULL;
  if (unit == NULL) unit = name_of(r, at, last);
  *end = last;
  return unit;
}

const char *tipl__money_after(const tipl__reader *r, uint32_t *end) {
  uint32_t at = *end;
  if (at >= r->end) return NULL;
  if (r->word[at] == '-' && tipl__glued(r, at) && tipl__glued(r, at + 1))
    at++; /* "a 500-euro fine" */
  if (at >= r->end) return NULL;
  const char *unit = symbol_after(r, &at);
  if (unit == NULL) unit = noun_after(r, &at);
  if (unit != NULL) *end = at;
  return unit;
}

/* ------------------------------------------------------------------ money by its dollars */

bool tipl__money_in_brackets(const tipl__reader *r, uint32_t at) {
  if (!tipl__word_is(r, at, '(')) return false;
  tipl__reader inner = *r;
  inner.floor = at + 1;
  for (uint32_t i = at + 1; i < r->end && i < at + 7; i++) {
    tipl__number number;
    uint32_t first = i;
    if (r->word[i] == ')') return false;
    if (r->word[i] != TIPL__WORD_NUMBER) continue;
    if (tipl__money_before(&inner, &first) == NULL || !tipl__number_at(&inner, i, &number))
      return false;
    uint32_t end;
    return tipl__word_is(r, number.end, ')') || tipl__dash(r, number.end) ||
           tipl__term_at(r, number.end, TIPL__TERM_RANGE, &end) != NULL;
  }
  return false;
}

/* The next currency noun of the sentence: "between 30,000 ($2,811) and 50,000 pula ($4,685)". */
static const char *next_noun(const tipl__reader *r, uint32_t from) {
  for (uint32_t i = from; i < r->end; i++) {
    uint32_t end = i + 1;
    if (r->word[i] != TIPL__WORD_NUMBER) continue;
    tipl__number number;
    if (tipl__number_at(r, i, &number)) end = number.end;
    const char *unit = tipl__money_after(r, &end);
    if (unit != NULL) return unit;
  }
  return NULL;
}

/* A word that could be an unknown unit of money: lower case, and nothing else that is counted. */
static bool unknown_noun(const tipl__reader *r, uint32_t at) {
  uint32_t end;
  return tipl__letters(r, at) && !tipl__capital(r, at) && !tipl__glued(r, at) &&
         tipl__term_at(r, at, TIPL__TERM_HEAD, &end) == NULL &&
         tipl__term_at(r, at, TIPL__TERM_NOUN, &end) == NULL &&
         tipl__term_at(r, at, TIPL__TERM_TIMEUNIT, &end) == NULL &&
         tipl__term_at(r, at, TIPL__TERM_NUMBERWORD, &end) == NULL;
}

const char *tipl__money_by_pair(const tipl__reader *r, uint32_t *end) {
  uint32_t at = *end;
  if (small_before(r, at)) return NULL;
  if (tipl__money_in_brackets(r, at)) return next_noun(r, at + 1);
  if (tipl__letters(r, at) && tipl__capital(r, at)) at++; /* "Ruritanian talers" */
  if (!unknown_noun(r, at) || !tipl__money_in_brackets(r, at + 1)) return NULL;
  *end = at + 1;
  return name_of(r, at, at + 1);
}
