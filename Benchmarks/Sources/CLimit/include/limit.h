#ifndef REKEY_BENCH_LIMIT_H
#define REKEY_BENCH_LIMIT_H

#include <stddef.h>
#include <stdint.h>

/* The arithmetic that an operation cannot do without, called raw in libcrypto: contexts are made once. */
typedef struct {
    int private_operations; /* RSA signatures or OAEP decryptions */
    int public_operations;  /* RSA verifications or OAEP encryptions */
    size_t digested_octets; /* SHA-256 */
    size_t ciphered_octets; /* AES-256-GCM */
    int is_encrypting;
} limit_work;

/* Makes an RSA-2048 key and buffers of at least `octets` where they are missing; returns 0 on failure. */
int limit_prepare(size_t octets);

/* Does the work once; returns 0 when libcrypto fails. */
int limit_run(limit_work work);

/* libxml2: parses `octets`, finds the element whose wsu:Id is `id`, writes its exclusive canonical form into SHA-256.
   Returns 0 on failure; `digest` has room for 32 octets. */
int limit_xml(const uint8_t *octets, size_t count, const char *id, uint8_t *digest);

/* Allocations by malloc, calloc, realloc and their aligned kin in this process since its start. */
uint64_t limit_allocations(void);

/* CPU time of this process in nanoseconds. */
uint64_t limit_cpu_time(void);

#endif
