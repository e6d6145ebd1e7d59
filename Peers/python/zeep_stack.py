"""zeep: signatures and user names, as its classes write and read them."""

import xmlsec
from zeep.wsse.signature import BinarySignature, Signature, verify_envelope
from zeep.wsse.username import UsernameToken

from algorithms import DIGESTS, SIGNATURES, uri
from envelope import Refusal, require_signed

_WRITERS = {"binarySecurityToken": BinarySignature, "x509DataReference": Signature}
_USER, _PASSWORD = "alice", "correct horse battery staple"


def token(envelope, words):
    UsernameToken(_USER, _PASSWORD, use_digest=words["username"] == "digest", zulu_timestamp=True).apply(envelope, {})


def sign(envelope, words):
    """Signs Body and Timestamp; zeep writes a token, or issuer and serial number beside the certificate."""
    key, reference = words["key"], words.get("signature-reference", "binarySecurityToken")
    if reference not in _WRITERS:
        raise Refusal(f"zeep has no class that writes {reference}")
    if set(words.get("signed", "body,timestamp").split(",")) != {"body", "timestamp"}:
        raise Refusal("zeep signs Body and Timestamp and nothing else")
    if words.get("canonicalization", "exclusive") != "exclusive":
        raise Refusal("zeep canonicalizes exclusively")
    signature = _WRITERS[reference](
        f"{key}.key.pem",
        f"{key}.crt.pem",
        signature_method=_transform(uri(SIGNATURES, words.get("signature", "rsa-sha256"))),
        digest_method=_transform(uri(DIGESTS, words.get("digest", "sha256"))),
    )
    signature.apply(envelope, {})


def verify(envelope, words):
    """Verifies with the one certificate that zeep is given, whatever the message names."""
    verify_envelope(envelope, words["trust"])
    require_signed(envelope, words)


def _transform(wanted):
    """python-xmlsec's constant for a URI."""
    for name in dir(xmlsec.constants):
        transform = getattr(xmlsec.constants, name)
        if name.startswith("Transform") and getattr(transform, "href", None) == wanted:
            return transform
    raise Refusal(f"python-xmlsec has no constant for {wanted}")
