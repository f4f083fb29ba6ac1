/* tokens.c: bytes to tokens, each with its word number.
 *
 * One pass over the bytes by a class table. Bytes outside ASCII are letters unless their lead byte says
 * that they may be marks or blanks (C2, E2, EF), which are looked at in `mark`. Called by text.c. */
#include "text/tokens.h"

#include "lexicon/lexicon.h"

enum { BLANK, LETTER, DIGIT, MARK, LEAD };

/* Class of each byte. */
static const uint8_t CLASS[256] = {
#define ROW16(c) c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c
    ROW16(BLANK), ROW16(BLANK),
    BLANK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK, MARK,
    DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT, DIGIT,
    MARK, MARK, MARK, MARK, MARK, MARK,
    MARK, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    MARK, MARK, MARK, MARK, MARK,
    MARK, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    MARK, MARK, MARK, MARK, BLANK,
    ROW16(LETTER), ROW16(LETTER), ROW16(LETTER), ROW16(LETTER),
    LETTER, LETTER, LEAD /* C2 */, LETTER, LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER,
    ROW16(LETTER),
    LETTER, LETTER, LEAD /* E2 */, LETTER, LETTER, LETTER, LETTER, LETTER,
    LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LETTER, LEAD /* EF */,
    ROW16(LETTER)
#undef ROW16
};

/* What a character behind a LEAD byte is: a word number below 256, 0 for a blank, or TIPL__WORD_OTHER
 * for a letter. Fills *length with its bytes. */
static uint16_t mark(const unsigned char *p, uint32_t *length) {
  if (p[0] == 0xC2) {
    *length = 2;
    switch (p[1]) {
      case 0xA0: case 0xAD: return 0;
      case 0xA2: case 0xA3: case 0xA4: case 0xA5: return TIPL__WORD_CURRENCY;
      case 0xA7: return TIPL__WORD_SECTION;
      case 0xAB: case 0xBB: return '"';
      case 0xBC: case 0xBD: case 0xBE: return TIPL__WORD_FRACTION;
      case 0xB7: return TIPL__WORD_BULLET;
      case 0xAA: case 0xB5: case 0xBA: return TIPL__WORD_OTHER;
      default: return TIPL__WORD_SYMBOL;
    }
  }
  *length = 3;
  if (p[0] == 0xEF) {
    if (p[1] == 0xBB && p[2] == 0xBF) return 0;
    if (p[1] == 0xBC && p[2] == 0x84) return '$';
    return TIPL__WORD_OTHER;
  }
  uint32_t code = (uint32_t)(p[1] & 0x3F) << 6 | (uint32_t)(p[2] & 0x3F); /* U+2000 + code */
  if (code <= 0x0F) return code == 0x0C || code == 0x0D ? TIPL__WORD_SYMBOL : 0;
  if (code == 0x10 || code == 0x11) return '-';
  if (code >= 0x12 && code <= 0x15) return TIPL__WORD_DASH;
  if (code >= 0x18 && code <= 0x1B) return '\'';
  if (code >= 0x1C && code <= 0x1F) return '"';
  if (code == 0x22 || code == 0x23 || code == 0x43 || code == 0x5A2 || code == 0x5A0 ||
      code == 0x5AA || code == 0x5AB || code == 0x5CF || code == 0x5E6)
    return TIPL__WORD_BULLET;
  if (code == 0x26) return TIPL__WORD_ELLIPSIS;
  if (code == 0x2F || code == 0x5F || code == 0x60) return 0;
  if (code >= 0x28 && code <= 0x2E) return 0;
  if (code >= 0xA0 && code <= 0xC0) return TIPL__WORD_CURRENCY;
  if (code >= 0x150 && code <= 0x15E) return TIPL__WORD_FRACTION;
  if (code == 0x212) return '-';
  return TIPL__WORD_SYMBOL;
}

/* End of a run of letters that are one byte of the class table. Sixteen bytes at a time where the machine
 * can: words end at unforeseeable places, and a loop over their bytes costs a wrong guess at each. */
static inline const unsigned char *letters_end(const unsigned char *p) {
#if defined(__SSE2__)
  for (;;) {
    __m128i folded = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
    __m128i place = _mm_sub_epi8(folded, _mm_set1_epi8('a'));
    __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(place, _mm_set1_epi8(25)), place);
    unsigned others = ~(unsigned)_mm_movemask_epi8(letter) & 0xFFFFu;
    if (others == 0) {
      p += 16;
      continue;
    }
    p += __builtin_ctz(others);
    if (*p == ' ') return p;
    if (CLASS[*p] != LETTER) return p;
    while (CLASS[*p] == LETTER) p++; /* letters outside ASCII */
  }
#else
  while (CLASS[*p] == LETTER) p++;
  return p;
#endif
}

/* Reads a word of at most 15 letters of ASCII before another character of ASCII but an apostrophe, as nearly all
 * are, without a loop: fills *length and *key. False for any other. */
static inline bool short_word(const unsigned char *p, uint32_t *length, tipl__word_key *key) {
#if defined(__SSE2__)
  __m128i folded = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p), _mm_set1_epi8(0x20));
  __m128i place = _mm_sub_epi8(folded, _mm_set1_epi8('a'));
  __m128i letter = _mm_cmpeq_epi8(_mm_min_epu8(place, _mm_set1_epi8(25)), place);
  unsigned others = ~(unsigned)_mm_movemask_epi8(letter) & 0xFFFFu;
  if (others == 0) return false;
  *length = (uint32_t)__builtin_ctz(others);
  if (p[*length] == '\'' || p[*length] >= 0x80) return false;
  *key = tipl__word_kept(folded, *length);
  return true;
#else
  (void)p, (void)length, (void)key;
  return false;
#endif
}

/* End of a run of letters. An apostrophe between letters belongs to it, except before a final s. */
static const unsigned char *word_end(const unsigned char *p, const unsigned char *end) {
  for (;;) {
    p = letters_end(p);
    if (p >= end) return end;
    if (*p == ' ') return p;
    uint32_t n = 1;
    if (CLASS[*p] == LEAD) {
      uint16_t kind = mark(p, &n);
      if (kind == TIPL__WORD_OTHER) {
        p += n;
        continue;
      }
      if (kind != '\'') return p;
    } else if (*p != '\'') {
      return p;
    }
    const unsigned char *after = p + n;
    if (CLASS[*after] != LETTER) return p;
    if ((*after | 0x20) == 's' && CLASS[after[1]] != LETTER) return p;
    p = after;
  }
}

/* End of a number: digits, with commas, points and apostrophes between digits. */
static const unsigned char *number_end(const unsigned char *p) {
  for (;;) {
    while (CLASS[*p] == DIGIT) p++;
    if ((*p == ',' || *p == '.') && CLASS[p[1]] == DIGIT)
      p++;
    else
      return p;
  }
}

/* Length of "'s" at p (either apostrophe), or 0. */
static uint32_t possessive(const unsigned char *p, uint32_t apostrophe) {
  const unsigned char *s = p + apostrophe;
  return (*s | 0x20) == 's' && CLASS[s[1]] != LETTER && CLASS[s[1]] != DIGIT ? apostrophe + 1 : 0;
}

/* The token at p, which is no blank of ASCII and may be of any kind: returns its end and fills *word, with 0 for a
 * blank outside ASCII. `glued`: a token ends at p. */
#if defined(__GNUC__)
__attribute__((noinline)) /* few tokens come here: the loop over words keeps its registers */
#endif
static const unsigned char *any_token(const unsigned char *p, const unsigned char *end, bool glued, uint16_t *word) {
  uint32_t n = 1;
  uint8_t class = CLASS[*p];
  uint16_t w = class == LEAD ? mark(p, &n) : *p;
  const unsigned char *q = p + n;
  if (class == LETTER || w == TIPL__WORD_OTHER) {
    q = word_end(q, end);
    if (q > end) q = end;
    w = tipl__word_find((const char *)p, (uint32_t)(q - p));
  } else if (class == DIGIT) {
    q = number_end(p);
    if (q > end) q = end;
    w = TIPL__WORD_NUMBER;
  } else if (w == '\'' && glued) {
    uint32_t s = possessive(p, n);
    if (s > 0) q = p + s, w = tipl__word_find("'s\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 2);
  }
  *word = w;
  return q;
}

/* The columns of tokens while they are filled. */
typedef struct columns {
  uint32_t *start;
  uint16_t *length, *word;
  uint32_t count, room;
} columns;

/* Makes room for one token more; false when memory ran out. */
static bool grow(tipl__build *build, columns *c) {
  tipl__vec *vecs[] = {&build->token_start, &build->token_length, &build->token_word};
  c->room = UINT32_MAX;
  for (int i = 0; i < 3; i++) {
    vecs[i]->count = c->count;
    if (!tipl__vec_reserve(vecs[i], &build->alloc, 1)) return false;
    if (vecs[i]->capacity < c->room) c->room = vecs[i]->capacity;
  }
  c->start = build->token_start.data;
  c->length = build->token_length.data;
  c->word = build->token_word.data;
  return true;
}

/* Adds a token; false when memory ran out. */
static inline bool put_token(tipl__build *build, columns *c, const unsigned char *p, uint16_t length, uint16_t word) {
  if (c->count == c->room && !grow(build, c)) return false;
  c->start[c->count] = (uint32_t)(p - (const unsigned char *)build->text);
  c->length[c->count] = length;
  c->word[c->count++] = word;
  return true;
}

/* Makes room for one stop behind the `count` there are; false when memory ran out. */
static bool grow_stops(tipl__build *build, uint32_t count) {
  build->stops.count = count;
  return tipl__vec_reserve(&build->stops, &build->alloc, 1);
}

bool tipl__tokens(tipl__build *build, tipl_span span) {
  const unsigned char *p = (const unsigned char *)build->text + span.offset, *end = p + span.length, *last_end = NULL;
  columns c = {.count = build->token_start.count};
  uint32_t seen = 0, stop_count = 0;
  if (!grow(build, &c) || !grow_stops(build, 0)) return false;
  tipl__stop *stops = build->stops.data;
  while (p < end) {
    const unsigned char *q;
    uint32_t n;
    uint16_t w;
    tipl__word_key key;
    if (CLASS[*p] == LETTER && short_word(p, &n, &key) && p + n <= end) {
      q = p + n;
      w = tipl__word_of(key);
    } else if (CLASS[*p] == BLANK) {
      p++;
      continue;
    } else {
      q = any_token(p, end, p == last_end, &w);
      if (w == 0) {
        p = q;
        continue;
      }
    }
    for (; q - p > UINT16_MAX; p += UINT16_MAX) /* a token too long for its column is cut */
      if (!put_token(build, &c, p, UINT16_MAX, TIPL__WORD_OTHER)) return false;
    if (!put_token(build, &c, p, (uint16_t)(q - p), w)) return false;
    uint32_t may = tipl__word_flags[w], is_stop = (may & TIPL__MAY_STOP) != 0;
    stops[stop_count] = (tipl__stop){c.count - 1, seen |= may};
    seen &= is_stop - 1; /* no branch: where sentences end cannot be foreseen */
    stop_count += is_stop;
    if (stop_count == build->stops.capacity) {
      if (!grow_stops(build, stop_count)) return false;
      stops = build->stops.data;
    }
    last_end = q;
    p = q + (*q == ' '); /* nearly always */
  }
  stops[stop_count] = (tipl__stop){c.count, seen};
  build->stops.count = stop_count + 1;
  build->token_start.count = build->token_length.count = build->token_word.count = c.count;
  return true;
}
