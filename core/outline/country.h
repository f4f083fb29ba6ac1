/* country.h: countries and territories by name, from lexicon/countries.tsv.
 *
 * A country is a row number, TIPL_NONE for none. Used by the outline stage; any name may come in
 * any case, with or without accents and a leading "the". */
#ifndef TIPL_OUTLINE_COUNTRY_H
#define TIPL_OUTLINE_COUNTRY_H

#include "outline/line.h"
#include "tipl.h"

/* The country of exactly this name. "Micronesia, Federated States of" is turned round where needed.
 */
uint32_t tipl__country_find(const char *name, size_t length);
/* The longest run of first words that is a name; *used (may be NULL) gets its bytes in `folded`. */
uint32_t tipl__country_prefix(const char *folded, uint32_t *used);
/* The letters that names of a country begin with (a leading "the" aside), bit 1 for A to bit 26 for Z. */
uint32_t tipl__country_initials(uint32_t row);
/* By name or ISO 3166 alpha-3 code. */
uint32_t tipl__country_of_option(const char *text);
/* By the words of a file's name: "norway-2021.txt". */
uint32_t tipl__country_of_file(const char *path);
/* Static strings; "" for TIPL_NONE. */
const char *tipl__country_name(uint32_t row);
const char *tipl__country_iso3(uint32_t row);

#endif
