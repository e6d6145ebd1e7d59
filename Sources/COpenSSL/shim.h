#ifndef REKEY_COPENSSL_SHIM_H
#define REKEY_COPENSSL_SHIM_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/params.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros that do not import into Swift. */

static inline void rekey_openssl_free(void *memory) { OPENSSL_free(memory); }

static inline EVP_PKEY *rekey_generate_rsa(size_t bits) { return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits); }

static inline EVP_PKEY *rekey_generate_ec(const char *group) { return EVP_PKEY_Q_keygen(NULL, NULL, "EC", group); }

static inline EVP_PKEY *rekey_generate_edwards(const char *name) { return EVP_PKEY_Q_keygen(NULL, NULL, name); }

static inline STACK_OF(X509) *rekey_x509_stack_new(void) { return sk_X509_new_null(); }

static inline int rekey_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

static inline int rekey_x509_stack_count(const STACK_OF(X509) *stack) { return stack ? sk_X509_num(stack) : 0; }

static inline X509 *rekey_x509_stack_value(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

static inline void rekey_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

/* The parts of PKCS#12: safes, and the bags in them. */
static inline int rekey_safe_count(const STACK_OF(PKCS7) *safes) { return safes ? sk_PKCS7_num(safes) : 0; }

static inline PKCS7 *rekey_safe(const STACK_OF(PKCS7) *safes, int index) { return sk_PKCS7_value(safes, index); }

static inline int rekey_safe_kind(const PKCS7 *safe) { return OBJ_obj2nid(safe->type); }

static inline void rekey_safes_free(STACK_OF(PKCS7) *safes) { sk_PKCS7_pop_free(safes, PKCS7_free); }

static inline int rekey_bag_count(const STACK_OF(PKCS12_SAFEBAG) *bags) {
    return bags ? sk_PKCS12_SAFEBAG_num(bags) : 0;
}

static inline PKCS12_SAFEBAG *rekey_bag(const STACK_OF(PKCS12_SAFEBAG) *bags, int index) {
    return sk_PKCS12_SAFEBAG_value(bags, index);
}

static inline void rekey_bags_free(STACK_OF(PKCS12_SAFEBAG) *bags) {
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}

/* The octets of the attribute localKeyID, or NULL. */
static inline const ASN1_OCTET_STRING *rekey_bag_local_key(const PKCS12_SAFEBAG *bag) {
    const ASN1_TYPE *value = PKCS12_SAFEBAG_get0_attr(bag, NID_localKeyID);
    return value && value->type == V_ASN1_OCTET_STRING ? value->value.octet_string : NULL;
}

/* MD5 over `seed` and `secret`, then over each result and `secret`, `rounds` times in all; 16 octets. */
static inline int rekey_md5_rounds(const void *seed, size_t seed_count, const void *secret, size_t secret_count,
                                   size_t rounds, unsigned char *digest) {
    EVP_MD *md5 = EVP_MD_fetch(NULL, "MD5", NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int is_done = md5 != NULL && context != NULL;
    for (size_t round = 0; is_done && round < rounds; round++) {
        is_done = EVP_DigestInit_ex2(context, round == 0 ? md5 : NULL, NULL) == 1 &&
                  EVP_DigestUpdate(context, round == 0 ? seed : digest, round == 0 ? seed_count : 16) == 1 &&
                  EVP_DigestUpdate(context, secret, secret_count) == 1 &&
                  EVP_DigestFinal_ex(context, digest, NULL) == 1;
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(md5);
    return is_done;
}

/* Sets the digest of a MAC; the names of parameters must outlive the call, so they are C's. */
static inline int rekey_mac_set_digest(EVP_MAC_CTX *context, const char *digest) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_CTX_set_params(context, parameters);
}

/* A key derivation by a hash: "SSKDF" of NIST SP 800-56A, which takes no salt, or "HKDF" of RFC 5869. */
static inline int rekey_derive(const char *function, const char *digest, const void *secret, size_t secret_count,
                               const void *salt, size_t salt_count, int is_salted, const void *info, size_t info_count,
                               unsigned char *output, size_t count) {
    EVP_KDF *algorithm = EVP_KDF_fetch(NULL, function, NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(algorithm);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)secret, secret_count),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_count),
        is_salted ? OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count)
                  : OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };
    int derived = context ? EVP_KDF_derive(context, output, count, parameters) : 0;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(algorithm);
    return derived;
}

/* The message in a block of RSAES-OAEP with an empty label (RFC 8017 section 7.1.2 step 3), looked at in constant time; -1 for
   whatever is wrong. libcrypto 3 calls the function deprecated and has no other for a block that it did not decrypt itself. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
static inline int rekey_oaep_message(unsigned char *message, int limit, const unsigned char *block, int count,
                                     const EVP_MD *digest, const EVP_MD *mgf) {
    return RSA_padding_check_PKCS1_OAEP_mgf1(message, limit, block, count, count, NULL, 0, digest, mgf);
}
#pragma clang diagnostic pop

/* Hides a value from the optimiser, so that a mask made of it stays a mask. */
static inline unsigned char rekey_value_barrier(unsigned char value) {
    volatile unsigned char hidden = value;
    return hidden;
}

static inline int rekey_error_is_unsupported(unsigned long code) {
    return ERR_GET_REASON(code) == ERR_R_UNSUPPORTED ||
           (ERR_GET_LIB(code) == ERR_LIB_EVP && ERR_GET_REASON(code) == EVP_R_UNSUPPORTED_ALGORITHM);
}

#endif
