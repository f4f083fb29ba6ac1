/* number.c: one number, in digits, words or both.
 *
 * A cardinal is read left to right: a group below a thousand grows by units, tens and "hundred"
 * until a scale word ("thousand", "million", "lakh") moves it to the total. Then come the tails: a
 * point, a dozen, a fraction. Everything is an exact decimal; only a fraction may have to be
 * rounded. */
#include "base/decimal.h"
#include "measure/digits.h"

typedef enum shape {
  EMPTY, /* no group begun: at the start, or after a scale */
  UNIT,
  TENS,
  HUNDREDS, /* a unit, tens or "hundred" may still be followed by something smaller */
  FULL
} shape;

typedef struct cardinal {
  const tipl__reader *r;
  uint32_t end;
  tipl_decimal total, group;
  int big;   /* power of the last scale from a thousand on, 0 before the first */
  int small; /* the group's value, 1000 for anything that is not an integer below */
  shape shape;
  bool words, digits;
} cardinal;

/* A point before the digits (".25") that ends nothing. */
static bool leading_point(const tipl__reader *r, uint32_t at) {
  if (at <= r->floor || !tipl__word_is(r, at - 1, '.') || !tipl__glued(r, at)) return false;
  return !tipl__glued(r, at - 1) ||
         !(tipl__letters(r, at - 2) || r->word[at - 2] == TIPL__WORD_NUMBER ||
           r->word[at - 2] == '.' || r->word[at - 2] == ')');
}

/* ------------------------------------------------------------------ cardinals */

static bool num_at(const tipl__reader *r, uint32_t at, int *value) {
  uint32_t end;
  const tipl__term *term = tipl__term_from(r, at, at < r->end ? at + 1 : at, TIPL__TERM_NUM, &end);
  if (term != NULL) *value = term->value;
  return term != NULL;
}

static shape shape_of(int value) {
  return value >= 20 && value % 10 == 0 ? TENS : value > 0 && value < 10 ? UNIT : FULL;
}

static void set_group(cardinal *c, int value) {
  c->group = tipl__integer(value);
  c->small = value;
  c->shape = shape_of(value);
}

static bool add_to_group(cardinal *c, int value) {
  c->shape = c->shape == TENS ? FULL : shape_of(value);
  c->small += value;
  return tipl_decimal_add(&c->group, tipl__integer(value)) == TIPL_OK;
}

/* A scale word, or behind digits a suffix ("k", "mn"). */
static const tipl__term *scale_at(const cardinal *c, uint32_t at, uint32_t *end) {
  const tipl__reader *r = c->r;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_SCALE, end);
  if (term != NULL || !tipl__word_is(r, at - 1, TIPL__WORD_NUMBER)) return term;
  term = tipl__term_from(r, at, at < r->end ? at + 1 : at, TIPL__TERM_SUFFIX, end);
  if (term == NULL) return NULL;
  bool glued = tipl__glued(r, at), capital = tipl__capital(r, at), letter = r->length[at] == 1;
  bool sign = at >= r->begin + 2 && tipl__glued(r, at - 1) &&
              (r->word[at - 2] == '$' || r->word[at - 2] == TIPL__WORD_CURRENCY);
  if (term->a == 1 && !capital && !(sign && glued)) return NULL;
  if (glued || !letter) return term;
  if (tipl__word_is(r, at + 1, '.') && tipl__glued(r, at + 1) && at + 2 < r->end)
    return NULL; /* an initial */
  return capital || !tipl__letters(r, at + 1) ? term : NULL;
}

/* The denominator of a fraction, perhaps behind a hyphen: "fifths", "twenty-firsts", "third". */
static bool denominator(const tipl__reader *r, uint32_t at, int64_t *value, uint32_t *end,
                        bool *plural) {
  int tens = 0;
  if (tipl__word_is(r, at, '-')) at++;
  if (num_at(r, at, &tens) && shape_of(tens) == TENS) {
    at++;
    if (tipl__word_is(r, at, '-')) at++;
  } else {
    tens = 0;
  }
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_FRACTION, end);
  *plural = term != NULL && term->b == 1;
  if (term == NULL) {
    term = tipl__term_at(r, at, TIPL__TERM_ORDINAL, end);
    if (term != NULL && term->value * tipl__power10(term->a) < 3 && tens == 0) term = NULL;
  } else if (term->value == 1 && term->a == 0 && tens == 0) {
    term = NULL; /* "firsts" */
  }
  if (term == NULL || (tens > 0 && (term->value > 9 || term->a > 0))) return false;
  *value = tens + term->value * tipl__power10(term->a);
  return true;
}

/* Tens and a denominator that belong together: "[three] twenty-firsts". */
static bool compound_denominator(const tipl__reader *r, uint32_t at) {
  int tens;
  int64_t value;
  uint32_t end;
  bool plural;
  return num_at(r, at, &tens) && shape_of(tens) == TENS &&
         denominator(r, at, &value, &end, &plural) && end > at + 1;
}

/* "hundred", "million" behind the group. */
static bool apply_scale(cardinal *c, const tipl__term *term, uint32_t end) {
  int power = term->value;
  if (power == 2) {
    if (c->shape == EMPTY || c->shape == HUNDREDS || (c->small >= 100 && !c->digits)) return false;
    c->group.exponent += 2;
    c->small = c->small < 10 ? c->small * 100 : 1000;
    c->shape = HUNDREDS;
  } else if (c->shape == EMPTY) { /* "three lakh crore" */
    c->total.exponent += power;
    c->big = power;
  } else {
    if (c->big != 0 && power >= c->big) return false;
    c->group.exponent += power;
    if (tipl_decimal_add(&c->total, c->group) != TIPL_OK) return false;
    c->group = tipl__integer(0);
    c->small = 0;
    c->big = power;
    c->shape = EMPTY;
  }
  c->end = end;
  return c->total.exponent <= 18 && c->group.exponent <= 18;
}

/* The next element without anything between. */
static bool extend_plain(cardinal *c) {
  uint32_t end;
  int value;
  const tipl__term *scale = scale_at(c, c->end, &end);
  if (scale != NULL && (c->shape != EMPTY || c->big != 0)) return apply_scale(c, scale, end);
  if (num_at(c->r, c->end, &value)) {
    bool unit = c->shape == TENS && value > 0 && value < 10;
    bool below = (c->shape == HUNDREDS || (c->shape == EMPTY && c->big != 0)) && value > 0;
    if (!(unit || (below && !compound_denominator(c->r, c->end)))) return false;
    if (c->digits && c->shape == EMPTY) return false; /* "2 million two NGOs" */
    c->end++;
    c->words = true;
    return add_to_group(c, value);
  }
  int64_t n = c->shape == EMPTY && c->big != 0 ? tipl__digits_at(c->r, c->end) : -1;
  if (n > 0 && n < 1000 &&
      (scale = tipl__term_at(c->r, c->end + 1, TIPL__TERM_SCALE, &end)) != NULL &&
      scale->value < c->big) { /* "4 thousand 3 hundred" */
    set_group(c, (int)n);
    c->end++;
    return true;
  }
  return false;
}

/* "twenty-one", "two-hundred", "ninety - five". */
static bool extend_hyphen(cardinal *c) {
  int value;
  uint32_t end;
  if (!tipl__word_is(c->r, c->end, '-')) return false;
  if (c->shape == TENS && num_at(c->r, c->end + 1, &value) && value > 0 && value < 10) {
    c->end += 2;
    return add_to_group(c, value);
  }
  if (c->shape == EMPTY || !tipl__glued(c->r, c->end)) return false;
  const tipl__term *scale = tipl__term_at(c->r, c->end + 1, TIPL__TERM_SCALE, &end);
  return scale != NULL && scale->b == 0 && apply_scale(c, scale, end);
}

/* A number below a hundred behind "and": its value, or 0. */
static int small_after_and(const cardinal *c, uint32_t at, uint32_t *end, bool *words) {
  int value, unit;
  *end = at + 1;
  *words = num_at(c->r, at, &value);
  if (!*words) {
    int64_t n = tipl__digits_at(c->r, at);
    bool alone = at + 1 >= c->r->end || !(tipl__glued(c->r, at + 1) && tipl__letters(c->r, at + 1));
    return n > 0 && n < 100 && alone && c->r->length[at] <= 2 ? (int)n : 0;
  }
  if (shape_of(value) != TENS) return value;
  uint32_t next = tipl__word_is(c->r, at + 1, '-') ? at + 2 : at + 1;
  if (num_at(c->r, next, &unit) && unit > 0 && unit < 10) {
    *end = next + 1;
    return value + unit;
  }
  return value;
}

/* "one hundred and six", "two thousand and two hundred"; but neither "five and 14" nor "one hundred
 * and two hundred". */
static bool extend_and(cardinal *c) {
  const tipl__reader *r = c->r;
  bool below = c->shape == HUNDREDS, after_scale = c->shape == EMPTY && c->big != 0, words, plural;
  if (!(below || after_scale) || !tipl__is(r, c->end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND))
    return false;
  uint32_t end, scale_end, fraction_end;
  int value = small_after_and(c, c->end + 1, &end, &words);
  if (value == 0 || (after_scale && !words)) return false;
  const tipl__term *scale = tipl__term_at(r, end, TIPL__TERM_SCALE, &scale_end);
  if (scale != NULL && scale->value == 2 && below) return false;
  if (scale != NULL && scale->value > 2 && c->big != 0 && scale->value >= c->big) return false;
  if (scale != NULL && scale->value > 2 && below && !words) return false;
  if (after_scale && c->digits && scale == NULL) return false; /* "4 million and two …" */
  int64_t den;
  if (denominator(r, end, &den, &fraction_end, &plural) && value < den)
    return false; /* a fraction */
  c->end = end;
  c->words |= words;
  if (below) return add_to_group(c, value);
  set_group(c, value);
  return true;
}

static bool extend(cardinal *c) {
  return extend_plain(c) || extend_hyphen(c) || extend_and(c);
}

static bool cardinal_value(cardinal *c, tipl__number *out) {
  out->value = c->total;
  if (c->shape != EMPTY && tipl_decimal_add(&out->value, c->group) != TIPL_OK) return false;
  out->end = c->end;
  out->scale = c->shape == EMPTY ? (uint8_t)c->big : 0;
  if (c->words || c->big != 0 || c->shape == HUNDREDS)
    out->flags |= c->words ? TIPL_MEASURE_IN_WORDS : 0;
  return true;
}

/* ------------------------------------------------------------------ tails */

/* "two hundred point zero three", "1 point 1", "two point two million". */
static bool point_tail(cardinal *c, tipl__number *out) {
  const tipl__reader *r = c->r;
  int64_t whole;
  if (!tipl__is(r, out->end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_POINT) ||
      !tipl__to_integer(out->value, &whole))
    return true;
  uint32_t at = out->end + 1, end;
  tipl_decimal value = tipl__integer(whole);
  if (c->words) {
    int n, unit;
    for (; num_at(r, at, &n); at++) {
      if (n >= 10 && !tipl__add_digit(&value, n / 10, true)) return false;
      uint32_t next = tipl__word_is(r, at + 1, '-') ? at + 2 : at + 1;
      if (shape_of(n) == TENS && num_at(r, next, &unit) && unit > 0 && unit < 10)
        n += unit, at = next;
      if (!tipl__add_digit(&value, n % 10, true)) return false;
    }
  } else if (tipl__digits_at(r, at) >= 0) {
    for (uint32_t i = 0; i < r->length[at]; i++)
      if (!tipl__add_digit(&value, tipl__bytes(r, at)[i] - '0', true)) return false;
    at++;
  }
  if (at == out->end + 1) return true;
  const tipl__term *scale = tipl__term_at(r, at, TIPL__TERM_SCALE, &end);
  if (scale != NULL) {
    value.exponent += scale->value;
    out->scale = (uint8_t)scale->value;
    at = end;
  }
  out->value = value;
  out->end = at;
  return true;
}

/* "three dozen", "a couple of". */
static bool multiple_tail(const tipl__reader *r, tipl__number *out) {
  uint32_t end;
  const tipl__term *term = tipl__term_at(r, out->end, TIPL__TERM_MULTIPLE, &end);
  if (term == NULL) return true;
  if (tipl__is(r, end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF)) end++;
  out->end = end;
  out->flags |= TIPL_MEASURE_IN_WORDS;
  out->scale = 0;
  return tipl__times(&out->value, term->value);
}

/* A scale or dozen that a fraction is of: "half [a] million", "two thirds of a million", "half a
 * dozen". Returns its size, or 0. */
static int64_t whole_of(const tipl__reader *r, uint32_t at, uint32_t *end) {
  bool of = tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF);
  if (of) at++;
  bool article = tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE);
  if (article) at++;
  if (of && !article) return 0;
  if (!of && !article && tipl__word_is(r, at, '-')) at++;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_SCALE, end);
  if (term != NULL) return term->a == 0 ? tipl__power10(term->value) : 0;
  term = tipl__term_at(r, at, TIPL__TERM_MULTIPLE, end);
  return term != NULL && term->a == 0 ? term->value : 0;
}

/* What may follow a fraction in the singular of an ordinal, which else is one: "a third [of]". */
static bool closes_fraction(const tipl__reader *r, uint32_t at) {
  if (tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF)) return true;
  return !tipl__letters(r, at) && !tipl__word_is(r, at, '-');
}

/* n/d of what follows becomes the value. */
static bool set_fraction(const tipl__reader *r, tipl__number *out, int64_t n, int64_t d) {
  uint32_t end;
  int64_t of = whole_of(r, out->end, &end);
  if (of != 0) {
    if (__builtin_mul_overflow(n, of, &n)) return false;
    out->end = end;
  }
  out->flags |= TIPL_MEASURE_IN_WORDS;
  out->scale = 0;
  out->bare = false;
  return tipl__ratio(n, d, &out->value, &out->flags);
}

/* The whole number read so far is a numerator: "twenty-three fifths". */
static bool fraction_tail(const cardinal *c, tipl__number *out, bool *done) {
  int64_t den, n;
  uint32_t end;
  bool plural;
  if (!c->words || c->digits || !denominator(c->r, out->end, &den, &end, &plural)) return true;
  if (!tipl__to_integer(out->value, &n) || !(plural || n == 1)) return true;
  out->end = end;
  *done = true;
  return set_fraction(c->r, out, n, den);
}

/* The fraction behind "and": fills n/d and the token after it. */
static bool fraction_after_and(const cardinal *c, uint32_t at, int64_t *n, int64_t *d,
                               uint32_t *end) {
  const tipl__reader *r = c->r;
  if (tipl__word_is(r, at, '-')) at++;
  bool plural, words, article = tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE);
  uint32_t next;
  if (article) at++;
  if (article && tipl__word_is(r, at, '-')) at++;
  *n = 1;
  if (article || tipl__term_at(r, at, TIPL__TERM_FRACTION, &next) != NULL) {
    if (!denominator(r, at, d, end, &plural) || plural) return false;
    return tipl__term_at(r, at, TIPL__TERM_FRACTION, &next) != NULL || closes_fraction(r, *end);
  }
  *n = small_after_and(c, at, &next, &words);
  if (*n == 0 || !words || !denominator(r, next, d, end, &plural)) return false;
  return *n < *d && (plural || *n == 1);
}

/* "five and a quarter", "3 million and a half", "five and a half million", "one billion and a half
 * million". */
static bool mixed_tail(const cardinal *c, tipl__number *out) {
  const tipl__reader *r = c->r;
  int64_t n, d, whole, part = 1;
  uint32_t end, scale_end, and = out->end;
  if (tipl__word_is(r, and, '-') && tipl__glued(r, and)) and++; /* "one-and-a-half" */
  if (!tipl__is(r, and, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_AND) ||
      !tipl__to_integer(out->value, &whole))
    return true;
  if (!fraction_after_and(c, and+1, &n, &d, &end)) return true;
  const tipl__term *scale = tipl__term_at(r, end, TIPL__TERM_SCALE, &scale_end);
  if (scale != NULL) {
    if (scale->a != 0 || (c->big != 0 && scale->value >= c->big)) return true;
    end = scale_end;
    part = tipl__power10(scale->value);
    if (c->big == 0 && __builtin_mul_overflow(whole, part, &whole)) return false;
  } else if (c->shape == EMPTY) {
    part = tipl__power10(c->big);
  }
  int64_t sum;
  if (__builtin_mul_overflow(n, part, &n) || __builtin_mul_overflow(whole, d, &sum) ||
      __builtin_add_overflow(sum, n, &sum))
    return false;
  out->end = end;
  out->scale = scale != NULL ? (uint8_t)scale->value : out->scale;
  out->bare = false;
  out->flags |= TIPL_MEASURE_IN_WORDS;
  return tipl__ratio(sum, d, &out->value, &out->flags);
}

/* "20 over 100", where nothing that it could count follows. */
static bool over_tail(const tipl__reader *r, tipl__number *out) {
  tipl__number below;
  uint32_t at = out->end + 1;
  int64_t n, d;
  if (!tipl__is(r, out->end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OVER) || at >= r->end)
    return true;
  if (r->word[at] != TIPL__WORD_NUMBER && !tipl__letters(r, at)) return true;
  tipl__reader inner = *r;
  inner.floor = at;
  if (!tipl__number_at(&inner, at, &below) || below.ordinal || !tipl__to_integer(out->value, &n) ||
      !tipl__to_integer(below.value, &d) || n < 0 || d <= 0)
    return true;
  bool year = below.bare && r->length[at] == 4;
  if (year || tipl__letters(r, below.end) || tipl__dash(r, below.end)) return true;
  out->end = below.end;
  out->bare = false;
  out->flags |= below.flags;
  return tipl__ratio(n, d, &out->value, &out->flags);
}

/* "forty-five (45)": said twice. */
static void repeat_tail(const tipl__reader *r, tipl__number *out) {
  tipl__number again;
  uint32_t at = out->end + 1;
  if (!tipl__word_is(r, out->end, '(') || at >= r->end) return;
  bool words = (out->flags & TIPL_MEASURE_IN_WORDS) != 0, digits = r->word[at] == TIPL__WORD_NUMBER;
  if (words != digits || (!digits && !tipl__letters(r, at))) return;
  tipl__reader inner = *r;
  inner.floor = at;
  if (!tipl__number_at(&inner, at, &again) || again.ordinal || !tipl__word_is(r, again.end, ')'))
    return;
  if (tipl_decimal_compare(again.value, out->value) != 0) return;
  out->end = again.end + 1;
  out->bare = false;
  out->flags |= TIPL_MEASURE_IN_WORDS;
}

/* Can what stands at a token belong to a number before it? Almost never: then nothing else is
 * tried. */
static bool may_go_on(const tipl__reader *r, uint32_t at) {
  if (at >= r->end) return false;
  uint16_t w = r->word[at];
  if (w < TIPL__WORD_FIRST) return w == '-' || w == TIPL__WORD_NUMBER;
  const uint64_t parts = TIPL__CLASS(NUM) | TIPL__CLASS(SCALE) | TIPL__CLASS(SUFFIX) | TIPL__CLASS(MULTIPLE) |
                         TIPL__CLASS(FRACTION) | TIPL__CLASS(ORDINAL) | TIPL__CLASS(NUMBERWORD);
  return (tipl__nodes[tipl__word_node[w]].classes & parts) != 0;
}

static bool finish(cardinal *c, tipl__number *out) {
  bool done = false;
  while (may_go_on(c->r, c->end) && extend(c)) {
  }
  if (!cardinal_value(c, out)) return false;
  if (!may_go_on(c->r, c->end)) {
    if (out->end > out->first + 1) out->bare = false;
    repeat_tail(c->r, out);
    return true;
  }
  if (out->end > out->first + 1) out->bare = false;
  if (!point_tail(c, out) || !multiple_tail(c->r, out) || !fraction_tail(c, out, &done))
    return false;
  if (!done && (!mixed_tail(c, out) || !over_tail(c->r, out))) return false;
  repeat_tail(c->r, out);
  return true;
}

/* ------------------------------------------------------------------ beginnings */

/* The fraction that a single character is: its parts, or false. */
static bool fraction_sign(const tipl__reader *r, uint32_t at, int64_t *n, int64_t *d) {
  static const uint8_t PARTS[15][2] = {/* U+2150 … U+215E */
                                       {1, 7}, {1, 9}, {1, 10}, {1, 3}, {2, 3},
                                       {1, 5}, {2, 5}, {3, 5},  {4, 5}, {1, 6},
                                       {5, 6}, {1, 8}, {3, 8},  {5, 8}, {7, 8}};
  if (!tipl__word_is(r, at, TIPL__WORD_FRACTION)) return false;
  const unsigned char *p = (const unsigned char *)tipl__bytes(r, at);
  if (p[0] == 0xC2) { /* U+00BC to U+00BE */
    *n = p[1] == 0xBE ? 3 : 1;
    *d = p[1] == 0xBD ? 2 : 4;
    return true;
  }
  uint32_t i = (uint32_t)(p[2] & 0x3F) - 0x10;
  if (p[0] != 0xE2 || i >= 15) return false;
  *n = PARTS[i][0];
  *d = PARTS[i][1];
  return true;
}

/* "3/4" at a token, or "¾". A larger part above than below is a date or a number of a law. */
static bool slash_fraction(const tipl__reader *r, uint32_t at, int64_t *n, int64_t *d,
                           uint32_t *end) {
  *end = at + 1;
  if (fraction_sign(r, at, n, d)) return true;
  *n = tipl__digits_at(r, at);
  if (*n < 0 || !tipl__word_is(r, at + 1, '/') || !tipl__glued(r, at + 1) ||
      !tipl__glued(r, at + 2))
    return false;
  *d = tipl__digits_at(r, at + 2);
  *end = at + 3;
  if (tipl__glued(r, *end) &&
      (tipl__letters(r, *end) || r->word[*end] == '/' || r->word[*end] == '-'))
    return false;
  return *d > 0 && *n < *d && !(r->length[at + 2] == 4 && *d >= 1900) &&
         r->word[at - (at > r->begin)] != '/';
}

/* whole + n/d, and a scale behind: "1 1/2 million". */
static bool with_fraction(const tipl__reader *r, tipl__number *out, int64_t whole, int64_t n,
                          int64_t d, uint32_t end) {
  int64_t sum;
  uint32_t scale_end;
  if (__builtin_mul_overflow(whole, d, &sum) || __builtin_add_overflow(sum, n, &sum)) return false;
  out->end = end;
  out->bare = false;
  const tipl__term *scale = tipl__term_at(r, end, TIPL__TERM_SCALE, &scale_end);
  if (scale != NULL) {
    if (__builtin_mul_overflow(sum, tipl__power10(scale->value), &sum)) return false;
    out->end = scale_end;
    out->scale = (uint8_t)scale->value;
  }
  return tipl__ratio(sum, d, &out->value, &out->flags);
}

/* May letters stand right behind digits? A suffix, a unit, a code or a counted noun; all else makes
 * the digits part of a name ("259for"). */
static bool letters_allowed(const tipl__reader *r, uint32_t at, const cardinal *c) {
  uint32_t end, after = at;
  if (scale_at(c, at, &end) != NULL || tipl__term_at(r, at, TIPL__TERM_TIMEUNIT, &end) != NULL)
    return true;
  if (tipl__term_at(r, at, TIPL__TERM_HEAD, &end) != NULL) return true;
  return tipl__money_after(r, &after) != NULL;
}

static bool digits_number(const tipl__reader *r, uint32_t at, tipl__number *out) {
  cardinal c = {.r = r, .end = at + 1, .shape = FULL, .small = 1000, .digits = true};
  int64_t n, d;
  uint32_t end;
  if (slash_fraction(r, at, &n, &d, &end)) return with_fraction(r, out, 0, n, d, end);
  if (!tipl__decimal_at(r, at, &c.group)) return false;
  if (tipl__glued(r, at) && tipl__letters(r, at - 1)) {
    uint32_t first = at;
    if (tipl__money_before(r, &first) == NULL) return false;
  }
  int64_t whole = tipl__digits_at(r, at);
  out->bare = whole >= 0;
  if (whole >= 0 && whole < 1000) c.small = (int)whole;
  if (leading_point(r, at) && whole >= 0) {
    out->first--;
    out->bare = false;
    c.group.exponent = -(int32_t)r->length[at];
    c.small = 1000;
  } else if (!tipl__blank_groups(r, &c.end, &c.group)) {
    return false;
  }
  if (c.end > at + 1) whole = -1, c.small = 1000, out->bare = false;
  if (tipl__glued(r, c.end) && tipl__letters(r, c.end)) {
    if (whole >= 0 && tipl__is(r, c.end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ORDINAL)) {
      out->ordinal = true;
      out->end = c.end + 1;
      out->value = c.group;
      return true;
    }
    if (!letters_allowed(r, c.end, &c)) return false;
  }
  bool own = whole >= 0 && c.end < r->end &&
             (tipl__glued(r, c.end) ? r->word[c.end] == TIPL__WORD_FRACTION : true);
  if (own && slash_fraction(r, c.end, &n, &d, &end)) return with_fraction(r, out, whole, n, d, end);
  return finish(&c, out);
}

/* True when an article stands before the token; then it is the first. */
static bool take_article(const tipl__reader *r, tipl__number *out) {
  uint32_t at = out->first;
  if (at <= r->floor || !tipl__is(r, at - 1, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_ARTICLE))
    return false;
  out->first--;
  return true;
}

/* "a hundred", "hundred thousand"; "several hundred" is no number. */
static bool bare_scale(const tipl__reader *r, const tipl__term *term, uint32_t end,
                       tipl__number *out) {
  uint32_t next, at = out->first;
  bool before = at > r->floor;
  bool vague = before && tipl__is(r, at - 1, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_VAGUE);
  if (vague || term->a != 0) return false;
  const tipl__term *more = tipl__term_at(r, end, TIPL__TERM_SCALE, &next);
  bool larger = more != NULL && more->a == 0 && more->value > term->value;
  if (!take_article(r, out) && !larger) return false;
  cardinal c = {.r = r, .end = at, .words = true};
  set_group(&c, 1);
  return apply_scale(&c, term, end) && finish(&c, out);
}

/* "half", "a quarter", "quarter million". */
static bool bare_fraction(const tipl__reader *r, const tipl__term *term, uint32_t end,
                          tipl__number *out) {
  uint32_t next;
  if (term->b != 0) return false;
  bool compound = tipl__word_is(r, end, '-') && tipl__glued(r, end) && tipl__glued(r, end + 1) &&
                  tipl__letters(r, end + 1);
  bool unit = compound && tipl__term_at(r, end + 1, TIPL__TERM_TIMEUNIT, &next) != NULL;
  bool whole = whole_of(r, end, &next) != 0;
  if (compound && !unit && !whole) return false; /* "half-brother" */
  bool article = take_article(r, out);
  if (term->value != 2 && !whole && !(article && closes_fraction(r, end)))
    return false; /* "first quarter" */
  out->end = end;
  return set_fraction(r, out, 1, term->value);
}

/* "fourth", and with an article the fraction "a fourth". */
static bool bare_ordinal(const tipl__reader *r, const tipl__term *term, uint32_t end,
                         tipl__number *out) {
  int64_t value = term->value * tipl__power10(term->a);
  out->end = end;
  out->flags |= TIPL_MEASURE_IN_WORDS;
  if (value > 2 && closes_fraction(r, end) && take_article(r, out))
    return set_fraction(r, out, 1, value);
  out->ordinal = true;
  out->value = tipl__integer(value);
  return true;
}

/* A number whose first word is no numeral: a scale, a dozen, a fraction, an ordinal. */
static bool other_word(const tipl__reader *r, uint32_t at, tipl__number *out) {
  uint32_t end;
  const tipl__term *term = tipl__term_at(r, at, TIPL__TERM_SCALE, &end);
  if (term != NULL) return bare_scale(r, term, end, out);
  if ((term = tipl__term_at(r, at, TIPL__TERM_FRACTION, &end)) != NULL)
    return bare_fraction(r, term, end, out);
  if ((term = tipl__term_at(r, at, TIPL__TERM_ORDINAL, &end)) != NULL)
    return bare_ordinal(r, term, end, out);
  term = tipl__term_at(r, at, TIPL__TERM_MULTIPLE, &end);
  if (term == NULL || term->a != 0) return false;
  uint32_t unit_end; /* "the past couple of years" */
  bool units = tipl__is(r, end, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_OF) &&
               tipl__term_at(r, end + 1, TIPL__TERM_TIMEUNIT, &unit_end) != NULL;
  if (!take_article(r, out) && !units) return false;
  out->value = tipl__integer(1);
  out->end = at;
  return multiple_tail(r, out);
}

static bool word_number(const tipl__reader *r, uint32_t at, tipl__number *out) {
  int value;
  int64_t den;
  uint32_t end;
  bool plural;
  if (tipl__glued(r, at) && r->word[at - 1] == TIPL__WORD_NUMBER)
    return false; /* "3hundred" was read */
  if (!num_at(r, at, &value)) return other_word(r, at, out);
  cardinal c = {.r = r, .end = at + 1, .words = true};
  set_group(&c, value);
  out->flags |= TIPL_MEASURE_IN_WORDS;
  if (c.shape == TENS && denominator(r, at, &den, &end, &plural) && end > at + 1 && !plural) {
    out->end = end; /* "a twenty-first", else the ordinal */
    if (closes_fraction(r, end) && take_article(r, out)) return set_fraction(r, out, 1, den);
    if (tipl__word_is(r, at + 1, '-')) {
      out->ordinal = true;
      out->value = tipl__integer(den);
      return true;
    }
  }
  return finish(&c, out);
}

/* "-5" and "minus five"; a hyphen with something before it is none. */
static void take_sign(const tipl__reader *r, tipl__number *out) {
  if (out->first <= r->floor) return;
  uint32_t at = out->first - 1;
  uint16_t before = at > r->begin ? r->word[at - 1] : 0;
  bool hyphen = r->word[at] == '-' && tipl__glued(r, at + 1) && before != TIPL__WORD_NUMBER &&
                (!tipl__glued(r, at) || before == '(');
  if (!hyphen && !tipl__is(r, at, TIPL__TERM_NUMBERWORD, TIPL__NUMBERWORD_MINUS)) return;
  out->value.digits = -out->value.digits;
  out->first = at;
  out->bare = false;
}

bool tipl__number_at(const tipl__reader *r, uint32_t at, tipl__number *out) {
  int64_t n, d;
  *out = (tipl__number){.first = at, .end = at + 1};
  bool ok = r->word[at] == TIPL__WORD_NUMBER ? digits_number(r, at, out)
            : r->word[at] == TIPL__WORD_FRACTION
                ? fraction_sign(r, at, &n, &d) && with_fraction(r, out, 0, n, d, at + 1)
                : word_number(r, at, out);
  if (!ok || !tipl__fits(out->value)) return false;
  if (!out->ordinal) take_sign(r, out);
  return true;
}
