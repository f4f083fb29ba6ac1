/* sentences.c: sentence ends by the marks, what stands before and what follows.
 *
 * A stop ends a sentence unless it belongs to an abbreviation or an initial, stands inside an address,
 * or something in lower case follows. Bullets and the numbers of a list end one, too. Called by text.c. */
#include "text/sentences.h"

#include "lexicon/lexicon.h"

typedef struct view {
  const char *text;
  const uint32_t *start;
  const uint16_t *length, *word;
  uint32_t begin, end; /* tokens of the block */
} view;

static view view_of(const tipl__build *build, uint32_t begin, uint32_t end) {
  view v = {build->text, build->token_start.data, build->token_length.data, build->token_word.data,
            begin, end};
  return v;
}

static uint32_t end_of(const view *v, uint32_t token) { return v->start[token] + v->length[token]; }
static bool glued(const view *v, uint32_t token) { /* no blank before the token */
  return token > v->begin && end_of(v, token - 1) == v->start[token];
}
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static char first_of(const view *v, uint32_t token) { return v->text[v->start[token]]; }
static bool is_word(const view *v, uint32_t token) {
  return v->word[token] == TIPL__WORD_OTHER || v->word[token] >= TIPL__WORD_FIRST;
}
static bool is_closer(uint16_t word) { return word == ')' || word == ']' || word == '"' || word == '\''; }

/* The text class of a word: abbreviation or sentence opener; -1 for none. */
static int text_value(const view *v, uint32_t token, int class) {
  uint32_t length;
  if ((tipl__word_begins[v->word[token]] >> class & 1) == 0) return -1;
  const tipl__node *node = tipl__match(&v->word[token], 1, &length);
  for (uint32_t i = 0; node != NULL && i < node->terms; i++)
    if (tipl__terms[node->term + i].class == class) return tipl__terms[node->term + i].value;
  return -1;
}

static bool opens_sentence(const view *v, uint32_t token) {
  return is_upper(first_of(v, token)) && text_value(v, token, TIPL__TERM_OPENER) >= 0;
}

/* True when the run of non-blanks around a token is an address. */
static bool in_address(const view *v, uint32_t token) {
  uint32_t from = token, to = token;
  while (glued(v, from)) from--;
  while (to + 1 < v->end && glued(v, to + 1)) to++;
  for (uint32_t i = from; i <= to; i++) {
    if (v->word[i] == '@') return true;
    if (v->word[i] == ':' && i + 1 <= to && v->word[i + 1] == '/') return true;
  }
  return v->length[from] == 3 && memcmp(v->text + v->start[from], "www", 3) == 0;
}

/* Does the full stop at `dot` belong to what stands before it, so that only `next` can tell? */
static bool abbreviates(const view *v, uint32_t dot, uint32_t next) {
  if (dot == v->begin || !glued(v, dot)) return false;
  uint32_t before = dot - 1;
  if (v->word[before] == TIPL__WORD_SYMBOL) return true; /* "N°." */
  if (!is_word(v, before)) return false;
  int kind = text_value(v, before, TIPL__TERM_ABBREVIATION);
  if (kind == TIPL__ABBREVIATION_TITLE) return true;
  if (kind == TIPL__ABBREVIATION_NUMBER)
    return v->word[next] == TIPL__WORD_NUMBER || !is_upper(first_of(v, next));
  if (kind == TIPL__ABBREVIATION_NAME || (v->length[before] == 1 && v->word[before] != TIPL__WORD_NUMBER))
    return !opens_sentence(v, next);
  return false;
}

/* Last token of a run of stops and closing marks that begins at `stop`. */
static uint32_t stop_run(const view *v, uint32_t stop) {
  uint32_t i = stop;
  while (i + 1 < v->end) {
    uint16_t w = v->word[i + 1];
    bool more = w == '.' || w == '!' || w == '?' || w == TIPL__WORD_ELLIPSIS;
    bool closer = is_closer(w) && glued(v, i + 1) && !(i + 2 < v->end && glued(v, i + 2) && is_word(v, i + 2));
    if (!more && !closer) break;
    i++;
  }
  return i;
}

/* A stop that a word follows without a blank: "do so.The government". */
static bool ends_glued(const view *v, uint32_t last, uint32_t stop) {
  uint32_t next = last + 1;
  if (!is_upper(first_of(v, next)) || stop == v->begin) return false;
  bool spelled = v->length[next] > 1 || (next + 1 < v->end && !glued(v, next + 1)); /* no initial */
  if (!spelled || in_address(v, stop)) return false;
  if (v->word[stop - 1] == TIPL__WORD_NUMBER || is_closer(v->word[stop - 1])) return true;
  return v->length[stop - 1] > 1 && is_lower(v->text[end_of(v, stop - 1) - 1]) &&
         text_value(v, stop - 1, TIPL__TERM_ABBREVIATION) < 0;
}

/* Dots with blanks between them, from `stop` to `last`: ". . ." belongs to what follows it, and so do the
 * last three of "compounds. . . . The". */
static bool is_spaced_ellipsis(const view *v, uint32_t stop, uint32_t *last) {
  if (*last < stop + 2 || glued(v, stop + 1)) return false;
  for (uint32_t i = stop; i <= *last; i++)
    if (v->word[i] != '.') return false;
  if (*last == stop + 2) return true;
  if (*last == stop + 3 && glued(v, stop)) *last = stop;
  return false;
}

/* Does the stop at token `stop` end a sentence? Fills *last with the last token of its marks. */
static bool ends_here(const view *v, uint32_t stop, uint32_t *last) {
  *last = stop_run(v, stop);
  uint32_t next = *last + 1;
  if (next >= v->end) return true;
  if (stop > v->begin && v->word[stop - 1] == '[') return false; /* "[...]" */
  if (is_spaced_ellipsis(v, stop, last)) return false;
  if (*last + 1 < next) return true;
  if (glued(v, next)) return ends_glued(v, *last, stop);
  if (is_lower(first_of(v, next))) return false;
  if (v->word[next] == ',' || v->word[next] == ';' || v->word[next] == ')' || v->word[next] == TIPL__WORD_DASH)
    return false;
  if (v->word[stop] == '.' && *last == stop && abbreviates(v, stop, next)) return false;
  if (v->word[stop] == '.' && v->word[*last] == ')' && *last == stop + 1 && v->word[next] == '(') return true;
  return true;
}

/* The number of a list item at `token` ("1.", "1)", "1.)", "a."), with its marks' last token; 0 for none. */
static uint32_t item_number(const view *v, uint32_t token, uint32_t *last) {
  if (token + 2 >= v->end || (v->word[token + 1] != '.' && v->word[token + 1] != ')') || !glued(v, token + 1))
    return 0;
  if (glued(v, token) && v->word[token - 1] != TIPL__WORD_BULLET) return 0;
  uint32_t i = token + 1;
  if (v->word[i] == '.' && glued(v, i + 1) && v->word[i + 1] == ')') i++;
  if ((v->word[i] != '.' && v->word[i] != ')') || i + 1 >= v->end || glued(v, i + 1)) return 0;
  *last = i;
  const char *p = v->text + v->start[token];
  if (v->word[token] == TIPL__WORD_NUMBER && v->length[token] <= 2)
    return v->length[token] == 2 ? (uint32_t)(p[0] - '0') * 10 + (uint32_t)(p[1] - '0') : (uint32_t)(p[0] - '0');
  if (v->length[token] == 1 && is_lower(p[0])) return 100 + (uint32_t)(p[0] - 'a');
  return 0;
}

/* Does a token in [from, to) carry this number of a list? */
static bool has_item(const view *v, uint32_t from, uint32_t to, uint32_t number) {
  uint32_t last;
  for (uint32_t i = from; i < to; i++)
    if (v->word[i] == '.' || v->word[i] == ')')
      if (i > v->begin && item_number(v, i - 1, &last) == number) return true;
  return false;
}

bool tipl__is_list(const tipl__build *build, uint32_t begin, uint32_t end) {
  view v = view_of(build, begin, end);
  uint32_t from = v.start[begin]; /* no token holds a line end; most blocks have none at all */
  if (memchr(v.text + from, '\n', end_of(&v, end - 1) - from) == NULL) return false;
  for (uint32_t i = begin; i < end; i++)
    if (v.word[i] == '.' || v.word[i] == '?' || v.word[i] == '!') return false;
  for (uint32_t i = begin + 1; i < end; i++) { /* a line that goes on in lower case was only wrapped */
    uint32_t gap = v.start[i] - end_of(&v, i - 1);
    if (gap == 0 || memchr(v.text + end_of(&v, i - 1), '\n', gap) == NULL) continue;
    if (v.text[v.start[i]] >= 'a' && v.text[v.start[i]] <= 'z') return false;
  }
  return true;
}

/* The item of a list with this number in [from, to), or `to`. */
static uint32_t find_item(const view *v, uint32_t from, uint32_t to, uint32_t number) {
  uint32_t marks;
  while (from < to && item_number(v, from, &marks) != number) from++;
  return from;
}

uint32_t tipl__sentence_end(const tipl__build *build, uint32_t from, uint32_t begin, uint32_t end,
                            uint32_t *last, uint32_t *flags, uint32_t *stop) {
  view v = view_of(build, begin, end);
  bool bullets_lead = v.word[begin] == TIPL__WORD_BULLET; /* a mark before each item belongs to it */
  bool bullet = v.word[from] == TIPL__WORD_BULLET;
  uint32_t marks = from, number = item_number(&v, from + bullet, &marks);
  uint32_t next_number = number != 0 && has_item(&v, from + 1, end, number + 1) ? number + 1 : 0;
  bool item = next_number != 0 || (number > 1 && has_item(&v, begin, from, number - 1)) || (bullet && number != 0);
  uint32_t least = item ? marks + 1 : from; /* no end before it */
  *flags = 0;
  for (;; ++*stop) {
    const tipl__stop *at = &TIPL__AT(tipl__stop, build->stops, *stop);
    uint32_t i = at->token;
    if (i < from) continue; /* closed the sentence before */
    *flags |= at->flags;
    if (next_number != 0 && i > least) {
      uint32_t next = find_item(&v, least > from ? least : from + 1, i, next_number);
      if (next < i) return *last = next - 1, next;
    }
    if (i == end) return *last = end - 1, end;
    if (i < least) continue;
    if (v.word[i] == TIPL__WORD_BULLET) {
      if (i == from) continue;
      ++*stop;
      return *last = i - 1, bullets_lead ? i : i + 1;
    }
    if (!ends_here(&v, i, last)) {
      least = stop_run(&v, i) + 1;
      continue;
    }
    ++*stop;
    uint32_t next = *last + 1;
    while (next < end && v.word[next] == TIPL__WORD_BULLET && !bullets_lead) next++;
    return next;
  }
}
