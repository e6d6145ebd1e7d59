#include <zlib.h>

/* Both are macros in zlib, which Swift does not see. */
static inline int rekey_inflate_init_gzip(z_streamp stream) { return inflateInit2(stream, 15 + 16); }
static inline int rekey_deflate_init_gzip(z_streamp stream) {
    return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
