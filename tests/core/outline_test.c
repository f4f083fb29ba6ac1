/* outline_test.c: blocks, sections, country, year, tier and movement, on invented texts; then on
 * the real narratives, where they are at hand (outline_expected.tsv says what each of them states).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

#include "names_data.h"
#include "outline/country.h"
#include "outline/heading.h"
#include "outline/outline.h"
#include "outline/tier.h"
#include "outline/title.h"
#include "stingy.h"

#define REPORTS "../shared/reports/"
#define EXPECTED "tests/core/outline_expected.tsv"

static tipl__build build;
static tipl_error error;

static tipl_status try_parse(const char *text, const char *name, const tipl_options *options) {
  memset(&build, 0, sizeof build);
  build.options = options != NULL ? *options : (tipl_options)TIPL_OPTIONS_INIT;
  build.alloc = tipl__alloc_of(&build.options);
  build.error = &error;
  build.name = name;
  tipl_status status = text != NULL ? tipl__source_copy(&build, text, strlen(text))
                                    : tipl__source_open(&build, name);
  if (status == TIPL_OK) status = tipl__outline(&build);
  return status == TIPL_OK ? tipl__rating(&build) : status;
}

static void done(void) {
  tipl__build_free(&build);
}

static void parse(const char *text, const char *name) {
  tipl_status status = try_parse(text, name, NULL);
  if (status != TIPL_OK) fail_msg("%s: %s", tipl_status_name(status), error.message);
}

static const char *const kinds[] = {"title", "tier", "heading", "body", "skip"};
static const char *const sections[] = {"summary",    "recommendations", "prosecution",
                                       "protection", "prevention",      "profile",
                                       "efforts",    "scope",           "unknown"};

/* All blocks, one a line: kind, section, text; blanks of a block's line ends as "~". */
static char listing[8192];

static const char *list_blocks(void) {
  size_t at = 0;
  for (uint32_t i = 0; i < build.blocks.count; i++) {
    const tipl__block *block = tipl__block_at(&build, i);
    const char *section = "-";
    if (block->section != TIPL_NONE)
      section = sections[TIPL__AT(tipl__section_row, build.sections, block->section).kind];
    at += (size_t)snprintf(listing + at, sizeof listing - at, "%s %s|%.*s\n", kinds[block->kind],
                           section, (int)block->span.length, build.text + block->span.offset);
    for (size_t k = at - block->span.length - 1; k + 1 < at; k++)
      if (listing[k] == '\n') listing[k] = '~';
  }
  listing[at] = '\0';
  return listing;
}

static void expect_blocks(const char *text, const char *expected) {
  parse(text, "");
  assert_string_equal(list_blocks(), expected);
  done();
}

/* The sections in order, parted by commas. */
static const char *list_sections(void) {
  size_t at = 0;
  listing[0] = '\0';
  for (uint32_t i = 0; i < build.sections.count; i++)
    at += (size_t)snprintf(listing + at, sizeof listing - at, "%s%s", i > 0 ? "," : "",
                           sections[TIPL__AT(tipl__section_row, build.sections, i).kind]);
  return listing;
}

#define MEETS "The Government of Norway does not fully meet the minimum standards on trafficking."

/* ------------------------------------------------------------------ blocks and sections */

static void modern_narrative(void **state) {
  (void)state;
  expect_blocks("2021 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\n" MEETS
                "\n\n"
                "PRIORITIZED RECOMMENDATIONS:\n\nTrain judges. \xE2\x80\xA2 Fund shelters.\n\n"
                "PROSECUTION\n\nThe government did little.\n\nIt did more later.\n\n"
                "TRAFFICKING PROFILE\n\nTraffickers exploit people.\n",
                "title -|2021 Trafficking in Persons Report: Norway\ntier -|NORWAY: Tier 2\n"
                "body summary|" MEETS
                "\nheading recommendations|PRIORITIZED RECOMMENDATIONS:\n"
                "body recommendations|Train judges. \xE2\x80\xA2 Fund shelters.\n"
                "heading prosecution|PROSECUTION\nbody prosecution|The government did little.\n"
                "body prosecution|It did more later.\nheading profile|TRAFFICKING PROFILE\n"
                "body profile|Traffickers exploit people.\n");
}

static void line_ends_and_blanks(void **state) {
  (void)state;
  expect_blocks("\xEF\xBB\xBFNORWAY (Tier 1)*\r\n \r\n\xC2\xA0\xC2\xA0" MEETS
                " \r\n\xC2\xA0\r\nProtection\r\n"
                "It helped victims.\xC2\xA0",
                "tier -|NORWAY (Tier 1)*\nbody summary|" MEETS
                "\nheading protection|Protection\n"
                "body protection|It helped victims.\n");
  expect_blocks("NORWAY (Tier 1)\r\r" MEETS "\r",
                "tier -|NORWAY (Tier 1)\nbody summary|" MEETS "\n");
}

static void run_in_headings(void **state) {
  (void)state;
  expect_blocks(
      "NORWAY (Tier 1)\n\n" MEETS
      "\n\nRecommendations for Norway: Train judges; fund shelters.\n\n"
      "Scope and Magnitude. Some victims come.\n\nPROSECUTION The government did little.\n\n"
      "Protection of victims. It is weak.",
      "tier -|NORWAY (Tier 1)\nbody summary|" MEETS
      "\n"
      "heading recommendations|Recommendations for Norway:\n"
      "body recommendations|Train judges; fund shelters.\nheading scope|Scope and Magnitude.\n"
      "body scope|Some victims come.\nheading prosecution|PROSECUTION\n"
      "body prosecution|The government did little.\n"
      "body prosecution|Protection of victims. It is weak.\n");
}

static void lists(void **state) {
  (void)state;
  expect_blocks(
      "NORWAY (Tier 1)\n" MEETS
      "\nPRIORITIZED RECOMMENDATIONS:\n  \xE2\x80\xA2 Train judges.\n"
      "\xE2\x80\xA2 Fund\nshelters.\n* Count victims.\n- Say so.\n\xE2\x80\xA2\n",
      "tier -|NORWAY (Tier 1)\nbody summary|" MEETS
      "\n"
      "heading recommendations|PRIORITIZED RECOMMENDATIONS:\nbody recommendations|Train judges.\n"
      "body recommendations|Fund~shelters.\nbody recommendations|Count victims.\n"
      "body recommendations|Say so.\nskip -|\xE2\x80\xA2\n");
}

static void hard_wraps(void **state) {
  (void)state;
  expect_blocks(
      "NORWAY (Tier 1)\nNorway is a source country of victims of trafficking, most of them men\n"
      "who work on boats in the Ministry of\nProtection.\n"
      "The Government of Norway fully meets the minimum standards for the end\nof it.\n"
      "PREVENTION\nIt made efforts to prevent\ntrafficking.\n",
      "tier -|NORWAY (Tier 1)\nbody profile|Norway is a source country of victims of trafficking, "
      "most of them men~who work on boats in the Ministry of~Protection.\n"
      "body summary|The Government of Norway fully meets the minimum standards for the end~of it.\n"
      "heading prevention|PREVENTION\nbody prevention|It made efforts to prevent~trafficking.\n");
}

static void one_line_a_paragraph(void **state) {
  (void)state;
  char text[1024] = "The government maintained protection efforts. ";
  for (int i = 0; i < 12; i++) strcat(text, "It identified victims of trafficking. ");
  size_t first = strlen(text) - 1;
  strcat(text, "\nIt paid for a shelter.\n");
  parse(text, "");
  assert_int_equal(build.blocks.count, 2);
  assert_int_equal(tipl__block_at(&build, 0)->span.length, first);
  assert_string_equal(list_sections(), "protection");
  done();
}

static void publishers_lines(void **state) {
  (void)state;
  expect_blocks(
      "IV. Country Narratives: Africa\nTrafficking in Persons Report\nJune 14, 2004\nShare\n\n"
      "ANGOLA (TIER 2)\n\nMap of AfricaAngola is a source country.\n\n"
      "Read the full 2018 report here: https://example.org/\n\n"
      "The Government of Angola does not fully comply with the minimum standards.",
      "skip -|IV. Country Narratives: Africa\nskip -|Trafficking in Persons Report\n"
      "skip -|June 14, 2004\nskip -|Share\ntier -|ANGOLA (TIER 2)\nskip -|Map of Africa\n"
      "body profile|Angola is a source country.\n"
      "skip -|Read the full 2018 report here: https://example.org/\n"
      "body summary|The Government of Angola does not fully comply with the minimum standards.\n");
}

static void fused_tier_line(void **state) {
  (void)state;
  expect_blocks(
      "http://example.org/1.pdfTRINIDAD AND TOBAGO: Tier 2 Watch ListTrinidad and Tobago is a "
      "source.",
      "skip -|http://example.org/1.pdf\ntier -|TRINIDAD AND TOBAGO: Tier 2 Watch List\n"
      "body profile|Trinidad and Tobago is a source.\n");
}

static void running_head(void **state) {
  (void)state;
  expect_blocks(
      "\xE2\x80\xA2 NAMIBIA259for trafficking victims, whom the government helped to find. "
      "Trafficking victims, and more trafficking victims.",
      "skip -|NAMIBIA259\nbody unknown|for trafficking victims, whom the government helped to "
      "find. "
      "Trafficking victims, and more trafficking victims.\n");
}

static void neighbours(void **state) {
  (void)state;
  static const char text[] =
      "on trafficking.\nGHANA: Tier 3\n\nThe Government of Ghana does not meet the minimum "
      "standards.\n\n"
      "GABON: Tier 1\n\nThe Government of Gabon meets the minimum standards.\n";
  expect_blocks(
      text,
      "skip -|on trafficking.\ntier -|GHANA: Tier 3\n"
      "body summary|The Government of Ghana does not meet the minimum standards.\n"
      "skip -|GABON: Tier 1\nskip -|The Government of Gabon meets the minimum standards.\n");
  tipl_options options = TIPL_OPTIONS_INIT;
  options.country = "GAB";
  assert_int_equal(try_parse(text, "", &options), TIPL_OK);
  assert_int_equal(build.outline.tier, TIPL_TIER_1);
  assert_string_equal(build.outline.country, "Gabon");
  assert_int_equal(tipl__block_at(&build, 2)->kind, TIPL__BLOCK_SKIP);
  done();
}

/* What a copy without headings still tells. */
static void lost_headings(void **state) {
  (void)state;
  static const struct {
    const char *text, *sections;
  } cases[] = {
      {MEETS "\n\nTrain judges on trafficking.", "summary,recommendations"},
      {MEETS "\n\n\xE2\x80\xA2 Judges on trafficking.", "summary,recommendations"},
      {MEETS "\n\nTrain judges.\n\nThe government increased law enforcement efforts.\n\nPolice "
             "arrested two."
             "\n\nThe government made uneven efforts to protect victims.\n\nThe government "
             "maintained prevention "
             "efforts.\n\nAs reported over the past five years, traffickers exploit men.",
       "summary,recommendations,prosecution,protection,prevention,profile"},
      {"Norway is a source country for trafficking.\n\nMen suffer.\n\n" MEETS
       "\n\nIt should do more.",
       "profile,summary"},
      {"Norway is a source country for trafficking. " MEETS, "profile,summary"},
      {"The government decreased its anti-trafficking law enforcement efforts.", "prosecution"},
      {"The government slightly increased victim protection efforts against trafficking.",
       "protection"},
      {"The government sustained efforts to prevent trafficking.", "prevention"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    parse(cases[i].text, "");
    assert_string_equal(list_sections(), cases[i].sections);
    done();
  }
}

/* ------------------------------------------------------------------ title, country, year */

static void tier_lines(void **state) {
  (void)state;
  static const struct {
    const char *line, *iso3, *tier;
    tipl_tier kind;
  } cases[] = {{"NORWAY: Tier 2", "NOR", "Tier 2", TIPL_TIER_2},
               {"Kenya (Tier 2)", "KEN", "Tier 2", TIPL_TIER_2},
               {"HAITI (TIER 2 - WATCH LIST)", "HTI", "TIER 2 - WATCH LIST", TIPL_TIER_2WL},
               {"GHANA: Tier 2 Watch List\xC2\xA7", "GHA", "Tier 2 Watch List", TIPL_TIER_2WL},
               {"SINT MAARTEN (Tier 3)*", "SXM", "Tier 3", TIPL_TIER_3},
               {"MICRONESIA, FEDERATED STATES OF: Tier 1", "FSM", "Tier 1", TIPL_TIER_1},
               {"C\xC3\xB4te d\xE2\x80\x99Ivoire (Tier 2)", "CIV", "Tier 2", TIPL_TIER_2},
               {"COTE D'IVOIRE: TIER 2", "CIV", "TIER 2", TIPL_TIER_2},
               {"SPECIAL CASE: YEMEN", "YEM", "SPECIAL CASE", TIPL_TIER_SPECIAL},
               {"Yemen (Special Case)", "YEM", "Special Case", TIPL_TIER_SPECIAL},
               {"VALDORIA: Tier 1", "", "Tier 1", TIPL_TIER_1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[256];
    snprintf(text, sizeof text, "%s\n\nText on human trafficking.", cases[i].line);
    parse(text, "");
    const tipl_outline *outline = &build.outline;
    assert_string_equal(outline->iso3, cases[i].iso3);
    assert_int_equal(outline->tier, cases[i].kind);
    assert_int_equal(outline->tier_line.length, strlen(cases[i].line));
    assert_int_equal(outline->tier_span.length, strlen(cases[i].tier));
    assert_memory_equal(build.text + outline->tier_span.offset, cases[i].tier,
                        strlen(cases[i].tier));
    done();
  }
}

static void no_tier_lines(void **state) {
  (void)state;
  static const char *const lines[] = {"neighbouring Ghana (Tier 2) did",
                                      "the next step: Tier 2",
                                      "It was ranked last year: Tier 2, again.",
                                      "GHANA: Tier 22",
                                      "GHANA: Tiers",
                                      "Although ranked last year (Tier 2) it fell",
                                      "(Tier 2)",
                                      ": Tier 2"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    char padded[256] = {0};
    strcpy(padded, lines[i]);
    tipl__tier_line found;
    if (tipl__tier_line_find(&found, padded, 0, (uint32_t)strlen(padded)))
      fail_msg("taken for a tier line: %s", padded);
  }
}

static void titles(void **state) {
  (void)state;
  static const struct {
    const char *line, *iso3;
    int year;
  } cases[] = {
      {"2021 Trafficking in Persons Report: Norway", "NOR", 2021},
      {"Trafficking in Persons Report 2018 - Country Narratives - Norway", "NOR", 2018},
      {"2015 Trafficking in Persons Report - Micronesia, Federated States of", "FSM", 2015},
      {"U.S. Department of State 2004 Trafficking in Persons Report - Tajikistan", "TJK", 2004},
      {"2019 Trafficking in Persons Report: Guinea-Bissau", "GNB", 2019},
      {"2020 Trafficking in Persons Report: Valdoria", "", 2020}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[256] = {0};
    snprintf(text, sizeof text, "%s\n\nText on human trafficking.", cases[i].line);
    parse(text, "");
    assert_string_equal(build.outline.iso3, cases[i].iso3);
    assert_int_equal(build.outline.year, cases[i].year);
    assert_int_equal(build.outline.year_origin, TIPL_ORIGIN_TEXT);
    assert_int_equal(build.outline.title.offset, 0);
    assert_int_equal(build.outline.title.length, strlen(cases[i].line));
    done();
  }
  tipl__title title;
  static const char prose[] = "In the 2014 Trafficking in Persons Report, Norway was told to act";
  assert_false(tipl__title_line(&title, prose, 0, sizeof prose - 1));
}

static void years(void **state) {
  (void)state;
  static const struct {
    const char *text, *name;
    int year;
    tipl_origin origin;
  } cases[] = {
      {"NORWAY: Tier 2", "norway-2019.txt", 2019, TIPL_ORIGIN_NAME},
      {"NORWAY: Tier 2", "/tmp/2018/norway.txt", 0, TIPL_ORIGIN_NONE},
      {"NORWAY: Tier 2", "norway-20190401-1999.txt", 0, TIPL_ORIGIN_NONE},
      {"Norway TIER Ranking: TIER 2 (TIP 2023)", "norway-2019.txt", 2023, TIPL_ORIGIN_TEXT},
      {"NORWAY: Tier 2\n\nExtracted in part from the U.S. State Dept 2022 TIP Report", "", 2022,
       TIPL_ORIGIN_TEXT},
      {"Publication Date 27 July 2015\nCite as 2016 edition [accessed 8 June 2023]\n\nNORWAY: Tier "
       "2",
       "", 2015, TIPL_ORIGIN_TEXT},
      {"NORWAY: Tier 2\n\nIn the 2014 TIP Report it was told so.", "", 0, TIPL_ORIGIN_NONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[512];
    snprintf(text, sizeof text, "%s\n\nText on human trafficking.", cases[i].text);
    parse(text, cases[i].name);
    assert_int_equal(build.outline.year, cases[i].year);
    assert_int_equal(build.outline.year_origin, cases[i].origin);
    done();
  }
}

static void countries(void **state) {
  (void)state;
  static const struct {
    const char *text, *name, *iso3;
    tipl_origin origin;
  } cases[] = {{"The caretaker Government of Bulgaria meets the minimum standards on trafficking.",
                "ghana.txt", "BGR", TIPL_ORIGIN_TEXT},
               {"The Government of the Slovak Republic, or Slovakia, meets the minimum standards "
                "on trafficking.",
                "", "SVK", TIPL_ORIGIN_TEXT},
               {"The Republic of the Congo is a source country for trafficking.", "", "COG",
                TIPL_ORIGIN_TEXT},
               {"THE BAHAMAS\n\nHuman trafficking is unknown.", "", "BHS", TIPL_ORIGIN_TEXT},
               {"The government increased protection efforts on trafficking.",
                "dir.d/st-vincent-and-the-grenadines-2017-protection.txt", "VCT", TIPL_ORIGIN_NAME},
               {"The government increased protection efforts on trafficking.",
                "2019_Saint Lucia.txt", "LCA", TIPL_ORIGIN_NAME},
               {"The government increased protection efforts on trafficking.", "notes.txt", "",
                TIPL_ORIGIN_NONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    parse(cases[i].text, cases[i].name);
    assert_string_equal(build.outline.iso3, cases[i].iso3);
    assert_int_equal(build.outline.country_origin, cases[i].origin);
    done();
  }
}

/* Every name in the table is found as printed, in capitals, after "the", and by its code. */
static void every_country(void **state) {
  (void)state;
  for (uint32_t row = 0; row < TIPL__COUNTRY_ROWS; row++) {
    const char *name = tipl__country_name(row);
    char other[128];
    snprintf(other, sizeof other, "%s%s ", strncmp(name, "The ", 4) == 0 ? "" : "THE  ", name);
    for (char *c = other; *c != '\0'; c++)
      if (tipl__lower(*c)) *c = (char)(*c - ('a' - 'A'));
    assert_int_equal(tipl__country_find(name, strlen(name)), row);
    assert_int_equal(tipl__country_find(other, strlen(other)), row);
    assert_int_equal(tipl__country_of_option(tipl__country_iso3(row)), row);
    tipl__folded folded;
    tipl__fold(&folded, name, strlen(name));
    assert_int_equal(tipl__country_prefix(folded.text, NULL), row);
  }
  for (uint32_t i = 0; i < TIPL__COUNTRY_FORMS; i++) {
    const tipl__country_form *form = &tipl__country_forms[i];
    const char *text = tipl__name_pool + form->text;
    assert_int_equal(tipl__country_find(text, form->length), form->row);
  }
  assert_int_equal(tipl__country_find("Atlantis", 8), TIPL_NONE);
  assert_string_equal(tipl__country_name(TIPL_NONE), "");
}

static void folding(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"  A \t B\xC2\xA0\xC2\xA0"
       "C  ",
       "a b c"},
      {"R\xC3\xA9union\xE2\x80\x99s", "reunions"},
      {"S\xC3\xA3o Tom\xC3\xA9 & Pr\xC3\xADncipe", "sao tome and principe"},
      {"U.A.E.", "uae"},
      {"Saint Kitts", "st kitts"},
      {"Saints", "saints"},
      {"T\xC3\xBCrkiye\xCC\x81", "turkiye"},
      {"\xC5\x92uvre \xC5\x81", "oeuvre l"},
      {"\xE2\x80\x94", ""},
      {"a\xC3", "a"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    tipl__folded folded;
    tipl__fold(&folded, cases[i][0], strlen(cases[i][0]));
    assert_string_equal(folded.text, cases[i][1]);
    assert_true(folded.whole);
  }
  char longer[400];
  memset(longer, 'x', sizeof longer);
  tipl__folded folded;
  tipl__fold(&folded, longer, sizeof longer);
  assert_false(folded.whole);
}

/* ------------------------------------------------------------------ rating */

static void ratings(void **state) {
  (void)state;
  static const struct {
    const char *sentence;
    tipl_tier tier;
    tipl_movement movement;
  } cases[] = {
      {"Therefore Norway was downgraded to Tier 2.", TIPL_TIER_2, TIPL_MOVEMENT_DOWNGRADED},
      {"It did; therefore, the UK remained on\nTier 1.", TIPL_TIER_1, TIPL_MOVEMENT_REMAINED},
      {"It was upgraded to Tier 2 Watch List.", TIPL_TIER_2WL, TIPL_MOVEMENT_UPGRADED},
      {"Norway is placed on Tier 2 Watch List because of it.", TIPL_TIER_2WL, TIPL_MOVEMENT_NONE},
      {"Norway is placed on Tier 2 Watch List for a third consecutive year.", TIPL_TIER_2WL,
       TIPL_MOVEMENT_REMAINED},
      {"Although it meets the criteria for Tier 2 Watch List, because it has been on Tier 2 Watch "
       "List for four "
       "consecutive years, it is no longer eligible and was therefore downgraded to Tier 3.",
       TIPL_TIER_3, TIPL_MOVEMENT_DOWNGRADED},
      {"It was granted a waiver from an otherwise required downgrade to Tier 3; therefore Norway "
       "remained on "
       "Tier 2 Watch List for the second consecutive year.",
       TIPL_TIER_2WL, TIPL_MOVEMENT_REMAINED},
      {"Therefore it remained on Tier 2. Without a plan it would have been downgraded to Tier 3.",
       TIPL_TIER_2, TIPL_MOVEMENT_REMAINED},
      {"Norway remains a Special Case for the eighth consecutive year.", TIPL_TIER_SPECIAL,
       TIPL_MOVEMENT_REMAINED},
      {"It is necessary to classify Norway as a special case.", TIPL_TIER_SPECIAL,
       TIPL_MOVEMENT_NONE},
      {"Countries on Tier 2 do better.", TIPL_TIER_NONE, TIPL_MOVEMENT_NONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[512];
    snprintf(text, sizeof text, MEETS " %s It also acted.", cases[i].sentence);
    parse(text, "");
    assert_int_equal(build.outline.tier, cases[i].tier);
    assert_int_equal(build.outline.movement, cases[i].movement);
    if (cases[i].tier != TIPL_TIER_NONE) assert_true(build.outline.tier_span.length >= 6);
    done();
  }
}

static void tier_line_beats_prose(void **state) {
  (void)state;
  parse("NORWAY: Tier 2\n\n" MEETS
        " Norway was downgraded to Tier 2. Sweden remained on Tier 1.\n\n"
        "PREVENTION\n\nGhana was upgraded to Tier 3.",
        "");
  assert_int_equal(build.outline.tier, TIPL_TIER_2);
  assert_int_equal(build.outline.movement, TIPL_MOVEMENT_DOWNGRADED);
  assert_int_equal(build.outline.tier_span.offset, 8);
  done();
}

static void special_cases_page(void **state) {
  (void)state;
  parse(
      "VII. Special Cases\n\nTrafficking in Persons Report\nJune 5, 2006\n\nTHE BAHAMAS\n\nNo "
      "data.\n\n"
      "Scope and Magnitude: Some trafficking.\n\nGovernment Efforts. None.",
      "");
  assert_int_equal(build.outline.tier, TIPL_TIER_SPECIAL);
  assert_int_equal(build.outline.year, 2006);
  assert_int_equal(build.outline.tier_span.offset, 5);
  assert_int_equal(build.outline.tier_span.length, 12);
  assert_string_equal(list_sections(), "summary,scope,efforts");
  done();
}

/* ------------------------------------------------------------------ what is no narrative */

static void refusals(void **state) {
  (void)state;
  static const char *const texts[] = {
      "A shopping list: milk, bread.", "A page about Trafficking",
      "A word on trafficking in a letter.", "PROTECTION\n\nWear a helmet.",
      "NORWAY: Tier 2", "Norway (Tier 2)\nSweden (Tier 1)\nGhana (Tier 3)",
      "2021 Trafficking in Persons Report: Tier Placements\n\nTIER 1\n\nArgentina\nNorway",
      "PROSECUTION\n\nPolice arrested 45 drug trafficking suspects. Courts convicted 12 drug traffickers.\n\nPREVENTION\n\nNone.",
      "Vesicle trafficking: membrane trafficking of receptors; protein trafficking, as the government's victims.",
      "Support plans\n\nGold: Tier 1\nSilver: Tier 2\n\nGold customers open 12 cases a month."};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    assert_int_equal(try_parse(texts[i], "", NULL), TIPL_ENOREPORT);
    assert_true(strlen(error.message) > 20);
    done();
  }
}

/* Passages that speak of it in whatever words, and a little only. */
static void passages(void **state) {
  (void)state;
  static const char *const texts[] = {
      "PROSECUTION\n\nPolice investigated 15 trafficking cases, and courts convicted 12 traffickers.",
      "Prevention\n\nThe government held awareness campaigns on trafficking.",
      "2018 Trafficking in Persons Report: Norway\n\nCourts convicted nine traffickers in 15 trafficking cases.",
      "VALDORIA: Tier 2\n\nAuthorities investigated 15 cases.",
      "PRIORITIZED RECOMMENDATIONS:\n\nIncrease efforts to convict traffickers.",
      "NORWAY: Tier 2\n\nAuthorities investigated 15 cases."};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    parse(texts[i], "");
    done();
  }
}

static void plain(void **state) {
  (void)state;
  tipl_options options = TIPL_OPTIONS_INIT;
  options.plain = 1;
  assert_int_equal(try_parse("PROTECTION\n\nWear a helmet.\nShare\n", "", &options), TIPL_OK);
  assert_string_equal(list_blocks(),
                      "body unknown|PROTECTION\nbody unknown|Wear a helmet.~Share\n");
  done();
  assert_int_equal(try_parse("", "", &options), TIPL_OK);
  assert_int_equal(build.blocks.count, 0);
  assert_int_equal(build.sections.count, 0);
  done();
}

static void options(void **state) {
  (void)state;
  tipl_options given = TIPL_OPTIONS_INIT;
  given.year = 2011;
  given.country = "sweden";
  assert_int_equal(
      try_parse("2021 Trafficking in Persons Report: Norway\n\nNORWAY: Tier 2\n\nIts text.", "", &given),
      TIPL_OK);
  assert_int_equal(build.outline.year, 2011);
  assert_int_equal(build.outline.year_origin, TIPL_ORIGIN_OPTION);
  assert_string_equal(build.outline.iso3, "SWE");
  assert_int_equal(build.outline.country_origin, TIPL_ORIGIN_OPTION);
  done();
  given.country = "Atlantis";
  assert_int_equal(try_parse("NORWAY: Tier 2", "", &given), TIPL_EARG);
  done();
}

static void out_of_memory(void **state) {
  (void)state;
  char text[4096] = "Norway is a source country for trafficking.";
  for (int i = 0; i < 40; i++) strcat(text, "\n\nMen suffer.");
  strcat(text, " " MEETS "\n\nPROTECTION\n\nIt helps.");
  tipl_options given = TIPL_OPTIONS_INIT;
  tipl_status status = TIPL_ENOMEM;
  int allowed = 0;
  given.alloc = stingy;
  for (; status == TIPL_ENOMEM; allowed++) {
    int left = allowed;
    given.alloc_payload = &left;
    status = try_parse(text, "", &given);
    done();
  }
  assert_int_equal(status, TIPL_OK);
  assert_true(allowed > 3);
}

/* ------------------------------------------------------------------ real narratives */

static bool at_hand(void) {
  FILE *file = fopen(REPORTS "norway-2021.txt", "r");
  if (file != NULL)
    fclose(file);
  else
    printf("skipped: the reports of %s are not at hand\n", REPORTS);
  return file != NULL;
}

static void norway(void **state) {
  (void)state;
  static const struct {
    const char *name;
    uint32_t offset, length, paragraphs;
  } expected[] = {{"summary", 60, 1870, 1},       {"recommendations", 1962, 1233, 1},
                  {"prosecution", 3210, 4083, 2}, {"protection", 7307, 7606, 4},
                  {"prevention", 14927, 4230, 2}, {"profile", 19180, 1285, 1}};
  if (!at_hand()) skip();
  parse(NULL, REPORTS "norway-2021.txt");
  assert_int_equal(build.sections.count, 6);
  for (uint32_t s = 0; s < 6; s++) {
    uint32_t begin = 0, end = 0, paragraphs = 0;
    for (uint32_t i = 0; i < build.blocks.count; i++) {
      const tipl__block *block = tipl__block_at(&build, i);
      if (block->kind != TIPL__BLOCK_BODY || block->section != s) continue;
      if (paragraphs++ == 0) begin = block->span.offset;
      end = block->span.offset + block->span.length;
    }
    assert_string_equal(sections[TIPL__AT(tipl__section_row, build.sections, s).kind],
                        expected[s].name);
    assert_int_equal(begin, expected[s].offset);
    assert_int_equal(end - begin, expected[s].length);
    assert_int_equal(paragraphs, expected[s].paragraphs);
  }
  assert_int_equal(build.outline.title.length, 42);
  assert_int_equal(build.outline.tier_line.offset, 44);
  assert_int_equal(build.outline.tier_span.offset, 52);
  assert_int_equal(build.outline.year_origin, TIPL_ORIGIN_TEXT);
  done();
}

/* One row of the table against the outline; prints what differs. */
static int differs(const char *row) {
  static const char *const tiers[] = {"-", "1", "2", "2WL", "3", "SC"};
  static const char *const moves[] = {"-", "upgraded", "downgraded", "remained"};
  char file[80], iso3[4], tier[8], movement[16], names[128], path[160], got[256], want[256];
  int year;
  assert_int_equal(
      sscanf(row, "%79s %3s %d %7s %15s %127s", file, iso3, &year, tier, movement, names), 6);
  snprintf(path, sizeof path, REPORTS "%s", file);
  tipl_status status = try_parse(NULL, path, NULL);
  if (status != TIPL_OK) printf("%s: %s\n", file, error.message);
  if (status == TIPL_OK) {
    snprintf(got, sizeof got, "%s %d %s %s %s", build.outline.iso3, build.outline.year,
             tiers[build.outline.tier], moves[build.outline.movement], list_sections());
    snprintf(want, sizeof want, "%s %d %s %s %s", iso3, year, tier, movement, names);
    if (strcmp(got, want) != 0) printf("%s: %s, not %s\n", file, got, want), status = TIPL_EARG;
  }
  done();
  return status != TIPL_OK;
}

static void reports(void **state) {
  (void)state;
  if (!at_hand()) skip();
  FILE *table = fopen(EXPECTED, "r");
  assert_non_null(table);
  char row[512];
  int rows = 0, bad = 0;
  while (fgets(row, sizeof row, table) != NULL) {
    if (row[0] == '#') continue;
    rows++;
    bad += differs(row);
  }
  fclose(table);
  assert_int_equal(rows, 100);
  assert_int_equal(bad, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(modern_narrative),
                                     cmocka_unit_test(line_ends_and_blanks),
                                     cmocka_unit_test(run_in_headings),
                                     cmocka_unit_test(lists),
                                     cmocka_unit_test(hard_wraps),
                                     cmocka_unit_test(one_line_a_paragraph),
                                     cmocka_unit_test(publishers_lines),
                                     cmocka_unit_test(fused_tier_line),
                                     cmocka_unit_test(running_head),
                                     cmocka_unit_test(neighbours),
                                     cmocka_unit_test(lost_headings),
                                     cmocka_unit_test(tier_lines),
                                     cmocka_unit_test(no_tier_lines),
                                     cmocka_unit_test(titles),
                                     cmocka_unit_test(years),
                                     cmocka_unit_test(countries),
                                     cmocka_unit_test(every_country),
                                     cmocka_unit_test(folding),
                                     cmocka_unit_test(ratings),
                                     cmocka_unit_test(tier_line_beats_prose),
                                     cmocka_unit_test(special_cases_page),
                                     cmocka_unit_test(refusals),
                                     cmocka_unit_test(passages),
                                     cmocka_unit_test(plain),
                                     cmocka_unit_test(options),
                                     cmocka_unit_test(out_of_memory),
                                     cmocka_unit_test(norway),
                                     cmocka_unit_test(reports)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
