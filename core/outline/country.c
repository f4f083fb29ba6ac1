/* country.c: see country.h. Binary search in the sorted table that compile_names.lua makes. */
#include "outline/country.h"

#include <string.h>

#include "names_data.h"

static const char *after_the(const char *folded, uint32_t *length) {
  if (*length <= 4 || memcmp(folded, "the ", 4) != 0) return folded;
  *length -= 4;
  return folded + 4;
}

/* Exactly these folded bytes, a leading "the" aside. *more: a longer name begins with them. */
static uint32_t look_up(const char *folded, uint32_t length, bool *more) {
  folded = after_the(folded, &length);
  uint32_t low = 0, high = TIPL__COUNTRY_FORMS;
  *more = true;
  while (low < high) {
    uint32_t mid = (low + high) / 2;
    const tipl__country_form *form = &tipl__country_forms[mid];
    uint32_t common = form->length < length ? form->length : length;
    int order = memcmp(folded, tipl__name_pool + form->text, common);
    if (order == 0 && form->length == length) return form->row;
    if (order < 0 || (order == 0 && length < form->length))
      high = mid;
    else
      low = mid + 1;
  }
  const tipl__country_form *next = &tipl__country_forms[low]; /* where they would stand: before what they begin */
  *more = low < TIPL__COUNTRY_FORMS && next->length > length &&
          memcmp(folded, tipl__name_pool + next->text, length) == 0;
  return TIPL_NONE;
}

/* "micronesia federated states of" as "federated states of micronesia": words moved from the front
 * to the back until it is a name. Only for what ends in "of" or "the". */
static uint32_t look_up_turned(const tipl__folded *name) {
  uint32_t n = name->length;
  bool open = (n > 3 && memcmp(name->text + n - 3, " of", 3) == 0) ||
              (n > 4 && memcmp(name->text + n - 4, " the", 4) == 0);
  bool more;
  char turned[TIPL__FOLD];
  for (uint32_t cut = 1; open && cut < n; cut++) {
    if (name->text[cut] != ' ') continue;
    memcpy(turned, name->text + cut + 1, n - cut - 1);
    turned[n - cut - 1] = ' ';
    memcpy(turned + n - cut, name->text, cut);
    uint32_t row = look_up(turned, n, &more);
    if (row != TIPL_NONE) return row;
  }
  return TIPL_NONE;
}

uint32_t tipl__country_find(const char *name, size_t length) {
  tipl__folded folded;
  tipl__fold(&folded, name, length);
  if (!folded.whole || folded.length == 0) return TIPL_NONE;
  bool more;
  uint32_t row = look_up(folded.text, folded.length, &more);
  return row != TIPL_NONE ? row : look_up_turned(&folded);
}

uint32_t tipl__country_prefix(const char *folded, uint32_t *used) {
  uint32_t best = TIPL_NONE;
  bool more = true;
  for (uint32_t n = 1; more && n <= 100 && folded[n - 1] != '\0'; n++) {
    if (folded[n] != ' ' && folded[n] != '\0') continue;
    uint32_t row = look_up(folded, n, &more);
    more = more || (n == 3 && memcmp(folded, "the", 3) == 0);
    if (row == TIPL_NONE) continue;
    best = row;
    if (used != NULL) *used = n;
  }
  return best;
}

uint32_t tipl__country_initials(uint32_t row) {
  return tipl__country_rows[row].initials;
}

uint32_t tipl__country_of_option(const char *text) {
  size_t length = strlen(text);
  for (uint32_t row = 0; length == 3 && row < TIPL__COUNTRY_ROWS; row++) {
    const char *iso3 = tipl__country_rows[row].iso3;
    int same = 0;
    for (int i = 0; i < 3; i++) same += text[i] == iso3[i] || text[i] == iso3[i] + ('a' - 'A');
    if (same == 3) return row;
  }
  return tipl__country_find(text, length);
}

/* The file's own name without its folder and last suffix, digits made blanks, folded. */
static void fold_file_name(tipl__folded *out, const char *path) {
  const char *name = strrchr(path, '/');
  name = name != NULL ? name + 1 : path;
  const char *dot = strrchr(name, '.');
  size_t length = dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name);
  char plain[TIPL__FOLD];
  if (length > sizeof plain) length = sizeof plain;
  for (size_t i = 0; i < length; i++) plain[i] = tipl__digit(name[i]) ? ' ' : name[i];
  tipl__fold(out, plain, length);
}

uint32_t tipl__country_of_file(const char *path) {
  tipl__folded name;
  fold_file_name(&name, path);
  for (const char *at = name.text; at != NULL && *at != '\0';) {
    uint32_t row = tipl__country_prefix(at, NULL);
    if (row != TIPL_NONE) return row;
    at = strchr(at, ' ');
    if (at != NULL) at++;
  }
  return TIPL_NONE;
}

const char *tipl__country_name(uint32_t row) {
  return row == TIPL_NONE ? "" : tipl__name_pool + tipl__country_rows[row].name;
}

const char *tipl__country_iso3(uint32_t row) {
  return row == TIPL_NONE ? "" : tipl__country_rows[row].iso3;
}
