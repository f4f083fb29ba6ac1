/* rating.c: tier and movement from the rating sentence of the prose.
 *
 * "therefore Norway was downgraded to Tier 2": the last tier of the summary that stands behind a
 * verb of lexicon/rating.tsv. Mentions without such a verb ("meets the criteria for Tier 2 Watch
 * List") and under a modal ("would have been downgraded to Tier 3") are not the rating. Called by
 * the parse in model/report.c, after the text stage. */
#include <string.h>

#include "names_data.h"
#include "outline/outline.h"
#include "outline/tier.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
  REACH = 90,         /* bytes before and after the tier that are looked at */
  MOST_MENTIONS = 256 /* tiers of one paragraph that are looked at */
};

typedef struct rating {
  tipl_tier tier;
  tipl_movement movement;
  tipl_span span;
} rating;

/* Takes the last word of the folded text off when it is one of the list. */
static bool drop_last(tipl__folded *words, const char *list) {
  char *blank = strrchr(words->text, ' ');
  const char *last = blank != NULL ? blank + 1 : words->text;
  size_t n = strlen(last);
  for (const char *at = list; n > 0 && (at = strstr(at, last)) != NULL; at++) {
    bool whole = (at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0');
    if (!whole) continue;
    words->text[blank != NULL ? blank - words->text : 0] = '\0';
    return true;
  }
  return false;
}

/* Where the verb stands: at the end of the words, or anywhere when an object may follow; -1 for
 * nowhere. */
static int verb_at(const tipl__folded *words, const tipl__form *form) {
  const char *verb = tipl__name_pool + form->text;
  if (form->place == TIPL__PLACE_CLAUSE) return tipl__folded_find(words, verb);
  size_t length = strlen(words->text), n = form->length;
  if (n > length || memcmp(words->text + length - n, verb, n) != 0) return -1;
  return n == length || words->text[length - n - 1] == ' ' ? (int)(length - n) : -1;
}

/* The verb that governs the tier after the words, the longest of those that fit; the words are cut
 * before it. */
static const tipl__form *governing_verb(tipl__folded *words) {
  const tipl__form *best = NULL;
  int best_at = 0;
  for (int i = 0; i < TIPL__RATING_FORMS; i++) {
    const tipl__form *form = &tipl__rating_forms[i];
    int at = verb_at(words, form);
    if (at < 0 || (best != NULL && best->length >= form->length)) continue;
    best = form;
    best_at = at;
  }
  if (best != NULL) words->text[best_at] = '\0';
  return best;
}

/* One of the last words before the verb makes it a possibility or denies it. */
static bool is_hedged(tipl__folded *words) {
  for (int i = 0; i < 4; i++) {
    size_t length = strlen(words->text);
    if (length > 0 && words->text[length - 1] == ' ') words->text[length - 1] = '\0';
    if (drop_last(words, "would could may might will shall should must not never cannot if"))
      return true;
    char *blank = strrchr(words->text, ' ');
    if (blank == NULL) return false;
    *blank = '\0';
  }
  return false;
}

/* "for a second consecutive year" after the tier. */
static bool for_years(const char *text, uint32_t at, uint32_t end) {
  tipl__folded words;
  tipl__fold(&words, text + at, end - at < REACH ? end - at : REACH);
  int consecutive = tipl__folded_find(&words, "consecutive year");
  return tipl__folded_starts(words.text, "for") > 0 && consecutive > 0 && consecutive < 30;
}

/* Is the tier at `at` a rating? Fills *out when it is. */
static bool read_rating(rating *out, const char *text, uint32_t begin, uint32_t at, uint32_t end) {
  uint32_t tier_end = 0, from = at - begin > REACH ? at - REACH : begin;
  out->tier = tipl__tier_at(text, at, end, &tier_end);
  if (out->tier == TIPL_TIER_NONE) return false;
  while (from < at && ((unsigned char)text[from] & 0xC0) == 0x80) from++;
  tipl__folded words;
  tipl__fold(&words, text + from, at - from);
  while (drop_last(&words, "on to in at as a an the its from")) {
  }
  const tipl__form *form = governing_verb(&words);
  if (form == NULL || is_hedged(&words)) return false;
  out->movement = (tipl_movement)form->kind;
  if (out->movement == TIPL_MOVEMENT_NONE && for_years(text, tier_end, end))
    out->movement = TIPL_MOVEMENT_REMAINED;
  out->span = (tipl_span){at, tier_end - at};
  return true;
}

/* Does a word begin at `at` with the first two letters of "Tier" or "special", in any case? */
static bool begins_tier(const char *text, uint32_t at) {
  char first = text[at] | 0x20, second = text[at + 1] | 0x20;
  bool letters = (first == 't' && second == 'i') || (first == 's' && second == 'p');
  if (!letters) return false;
  /* A blank of one byte, or one outside ASCII (its last byte), such as that of a no-break space or a quotation mark. */
  return tipl__blank(text, at - 1) == 1 || ((unsigned char)text[at - 1] & 0xC0) == 0x80 || text[at - 1] == '"';
}

/* The first such word in [at, end), or a place from `end` on. Looks for the letters behind a blank or a byte
 * outside ASCII in 16 places at once where the machine can; zero bytes stand behind the text. */
static uint32_t next_tier(const char *text, uint32_t at, uint32_t end) {
#if defined(__SSE2__)
  const __m128i fold = _mm_set1_epi8(0x20), t = _mm_set1_epi8('t'), i = _mm_set1_epi8('i'), s = _mm_set1_epi8('s'),
                p = _mm_set1_epi8('p');
  for (; at < end; at += 16) {
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(text + at - 1));
    __m128i first = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(text + at)), fold);
    __m128i second = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)(text + at + 1)), fold);
    __m128i tier = _mm_and_si128(_mm_cmpeq_epi8(first, t), _mm_cmpeq_epi8(second, i));
    __m128i special = _mm_and_si128(_mm_cmpeq_epi8(first, s), _mm_cmpeq_epi8(second, p));
    __m128i blank = _mm_cmplt_epi8(before, _mm_set1_epi8(0x23)); /* signed: bytes outside ASCII, too */
    unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_or_si128(tier, special), blank));
    for (; found != 0; found &= found - 1)
      if (begins_tier(text, at + (uint32_t)__builtin_ctz(found))) return at + (uint32_t)__builtin_ctz(found);
  }
#else
  while (at < end && !begins_tier(text, at)) at++;
#endif
  return at;
}

/* The last rating of a block; of the tier `tier` unless that is NONE. */
static bool last_rating(rating *out, const char *text, tipl_span span, tipl_tier tier) {
  uint32_t end = span.offset + span.length;
  bool found = false;
  int mentions = 0;
  uint32_t at = next_tier(text, span.offset + 1, end);
  for (; at < end && mentions < MOST_MENTIONS; at = next_tier(text, at + 1, end)) {
    rating one;
    bool rates = read_rating(&one, text, span.offset, at, end);
    mentions += one.tier != TIPL_TIER_NONE;
    if (!rates) continue;
    if (tier != TIPL_TIER_NONE && one.tier != tier) continue;
    *out = one;
    found = true;
  }
  return found;
}

/* The last rating in sections of a kind. */
static bool seek(rating *out, const tipl__build *build, tipl_section_kind kind, tipl_tier tier) {
  bool found = false;
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    if (block->kind != TIPL__BLOCK_BODY || block->section == TIPL_NONE) continue;
    if (TIPL__AT(tipl__section_row, build->sections, block->section).kind != kind) continue;
    if (last_rating(out, build->text, block->span, tier)) found = true;
  }
  return found;
}

static bool seek_everywhere(rating *out, const tipl__build *build, tipl_tier tier) {
  return seek(out, build, TIPL_SECTION_SUMMARY, tier) ||
         seek(out, build, TIPL_SECTION_UNKNOWN, tier) ||
         seek(out, build, TIPL_SECTION_PROFILE, tier);
}

tipl_status tipl__rating(tipl__build *build) {
  tipl_outline *outline = &build->outline;
  bool line = outline->tier_line.length > 0;
  rating found;
  bool any = line && seek_everywhere(&found, build, outline->tier);
  if (!any) any = seek_everywhere(&found, build, TIPL_TIER_NONE);
  if (!any) return TIPL_OK;
  outline->movement = found.movement;
  if (line) return TIPL_OK;
  outline->tier = found.tier;
  outline->tier_span = found.span;
  return TIPL_OK;
}
