/* source.h: limits of the source stage; its functions are declared in model/build.h. */
#ifndef TIPL_SOURCE_H
#define TIPL_SOURCE_H

enum {
  TIPL__SOURCE_PAD = 64,           /* zero bytes after the text: stages may read past its end */
  TIPL__SOURCE_BLOCK = 1 << 16,    /* bytes first asked for, where the size is not known */
  TIPL__SOURCE_DEFAULT = 64 << 20, /* bytes, when the options name no limit */
  TIPL__SOURCE_MOST = 0x7FFFFFFF   /* bytes; positions are 32-bit */
};

#endif
