#include <openssl/core_names.h>
