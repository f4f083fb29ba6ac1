/* title.c: see title.h. Works on folded lines. */
#include "outline/title.h"

#include <string.h>

#include "outline/country.h"

enum { FIRST_YEAR = 2001, LAST_YEAR = 2099, MOST_REST_WORDS = 6 };

static const char *const report_names[] = {"trafficking in persons report", "tip report"};
static const char *const offices[] = {"us department of state", "united states department of state",
                                      "department of state", "us state department"};

/* The year that the word is, 0 when it is none. */
static int year_at(const char *word) {
  int year = 0, n = 0;
  for (; tipl__digit(word[n]) && n < 5; n++) year = year * 10 + (word[n] - '0');
  bool fits =
      n == 4 && (word[4] == ' ' || word[4] == '\0') && year >= FIRST_YEAR && year <= LAST_YEAR;
  return fits ? year : 0;
}

static const char *skip(const char *at, uint32_t length) {
  at += length;
  return *at == ' ' ? at + 1 : at;
}

/* Moves *at over the first of the phrases that it begins with. */
static bool take(const char **at, const char *const *phrases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    uint32_t n = tipl__folded_starts(*at, phrases[i]);
    if (n == 0) continue;
    *at = skip(*at, n);
    return true;
  }
  return false;
}

static int take_year(const char **at) {
  int year = year_at(*at);
  if (year != 0) *at = skip(*at, 4);
  return year;
}

/* What follows the report's name: a country, or little enough to be one. */
static bool take_country(tipl__title *out, const char *rest) {
  static const char *const narratives[] = {"country narratives", "country narrative"};
  take(&rest, narratives, 2);
  out->country = tipl__country_find(rest, strlen(rest));
  if (out->country == TIPL_NONE) out->country = tipl__country_prefix(rest, NULL);
  if (out->country != TIPL_NONE) return true;
  uint32_t words = *rest != '\0';
  for (const char *at = rest; *at != '\0'; at++) words += *at == ' ';
  return words <= MOST_REST_WORDS;
}

bool tipl__title_line(tipl__title *out, const char *text, uint32_t begin, uint32_t end) {
  if (end - begin > TIPL__FOLD || tipl__lower(text[begin]) || text[end - 1] == '.') return false;
  tipl__folded line;
  tipl__fold(&line, text + begin, end - begin);
  const char *at = line.text;
  take(&at, offices, sizeof offices / sizeof *offices);
  out->year = take_year(&at);
  if (!take(&at, report_names, 2)) return false;
  if (out->year == 0) out->year = take_year(&at);
  return out->year != 0 && take_country(out, at);
}

int tipl__edition_year(const char *text, uint32_t begin, uint32_t end) {
  tipl__folded line;
  tipl__fold(&line, text + begin, end - begin);
  for (const char *at = line.text, *next; at != NULL; at = next) {
    next = strchr(at, ' ');
    if (next != NULL) next++;
    int year = year_at(at);
    const char *after = year != 0 ? skip(at, 4) : at;
    if (year != 0 && (tipl__folded_starts(after, "tip") || take(&after, report_names, 1)))
      return year;
    after = at;
    if (take(&after, report_names, 2) || tipl__folded_starts(after, "tip")) {
      if (after == at) after = skip(at, 3);
      if ((year = year_at(after)) != 0) return year;
    }
  }
  return 0;
}

static bool month_at(const char *word) {
  static const char *const months[] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
  for (int i = 0; i < 12; i++)
    if (tipl__folded_starts(word, months[i])) return true;
  return false;
}

int tipl__date_line_year(const char *text, uint32_t begin, uint32_t end) {
  static const char *const labels[] = {"publication date"};
  if (end - begin > 60) return 0;
  tipl__folded line;
  tipl__fold(&line, text + begin, end - begin);
  const char *at = line.text;
  take(&at, labels, 1);
  int months = 0, numbers = 0, year = 0;
  for (; *at != '\0'; at = skip(at, (uint32_t)strcspn(at, " "))) {
    if (month_at(at))
      months++;
    else if (year_at(at) != 0)
      year = year_at(at);
    else if (tipl__digit(*at) && strcspn(at, " ") <= 2)
      numbers++;
    else
      return 0;
  }
  return months == 1 && numbers <= 1 ? year : 0;
}

int tipl__file_year(const char *path) {
  const char *name = strrchr(path, '/');
  name = name != NULL ? name + 1 : path;
  for (const char *at = name; *at != '\0';) {
    size_t digits = strspn(at, "0123456789");
    char word[5] = {0};
    if (digits == 4) memcpy(word, at, 4);
    if (digits == 4 && year_at(word) != 0) return year_at(word);
    at += digits > 0 ? digits : 1;
  }
  return 0;
}
