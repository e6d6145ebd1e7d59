"""The words of a job for algorithms, and their URIs."""

from envelope import DS, XENC, Refusal

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_XENC11 = "http://www.w3.org/2009/xmlenc11#"

DIGESTS = {
    "sha1": DS + "sha1",
    "sha224": _MORE + "sha224",
    "sha256": XENC + "sha256",
    "sha384": _MORE + "sha384",
    "sha512": XENC + "sha512",
}

SIGNATURES = {"rsa-sha1": DS + "rsa-sha1", "ecdsa-sha1": _MORE + "ecdsa-sha1", "hmac-sha1": DS + "hmac-sha1"}
for _hash in ("sha224", "sha256", "sha384", "sha512"):
    SIGNATURES[f"rsa-{_hash}"] = f"{_MORE}rsa-{_hash}"
    SIGNATURES[f"hmac-{_hash}"] = f"{_MORE}hmac-{_hash}"
    SIGNATURES[f"pss-{_hash}"] = f"{_MORE_2007}{_hash}-rsa-MGF1"
    SIGNATURES[f"ecdsa-{_hash}"] = f"{_MORE}ecdsa-{_hash}"
SIGNATURES["ed25519"] = "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"

CANONICALIZATIONS = {
    "exclusive": "http://www.w3.org/2001/10/xml-exc-c14n#",
    "inclusive": "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
    "inclusive11": "http://www.w3.org/2006/12/xml-c14n11",
}

# Word: URI and bits of the key.
CIPHERS = {"3des-cbc": (XENC + "tripledes-cbc", 192)}
for _bits in (128, 192, 256):
    CIPHERS[f"aes{_bits}-gcm"] = (f"{_XENC11}aes{_bits}-gcm", _bits)
    CIPHERS[f"aes{_bits}-cbc"] = (f"{XENC}aes{_bits}-cbc", _bits)

# Word: URI, digest and mask generation, None where the URI says it all.
TRANSPORTS = {"rsa15": (XENC + "rsa-1_5", None, None)}
for _hash in ("sha1", "sha256", "sha384", "sha512"):
    TRANSPORTS[f"oaep-{_hash}"] = (XENC + "rsa-oaep-mgf1p", DIGESTS[_hash], None)
    for _mask in ("sha1", "sha256", "sha384", "sha512"):
        TRANSPORTS[f"oaep11-{_hash}-{_mask}"] = (_XENC11 + "rsa-oaep", DIGESTS[_hash], f"{_XENC11}mgf1{_mask}")


def uri(table, word):
    """The table's value for a word of a job."""
    if word not in table:
        raise Refusal(f"no URI is known for {word}")
    return table[word]
