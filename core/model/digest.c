/* digest.c: by what two reports are known to be the same narrative: SHA-256 over country, edition and the
 * sentences without their blanks, so that line ends, hard wraps and a publisher's lines do not count. */
#include <string.h>

#include "base/sha256.h"
#include "tipl.h"

/* The bytes of a text that are no blank. */
static void add_text(tipl__sha256 *hash, const char *text, size_t length) {
  size_t from = 0;
  for (size_t i = 0; i < length; i++) {
    size_t blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
    if (text[i] == '\xC2' && i + 1 < length && text[i + 1] == '\xA0') blank = 2; /* no-break space */
    if (blank == 0) continue;
    tipl__sha256_add(hash, text + from, i - from);
    i += blank - 1;
    from = i + 1;
  }
  tipl__sha256_add(hash, text + from, length - from);
}

void tipl_sha256(unsigned char out[TIPL_DIGEST], const void *bytes, size_t length) {
  tipl__sha256 hash;
  tipl__sha256_start(&hash);
  tipl__sha256_add(&hash, bytes, length);
  tipl__sha256_end(out, &hash);
}

void tipl_report_digest(unsigned char out[TIPL_DIGEST], const tipl_report *report) {
  tipl__sha256 hash;
  tipl_outline outline;
  tipl_report_outline(&outline, report);
  unsigned char year[2] = {(unsigned char)(outline.year >> 8), (unsigned char)outline.year};
  tipl__sha256_start(&hash);
  tipl__sha256_add(&hash, outline.country, strlen(outline.country) + 1);
  tipl__sha256_add(&hash, year, sizeof year);
  for (uint32_t i = 0; i < tipl_count(report, TIPL_SENTENCES); i++) {
    size_t length;
    const char *text = tipl_span_text(report, tipl_span_of(report, TIPL_SENTENCES, i), &length);
    add_text(&hash, text, length);
    tipl__sha256_add(&hash, "", 1);
  }
  tipl__sha256_end(out, &hash);
}
