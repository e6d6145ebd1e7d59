#ifndef REKEY_LIBFUZZER_H
#define REKEY_LIBFUZZER_H
#include <stddef.h>
#include <stdint.h>

/// The loop of libFuzzer (compiler-rt), for programs that bring their own main.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
