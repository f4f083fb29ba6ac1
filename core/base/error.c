/* error.c: see error.h. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(tipl_error *error, tipl_status status, const char *format, va_list args) {
  memset(error, 0, sizeof *error);
  error->status = status;
  vsnprintf(error->message, sizeof error->message, format, args);
}

tipl_status tipl__fail(tipl_error *error, tipl_status status, const char *format, ...) {
  if (error == NULL) return status;
  va_list args;
  va_start(args, format);
  put(error, status, format, args);
  va_end(args);
  return status;
}

tipl_status tipl__fail_at(tipl_error *error, tipl_status status, const char *text, size_t length,
                          tipl_span where, const char *format, ...) {
  if (error == NULL) return status;
  va_list args;
  va_start(args, format);
  put(error, status, format, args);
  va_end(args);
  error->where = where;
  uint32_t line = 1, begin = 0;
  for (uint32_t i = 0; i < where.offset && i < length; i++)
    if (text[i] == '\n') {
      line++;
      begin = i + 1;
    }
  error->line = line;
  error->column = where.offset - begin + 1;
  return status;
}

const char *tipl_status_name(tipl_status status) {
  switch (status) {
    case TIPL_OK: return "OK";
    case TIPL_ENOMEM: return "ENOMEM";
    case TIPL_EIO: return "EIO";
    case TIPL_EENCODING: return "EENCODING";
    case TIPL_ENOREPORT: return "ENOREPORT";
    case TIPL_ELIMIT: return "ELIMIT";
    case TIPL_EARG: return "EARG";
    case TIPL_ECANCEL: return "ECANCEL";
  }
  return "UNKNOWN";
}
