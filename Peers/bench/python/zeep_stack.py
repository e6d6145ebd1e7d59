"""zeep's signatures, with python-xmlsec below; it has no encryption."""

import xmlsec
from lxml import etree
from zeep.wsse.signature import BinarySignature

from envelope import add_timestamp, header, read

OPERATIONS = frozenset(["sign", "verify"])
_SIGNATURE = BinarySignature(
    "signer.key.pem",
    "signer.crt.pem",
    signature_method=xmlsec.constants.TransformRsaSha256,
    digest_method=xmlsec.constants.TransformSha256,
)


def work(operation, octets):
    def sign():
        envelope = read(octets)
        header(envelope)
        add_timestamp(envelope)
        _SIGNATURE.apply(envelope, {})
        return etree.tostring(envelope)

    return sign if operation == "sign" else lambda: _SIGNATURE.verify(read(octets))
