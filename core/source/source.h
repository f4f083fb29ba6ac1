/* source.h: limits of the source stage; its other functions are declared in model/build.h. */
#ifndef TIPL_SOURCE_H
#define TIPL_SOURCE_H

#include "tipl.h"

enum {
  TIPL__SOURCE_PAD = 64,           /* zero bytes after the text: stages may read past its end */
  TIPL__SOURCE_BLOCK = 1 << 16,    /* bytes first asked for, where the size is not known */
  TIPL__SOURCE_DEFAULT = 64 << 20, /* bytes, when the options name no limit */
  TIPL__SOURCE_MOST = 0x7FFFFFFF   /* bytes; positions are 32-bit */
};

/* Fills *error with what a system error (errno) means for who names a file; returns TIPL_EIO. */
tipl_status tipl__io_error(tipl_error *error, int code);

#endif
