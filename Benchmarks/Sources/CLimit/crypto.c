#include "limit.h"
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static EVP_PKEY_CTX *signer, *verifier;
static EVP_MD_CTX *digester;
static EVP_CIPHER_CTX *cipher;
static EVP_MD *sha256;
static uint8_t *input, *output;
static size_t capacity;
static uint8_t digest[32], signature[256];
static size_t signature_count = sizeof signature;
static const uint8_t key[32] = {1}, iv[12] = {2};

static int prepare_keys(void) {
    EVP_PKEY *pair = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
    signer = EVP_PKEY_CTX_new_from_pkey(NULL, pair, NULL);
    verifier = EVP_PKEY_CTX_new_from_pkey(NULL, pair, NULL);
    sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
    digester = EVP_MD_CTX_new();
    cipher = EVP_CIPHER_CTX_new();
    EVP_CIPHER *gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    if (!pair || !sha256 || !gcm) return 0;
    return EVP_PKEY_sign_init(signer) == 1 && EVP_PKEY_CTX_set_rsa_padding(signer, RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(signer, sha256) == 1 && EVP_PKEY_verify_init(verifier) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(verifier, RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(verifier, sha256) == 1 &&
           EVP_CipherInit_ex2(cipher, gcm, key, iv, 1, NULL) == 1 &&
           EVP_PKEY_sign(signer, signature, &signature_count, digest, sizeof digest) == 1;
}

int limit_prepare(size_t octets) {
    if (!signer && !prepare_keys()) return 0;
    if (octets <= capacity) return 1;
    free(input);
    free(output);
    input = malloc(octets);
    output = malloc(octets + 32);
    if (!input || !output) return 0;
    memset(input, 'x', octets);
    capacity = octets;
    return 1;
}

static int transform(size_t octets, int is_encrypting) {
    int written = 0;
    return EVP_CipherInit_ex2(cipher, NULL, key, iv, is_encrypting, NULL) == 1 &&
           EVP_CipherUpdate(cipher, output, &written, input, (int)octets) == 1;
}

int limit_run(limit_work work) {
    uint8_t made[256], sum[32];
    for (int i = 0; i < work.private_operations; i++) {
        size_t count = sizeof made;
        if (EVP_PKEY_sign(signer, made, &count, digest, sizeof digest) != 1) return 0;
    }
    for (int i = 0; i < work.public_operations; i++)
        if (EVP_PKEY_verify(verifier, signature, signature_count, digest, sizeof digest) != 1) return 0;
    if (work.digested_octets &&
        (EVP_DigestInit_ex2(digester, sha256, NULL) != 1 ||
         EVP_DigestUpdate(digester, input, work.digested_octets) != 1 || EVP_DigestFinal_ex(digester, sum, NULL) != 1))
        return 0;
    return work.ciphered_octets == 0 || transform(work.ciphered_octets, work.is_encrypting);
}

uint64_t limit_cpu_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
