/* outline.c: the text as blocks; the narrative's title, tier line, country, year.
 *
 * Lines are read once, in order. A line may hold several pieces (an address fused to a tier line
 * fused to the first sentence), and a paragraph may go over several lines. Where
 * narratives begin and end is bounds.c's, sections are section.c's, tier and movement in the prose rating.c's. Called by the parse in model/report.c,
 * after the source stage. */
#include "outline/outline.h"

#include <string.h>

#include "base/error.h"
#include "names_data.h"
#include "outline/country.h"
#include "outline/heading.h"
#include "outline/tier.h"
#include "outline/title.h"

enum {
  LONG_LINE = 200,   /* bytes; a longer line is a paragraph of its own, no hard-wrapped line */
  FUSED_REACH = 300, /* bytes of a publisher's line in which a fused country name is looked for */
  SHORT_LINE =
      75, /* percent of the longest line so far: a shorter one may end a wrapped paragraph */
  MENU_LINE = 40,  /* bytes; a shorter line is no full line of a paragraph */
  LONGEST_TITLE_LINE = 90, /* bytes of each line of a title in two */
  MOST_PIECES = 8 /* of one line; each is a scan of the rest of the line */
};

/* How sure a place is of the edition year, best last. */
enum { YEAR_NONE, YEAR_DATE, YEAR_CITATION, YEAR_TIER, YEAR_TITLE };

typedef struct cutter {
  tipl__build *build;
  const char *text;
  uint32_t open;      /* body block that the next line may continue, or TIPL_NONE */
  uint32_t last_line; /* bytes of the line before */
  uint32_t longest;   /* bytes of the longest line of the open block */
  bool head;          /* no body or heading yet */
  bool capitals;      /* the line at hand may hold a heading though a paragraph is open */
  int year_rank;
} cutter;

/* ------------------------------------------------------------------ blocks */

static void push(cutter *cut, tipl__block_kind kind, uint32_t begin, uint32_t end, uint32_t found) {
  end = tipl__trim_end(cut->text, begin, end);
  cut->open = TIPL_NONE;
  if (begin >= end) return;
  tipl__block *block = tipl__vec_push(&cut->build->blocks, &cut->build->alloc);
  if (block == NULL) return;
  *block = (tipl__block){{begin, end - begin}, (uint8_t)kind, found};
  if (kind == TIPL__BLOCK_BODY) cut->open = cut->build->blocks.count - 1;
  if (kind == TIPL__BLOCK_BODY || kind == TIPL__BLOCK_HEADING) cut->head = false;
}

static void note_year(cutter *cut, int year, int rank) {
  if (year == 0 || rank <= cut->year_rank) return;
  cut->build->outline.year = year;
  cut->build->outline.year_origin = TIPL_ORIGIN_TEXT;
  cut->year_rank = rank;
}

static void push_skip(cutter *cut, uint32_t begin, uint32_t end) {
  note_year(cut, tipl__edition_year(cut->text, begin, end), YEAR_CITATION);
  note_year(cut, tipl__date_line_year(cut->text, begin, end), YEAR_DATE);
  push(cut, TIPL__BLOCK_SKIP, begin, end, TIPL_NONE);
}

static void push_body(cutter *cut, uint32_t begin, uint32_t end, bool broken, bool item) {
  if (!broken && cut->open != TIPL_NONE) {
    tipl__block *block = tipl__block_at(cut->build, cut->open);
    block->span.length = end - block->span.offset;
    if (end - begin > cut->longest) cut->longest = end - begin;
    return;
  }
  push(cut, TIPL__BLOCK_BODY, begin, end, item ? 1 : 0);
  cut->longest = end - begin;
}

/* ------------------------------------------------------------------ pieces of a line
 * Each returns the byte after the piece that it took at `begin`, or 0 when it took none. */

/* Where a country's name is fused to the publisher's words ("Map of AfricaAngola is"), else `end`.
 */
static uint32_t fused_name(const char *text, uint32_t begin, uint32_t end) {
  uint32_t stop = end - begin > FUSED_REACH ? begin + FUSED_REACH : end;
  for (uint32_t at = begin + 1; at < stop; at++) {
    if (!tipl__lower(text[at - 1]) || !tipl__upper(text[at])) continue;
    tipl__folded words;
    tipl__fold(&words, text + at, end - at < 100 ? end - at : 100);
    if (tipl__country_prefix(words.text, NULL) != TIPL_NONE) return at;
  }
  return end;
}

/* The head of a page of special cases: its words stand for the tier unless there is a better place.
 */
static void note_special(cutter *cut, uint32_t begin, uint32_t end) {
  uint32_t tier_end = 0;
  cut->build->special_page = true;
  for (uint32_t at = begin; at < end; at++) {
    if (tipl__tier_at(cut->text, at, end, &tier_end) == TIPL_TIER_NONE) continue;
    cut->build->outline.tier_span = (tipl_span){at, tier_end - at};
    return;
  }
}

static uint32_t take_publisher(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  if (!broken) return 0;
  tipl__publisher found = tipl__publisher_line(cut->text, begin, end);
  bool date = found == TIPL__PUBLISHER_NO && tipl__date_line_year(cut->text, begin, end) != 0;
  if (found == TIPL__PUBLISHER_NO && !date) return 0;
  if (found == TIPL__PUBLISHER_SPECIAL) note_special(cut, begin, end);
  if (found == TIPL__PUBLISHER_START) end = fused_name(cut->text, begin, end);
  push_skip(cut, begin, end);
  if (found == TIPL__PUBLISHER_END && cut->build->blocks.count > 0)
    tipl__block_at(cut->build, cut->build->blocks.count - 1)->section = TIPL__BLOCK_END;
  return end;
}

/* A tier line; what stands before it on its line becomes body first. */
static uint32_t take_tier(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  tipl__tier_line found;
  if (!tipl__tier_line_find(&found, cut->text, begin, end)) return 0;
  uint32_t line = found.line.offset, line_end = line + found.line.length;
  if (line > begin) push_body(cut, begin, tipl__trim_end(cut->text, begin, line), broken, false);
  uint32_t rest = tipl__skip_blanks(cut->text, line_end, end);
  bool aside = rest < end && cut->text[rest] == '(' && cut->text[end - 1] == ')';
  if (aside) line_end = end;
  note_year(cut, tipl__edition_year(cut->text, line, line_end), YEAR_TIER);
  push(cut, TIPL__BLOCK_TIER, line, line_end, found.country);
  return line_end;
}

static bool is_title(cutter *cut, uint32_t begin, uint32_t end, uint32_t *country) {
  tipl__title title;
  if (tipl__title_line(&title, cut->text, begin, end)) {
    note_year(cut, title.year, YEAR_TITLE);
    *country = title.country;
    return true;
  }
  if (end - begin > 60) return false;
  for (uint32_t i = begin; i < end && !cut->head; i++)
    if (tipl__lower(cut->text[i])) return false; /* after the first narrative, capitals only */
  *country = tipl__country_find(cut->text + begin, end - begin);
  return *country != TIPL_NONE;
}

static uint32_t take_title(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  uint32_t country = TIPL_NONE;
  if (!broken || !is_title(cut, begin, end, &country)) return 0;
  push(cut, TIPL__BLOCK_TITLE, begin, end, country);
  return end;
}

/* A running head with its page number, "NAMIBIA259for", or a page number alone. */
static uint32_t take_running_head(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  uint32_t at = begin;
  while (at < end && (tipl__upper(cut->text[at]) || cut->text[at] == ' ')) at++;
  uint32_t name_end = at, digits = 0;
  while (at < end && tipl__digit(cut->text[at])) at++, digits++;
  if (digits == 0 || digits > 3) return 0;
  bool alone = name_end == begin && at == end && broken;
  bool named = name_end > begin && (at == end || tipl__lower(cut->text[at]));
  if (named) named = tipl__country_find(cut->text + begin, name_end - begin) != TIPL_NONE;
  if (!alone && !named) return 0;
  push(cut, TIPL__BLOCK_SKIP, begin, at, TIPL_NONE);
  return at;
}

static uint32_t take_heading(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  if (!broken && !cut->capitals) return 0;
  tipl_section_kind kind;
  uint32_t stop = end;
  if (!tipl__heading_line(cut->text, begin, end, &kind)) {
    stop = broken ? tipl__heading_run_in(cut->text, begin, end, &kind) : 0;
    if (stop == 0) return 0;
  }
  push(cut, TIPL__BLOCK_HEADING, begin, stop, (uint32_t)kind);
  return stop;
}

/* Bytes of the bullet and its blanks at the start of a line, 0 for none. */
static uint32_t bullet(const char *text, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  if (end - at >= 3 && memcmp(text + at, "\xE2\x80\xA2", 3) == 0)
    at += 3;
  else if (text[at] == '*' || text[at] == '-')
    at += tipl__blank(text, at + 1) > 0 ? 1 : 0;
  if (at == begin) return 0;
  return tipl__skip_blanks(text, at, end) - begin;
}

/* ------------------------------------------------------------------ lines */

/* The line begins a paragraph although no blank line comes before it. */
static bool begins_paragraph(const cutter *cut, const tipl__line *line) {
  uint32_t length = line->end - line->begin;
  if (cut->last_line > LONG_LINE || length > LONG_LINE) return true;
  tipl__title title; /* below a menu's short lines */
  if (cut->last_line < MENU_LINE && length <= LONGEST_TITLE_LINE && tipl__digit(cut->text[line->begin]) &&
      tipl__title_line(&title, cut->text, line->begin, line->end))
    return true;
  const tipl__block *open = tipl__block_at(cut->build, cut->open);
  bool full = (uint64_t)cut->last_line * 100 >= (uint64_t)cut->longest * SHORT_LINE;
  bool stop =
      tipl__ends_sentence(cut->text, open->span.offset, open->span.offset + open->span.length);
  return !full && stop && !tipl__lower(cut->text[line->begin]);
}

/* A heading may come inside a wrapped text: after a sentence's end, or all in capitals. */
static bool heading_may_come(const cutter *cut, const tipl__line *line) {
  const tipl__block *open = tipl__block_at(cut->build, cut->open);
  uint32_t begin = open->span.offset, end = begin + open->span.length;
  return tipl__ends_sentence(cut->text, begin, end) ||
         !tipl__has_lower(cut->text + line->begin, line->end - line->begin);
}

static uint32_t take_piece(cutter *cut, uint32_t begin, uint32_t end, bool broken) {
  uint32_t next = take_publisher(cut, begin, end, broken);
  if (next == 0) next = take_tier(cut, begin, end, broken);
  if (next == 0) next = take_title(cut, begin, end, broken);
  if (next == 0) next = take_heading(cut, begin, end, broken);
  if (next != 0) return next;
  uint32_t dot = bullet(cut->text, begin, end);
  next = take_running_head(cut, begin + dot, end, broken);
  if (next != 0) return next;
  if (dot > 0 && begin + dot >= end)
    push(cut, TIPL__BLOCK_SKIP, begin, end, TIPL_NONE);
  else
    push_body(cut, begin + dot, end, broken || dot > 0, dot > 0);
  return end;
}

static void cut_line(cutter *cut, const tipl__line *line) {
  bool broken = line->after_blank || cut->open == TIPL_NONE || begins_paragraph(cut, line);
  cut->capitals = broken || heading_may_come(cut, line);
  uint32_t at = line->begin;
  for (int pieces = 0; at < line->end && pieces < MOST_PIECES; pieces++) {
    at = tipl__skip_blanks(cut->text, take_piece(cut, at, line->end, broken), line->end);
    broken = cut->capitals = true;
  }
  if (at < line->end) push_body(cut, at, line->end, true, false);
  cut->last_line = line->end - line->begin;
}

/* A title that printing has cut in two: the line becomes both where the next one, right below, makes it a title or names
 * its country ("2018 Trafficking in Persons Report: Bosnia and" before "Herzegovina"). */
static void join_title(const cutter *cut, tipl__line *line, uint32_t length, uint32_t *cursor) {
  char first = cut->text[line->begin];
  if (!tipl__digit(first) && first != 'T' && first != 'U') return;
  if (line->end - line->begin > LONGEST_TITLE_LINE) return;
  tipl__line next;
  uint32_t behind = *cursor;
  if (!tipl__next_line(&next, cut->text, length, &behind) || next.after_blank) return;
  if (next.end - next.begin > LONGEST_TITLE_LINE) return;
  tipl__title one, both;
  bool whole = tipl__title_line(&one, cut->text, line->begin, line->end);
  if (whole && one.country != TIPL_NONE) return;
  if (!tipl__title_line(&both, cut->text, line->begin, next.end)) return;
  if (whole && both.country == TIPL_NONE) return;
  line->end = next.end;
  *cursor = behind;
}

static void begin_outline(tipl__build *build) {
  tipl_outline *outline = &build->outline;
  memset(outline, 0, sizeof *outline);
  if (build->name == NULL) build->name = "";
  outline->name = build->name;
  outline->country = outline->iso3 = "";
  build->blocks = tipl__vec_of(sizeof(tipl__block));
  build->sections = tipl__vec_of(sizeof(tipl__section_row));
  build->special_page = false;
}

/* Cuts the text up to `length`, and begins the outline with the year that it states. */
static bool cut_text(tipl__build *build, uint32_t length) {
  cutter cut = {.build = build, .text = build->text, .open = TIPL_NONE, .head = true};
  uint32_t cursor = build->begin;
  begin_outline(build);
  for (tipl__line line; tipl__next_line(&line, build->text, length, &cursor);) {
    join_title(&cut, &line, length, &cursor);
    cut_line(&cut, &line);
  }
  build->is_cut = true;
  return !build->blocks.failed;
}

/* ------------------------------------------------------------------ title, tier line, country,
 * year */

static void set_country(tipl__build *build, uint32_t row, tipl_origin origin) {
  if (row == TIPL_NONE || build->outline.country_origin != TIPL_ORIGIN_NONE) return;
  build->outline.country = tipl__country_name(row);
  build->outline.iso3 = tipl__country_iso3(row);
  build->outline.country_origin = origin;
}

static void set_tier_line(tipl__build *build, const tipl__block *block) {
  tipl__tier_line found;
  uint32_t end = block->span.offset + block->span.length;
  if (!tipl__tier_line_find(&found, build->text, block->span.offset, end)) return;
  build->outline.tier_line = block->span;
  build->outline.tier_span = found.tier;
  build->outline.tier = found.kind;
}

/* Country by the first words of a paragraph: "The caretaker Government of X", "X is a source". */
static uint32_t country_of_words(const tipl__build *build, const tipl__block *block, bool first) {
  tipl__folded words;
  tipl__fold(&words, build->text + block->span.offset,
             block->span.length < TIPL__FOLD ? block->span.length : TIPL__FOLD);
  int government = tipl__folded_find(&words, "government of");
  bool the = tipl__folded_starts(words.text, "the") > 0 && government > 0 && government < 40;
  if (the) return tipl__country_prefix(words.text + government + 14, NULL);
  static const char *const verbs[] = {"is", "was", "remains", "has", "may", "does"};
  uint32_t used = 0, row = first ? tipl__country_prefix(words.text, &used) : TIPL_NONE;
  for (int i = 0; i < 6 && row != TIPL_NONE; i++)
    if (words.text[used] == ' ' && tipl__folded_starts(words.text + used + 1, verbs[i])) return row;
  return TIPL_NONE;
}

/* Title and tier line, and the country from them, else from the first paragraphs. */
static void read_head(tipl__build *build) {
  uint32_t tier_country = TIPL_NONE, paragraphs = 0;
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    if (block->kind == TIPL__BLOCK_TITLE) {
      if (build->outline.title.length == 0) build->outline.title = block->span;
      set_country(build, block->section, TIPL_ORIGIN_TEXT);
    } else if (block->kind == TIPL__BLOCK_TIER && build->outline.tier_line.length == 0) {
      set_tier_line(build, block);
      tier_country = block->section;
    }
  }
  set_country(build, tier_country, TIPL_ORIGIN_TEXT);
  for (uint32_t i = 0; i < build->blocks.count && paragraphs < 8; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    if (build->outline.country_origin != TIPL_ORIGIN_NONE) return;
    if (block->kind != TIPL__BLOCK_BODY) continue;
    set_country(build, country_of_words(build, block, paragraphs == 0), TIPL_ORIGIN_TEXT);
    paragraphs++;
  }
  set_country(build, tipl__country_of_file(build->name), TIPL_ORIGIN_NAME);
}

static void set_year(tipl__build *build) {
  tipl_outline *outline = &build->outline;
  if (build->options.year != 0) {
    outline->year = build->options.year;
    outline->year_origin = TIPL_ORIGIN_OPTION;
  } else if (outline->year == 0 && build->edition != 0) {
    outline->year = build->edition;
    outline->year_origin = TIPL_ORIGIN_TEXT;
  } else if (outline->year == 0) {
    outline->year = tipl__file_year(build->name);
    if (outline->year != 0) outline->year_origin = TIPL_ORIGIN_NAME;
  }
}

/* ------------------------------------------------------------------ is it a narrative? */

/* How often `word` occurs in the text, with any first letter; counting stops at `most`. */
static uint32_t count_word(const tipl__build *build, const char *word, uint32_t most) {
  uint32_t count = 0;
  size_t n = strlen(word);
  const char *at = build->text, *end = build->text + build->length;
  while (count < most && (at = memchr(at, word[0], (size_t)(end - at))) != NULL) {
    bool same = memcmp(at, word, n) == 0;
    count += same;
    at += same ? n : 1;
  }
  return count;
}

static bool has_block(const tipl__build *build, tipl__block_kind kind) {
  for (uint32_t i = 0; i < build->blocks.count; i++)
    if (tipl__block_at(build, i)->kind == kind) return true;
  return false;
}

/* The phrase, in lower case with single blanks, stands at `at`, whatever its case, blanks and hyphens. */
static bool phrase_at(const char *text, uint32_t at, uint32_t end, const char *phrase) {
  for (; *phrase != '\0'; phrase++) {
    if (at >= end) return false;
    if (*phrase == ' ') {
      uint32_t n = text[at] == '-' ? 1 : tipl__blank(text, at);
      if (n == 0) return false;
      at = tipl__skip_blanks(text, at + n, end);
    } else if ((text[at++] | 0x20) != *phrase) {
      return false;
    }
  }
  return true;
}

/* The word right before `at` makes what follows another trade: "drug trafficking". */
static bool other_trade(const char *text, uint32_t begin, uint32_t at) {
  uint32_t end = tipl__trim_end(text, begin, at), word = end;
  while (word > begin && tipl__letter(text[word - 1])) word--;
  for (int k = 0; k < TIPL__TOPIC_FORMS; k++) {
    const tipl__form *form = &tipl__topic_forms[k];
    if (form->kind == 1 && form->length == end - word && phrase_at(text, word, end, tipl__name_pool + form->text)) return true;
  }
  return false;
}

/* A paragraph speaks of trafficking in persons. */
static bool on_topic(const tipl__build *build) {
  const char *text = build->text;
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    uint32_t at = block->span.offset, end = at + block->span.length;
    for (; block->kind == TIPL__BLOCK_BODY && at < end; at++) {
      bool begins = at == block->span.offset || !tipl__letter(text[at - 1]);
      for (int k = 0; begins && k < TIPL__TOPIC_FORMS; k++) {
        const tipl__form *form = &tipl__topic_forms[k];
        bool found = form->kind == 0 && phrase_at(text, at, end, tipl__name_pool + form->text);
        if (found && !other_trade(text, block->span.offset, at)) return true;
      }
    }
  }
  return false;
}

/* "VALDORIA: Tier 2": in capitals, as the editions have had it since 2015, even the tier line of a country that nobody knows
 * says enough. */
static bool has_tier_line_in_capitals(const tipl__build *build) {
  tipl_span line = build->outline.tier_line, tier = build->outline.tier_span;
  return line.length > 0 && tier.offset > line.offset && !tipl__has_lower(build->text + line.offset, tier.offset - line.offset);
}

/* Why the text is no country narrative, or NULL when it is one. A passage may begin and end in the
 * middle of a sentence; then its words have to tell. */
static const char *no_narrative(const tipl__build *build) {
  bool body = has_block(build, TIPL__BLOCK_BODY), heading = has_block(build, TIPL__BLOCK_HEADING);
  bool tier = has_block(build, TIPL__BLOCK_TIER);
  if (tier && !body && !heading)
    return "this is no country narrative: it has a tier line, but no text; is it a list of countries by tier?";
  if (tier && build->outline.country_origin == TIPL_ORIGIN_TEXT && *build->outline.iso3 != '\0') return NULL;
  bool topic = on_topic(build), title = build->outline.title.length > 0 && body;
  uint32_t mentions = count_word(build, "raffick", build->length / 1000 + 3);
  if (topic && (tier || title || heading)) return NULL;
  if ((tier && (heading || title || mentions > 0 || has_tier_line_in_capitals(build))) || (title && heading)) return NULL;
  if (mentions == 0 && !tier)
    return "this is no country narrative: it has no tier line and never speaks of trafficking";
  bool known = tipl__section_known(build);
  if (known && !heading && !title && !tier) return NULL; /* it opens as they do */
  if (!topic)
    return "this is no country narrative: it has no tier line of a known country, and does not speak of trafficking in persons";
  if (known) return NULL;
  bool dense = mentions >= 3 && mentions > build->length / 1000;
  if (dense && count_word(build, "overnment", 1) + count_word(build, "ictim", 1) > 0) return NULL;
  return "this is no country narrative: it has no title, tier line or heading and does not open "
         "like one";
}

/* Text that is no narrative, when the caller takes that too: one section of unknown name. */
static bool make_plain(tipl__build *build) {
  build->sections.count = 0;
  tipl_outline *outline = &build->outline;
  outline->title = outline->tier_line = outline->tier_span = (tipl_span){0, 0};
  outline->tier = TIPL_TIER_NONE;
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    tipl__block_at(build, i)->kind = TIPL__BLOCK_BODY;
    tipl__block_at(build, i)->section = 0;
  }
  if (build->blocks.count == 0) return true;
  tipl__section_row *row = tipl__vec_push(&build->sections, &build->alloc);
  if (row != NULL) row->kind = TIPL_SECTION_UNKNOWN;
  return row != NULL;
}

/* ------------------------------------------------------------------ the stage */

static tipl_status no_memory(tipl__build *build) {
  return tipl__fail(build->error, TIPL_ENOMEM, "out of memory while outlining the text");
}

/* The country that the caller names. */
static tipl_status find_country(tipl__build *build, uint32_t *country) {
  *country = TIPL_NONE;
  if (build->options.country == NULL) return TIPL_OK;
  *country = tipl__country_of_option(build->options.country);
  if (*country != TIPL_NONE) return TIPL_OK;
  return tipl__fail(build->error, TIPL_EARG,
                    "no country or territory that had a narrative is called \"%s\"; "
                    "give its English name or ISO 3166 alpha-3 code",
                    build->options.country);
}

/* A country that the table does not know is called what the title or else the tier line calls it. */
static bool set_printed_country(tipl__build *build) {
  if (build->outline.country_origin != TIPL_ORIGIN_NONE) return true;
  bool title = build->outline.title.length > 0;
  tipl_span line = title ? build->outline.title : build->outline.tier_line;
  const char *text = build->text + line.offset;
  uint32_t begin = 0, end = line.length;
  for (uint32_t i = 0; i < line.length; i++) {
    if (text[i] == ':' && title) begin = i + 1;
    if ((text[i] == ':' || text[i] == '(') && !title && end == line.length) end = i;
  }
  while (begin < end && text[begin] == ' ') begin++;
  while (end > begin && text[end - 1] == ' ') end--;
  if (begin == 0 && end == line.length) return true; /* no name is set apart */
  if (begin == end || end - begin > 60) return true;
  build->outline.country = tipl__build_keep(build, text + begin, end - begin);
  build->outline.country_origin = TIPL_ORIGIN_TEXT;
  return build->outline.country != NULL;
}

tipl_status tipl__outline(tipl__build *build) {
  uint32_t country;
  tipl_status status = find_country(build, &country);
  if (status != TIPL_OK) return status;
  if (!build->is_cut && !cut_text(build, build->length)) return no_memory(build);
  set_country(build, country, TIPL_ORIGIN_OPTION);
  tipl__outline_bound(build, country != TIPL_NONE ? country : tipl__country_of_file(build->name));
  read_head(build);
  set_year(build);
  if (!set_printed_country(build)) return no_memory(build);
  if (build->special_page && build->outline.tier == TIPL_TIER_NONE)
    build->outline.tier = TIPL_TIER_SPECIAL;
  if (!tipl__section_blocks(build)) return no_memory(build);
  const char *reason = no_narrative(build);
  if (reason == NULL) return TIPL_OK;
  if (!build->options.plain) return tipl__fail(build->error, TIPL_ENOREPORT, "%s", reason);
  return make_plain(build) ? TIPL_OK : no_memory(build);
}

/* ------------------------------------------------------------------ files of several narratives */

static void forget(tipl__build *build) {
  tipl__vec_free(&build->blocks, &build->alloc);
  build->is_cut = false;
}

/* Where the first narrative, which begins at `start`, names its country: a title before that names none is
 * the whole file's. */
static uint32_t end_of_head(const tipl__build *build, uint32_t start) {
  for (uint32_t i = 0; i < build->blocks.count; i++) {
    const tipl__block *block = tipl__block_at(build, i);
    bool general = block->kind == TIPL__BLOCK_SKIP ||
                   (block->kind == TIPL__BLOCK_TITLE && block->section == TIPL_NONE);
    if (block->span.offset >= start && !general) return block->span.offset;
  }
  return start;
}

tipl_status tipl__outline_split(tipl__build *build, tipl__vec *starts, uint32_t *head) {
  bool done = cut_text(build, build->length) && tipl__outline_starts(build, starts);
  if (done && starts->count > 1) *head = end_of_head(build, TIPL__AT(uint32_t, *starts, 0));
  if (!done || starts->count > 1) forget(build);
  return done ? TIPL_OK : no_memory(build);
}

tipl_status tipl__outline_edition(tipl__build *build, uint32_t head, int *year) {
  bool done = cut_text(build, head);
  *year = build->outline.year;
  forget(build);
  return done ? TIPL_OK : no_memory(build);
}
