"""Signatures by zeep."""

import xmlsec
from zeep.wsse.signature import BinarySignature, Signature, verify_envelope

from envelope import DS, WSU, Refusal, add_timestamp, body, header

_METHODS = {"rsa": xmlsec.constants.TransformRsaSha256, "ecdsa": xmlsec.constants.TransformEcdsaSha256}
_WRITERS = {"binarySecurityToken": BinarySignature, "issuerSerial": Signature}


def sign(envelope, words):
    """Signs Body and Timestamp; zeep writes a token, or issuer and serial number beside the certificate."""
    key, reference = words["key"], words.get("reference", "binarySecurityToken")
    if reference not in _WRITERS:
        raise Refusal(f"zeep does not write {reference}")
    add_timestamp(envelope)
    signature = _WRITERS[reference](
        f"{key}.key.pem",
        f"{key}.crt.pem",
        signature_method=_METHODS[words.get("key-kind", "rsa")],
        digest_method=xmlsec.constants.TransformSha256,
    )
    signature.apply(envelope, {})


def verify(envelope, words):
    """Verifies with the one certificate that zeep is given, whatever the message names; Body and Timestamp must be covered."""
    verify_envelope(envelope, words["trust"])
    signed = {uri[1:] for uri in header(envelope).xpath("ds:Signature//ds:Reference/@URI", namespaces={"ds": DS})}
    for part in (body(envelope), header(envelope).find(f"{{{WSU}}}Timestamp")):
        if part is None or part.get(f"{{{WSU}}}Id") not in signed:
            raise Refusal("Body or Timestamp is not signed")
