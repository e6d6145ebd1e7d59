#ifndef REKEY_CPKCS11_SHIM_H
#define REKEY_CPKCS11_SHIM_H

/* Types and numbers alone: nothing is linked, the module is loaded at run time. */
#define CRYPTOKI_GNU 1
#include <p11-kit-1/p11-kit/pkcs11.h>

#endif
