"""How a KeyInfo names a certificate (WSS X.509 Certificate Token Profile 1.1.1 section 3.2), written and compared.

In a wsse:SecurityTokenReference: binarySecurityToken, issuerSerial, subjectKeyIdentifier, thumbprint, embedded, and
x509DataReference, the certificate in ds:X509Data. Directly in ds:KeyInfo: x509Data, keyValue; keyName, of the shared secret.
"""

import base64
import hashlib
import uuid
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from lxml import etree

from envelope import DS, ID, WSSE, WSU, Refusal, header

_SOAP_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#"
_THUMBPRINT = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1"
_TOKEN = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#"
_DSIG11 = "http://www.w3.org/2009/xmldsig11#"
SECRET_NAME = "orders"
CURVES = {
    "secp256r1": "urn:oid:1.2.840.10045.3.1.7",
    "secp384r1": "urn:oid:1.3.132.0.34",
    "secp521r1": "urn:oid:1.3.132.0.35",
}


def load(path):
    return x509.load_pem_x509_certificate(Path(path).read_bytes())


def key_info(envelope, certificate, reference):
    """A ds:KeyInfo that names the certificate; a token is put in front of the Security header's children."""
    info = etree.Element(f"{{{DS}}}KeyInfo", nsmap={"ds": DS})
    if reference == "keyValue":
        info.append(_key_value(certificate))
        return info
    if reference == "keyName":
        _child(info, "KeyName").text = SECRET_NAME
        return info
    if reference == "x509Data":
        _child(_child(info, "X509Data"), "X509Certificate").text = _base64(_der(certificate))
        return info
    reference_element = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference", nsmap={"wsse": WSSE})
    match reference:
        case "binarySecurityToken":
            token = _token(certificate)
            header(envelope).insert(0, token)
            attributes = {"URI": "#" + token.get(ID), "ValueType": _TOKEN + "X509v3"}
            etree.SubElement(reference_element, f"{{{WSSE}}}Reference", attributes)
        case "embedded":
            etree.SubElement(reference_element, f"{{{WSSE}}}Embedded").append(_token(certificate))
        case "issuerSerial":
            names = _child(_child(reference_element, "X509Data"), "X509IssuerSerial")
            _child(names, "X509IssuerName").text = certificate.issuer.rfc4514_string()
            _child(names, "X509SerialNumber").text = str(certificate.serial_number)
        case "x509DataReference":
            _child(_child(reference_element, "X509Data"), "X509Certificate").text = _base64(_der(certificate))
        case "thumbprint":
            _key_identifier(reference_element, _THUMBPRINT, hashlib.sha1(_der(certificate)).digest())
        case "subjectKeyIdentifier":
            _key_identifier(reference_element, _TOKEN + "X509SubjectKeyIdentifier", _subject_key_identifier(certificate))
        case _:
            raise Refusal(f"no way is known to write {reference}")
    return info


def require(envelope, info, certificate):
    """Refuses a KeyInfo that names another key than the certificate's."""
    if not names(envelope, info, certificate):
        raise Refusal("the KeyInfo does not name the certificate that is trusted")


def names(envelope, info, certificate):
    """Whether the KeyInfo names the certificate or its key."""
    for element in info.iter(f"{{{WSSE}}}Reference"):
        return _text(_by_id(envelope, element.get("URI")[1:])) in (_base64(_der(certificate)),)
    for element in info.iter(f"{{{WSSE}}}BinarySecurityToken", f"{{{DS}}}X509Certificate"):
        return _text(element) == _base64(_der(certificate))
    for element in info.iter(f"{{{WSSE}}}KeyIdentifier"):
        octets = base64.b64decode(_text(element))
        digest = hashlib.sha1(_der(certificate)).digest()
        return octets in (digest, _subject_key_identifier(certificate), _der(certificate))
    for element in info.iter(f"{{{DS}}}X509SerialNumber"):
        return int(element.text) == certificate.serial_number
    for element in info.iter(f"{{{DS}}}KeyValue"):
        written = etree.tostring(_key_value(certificate), method="c14n", exclusive=True)
        return _squeezed(etree.tostring(element, method="c14n", exclusive=True)) == _squeezed(written)
    return False


def _by_id(envelope, identifier):
    found = [element for element in envelope.iter(etree.Element) if element.get(ID) == identifier]
    if len(found) != 1:
        raise Refusal(f"{len(found)} elements have the wsu:Id {identifier}")
    return found[0]


def _token(certificate):
    token = etree.Element(f"{{{WSSE}}}BinarySecurityToken", ValueType=_TOKEN + "X509v3", nsmap={"wsse": WSSE, "wsu": WSU})
    token.set("EncodingType", _SOAP_SECURITY + "Base64Binary")
    token.set(ID, f"X509-{uuid.uuid4().hex}")
    token.text = _base64(_der(certificate))
    return token


def _key_identifier(parent, kind, octets):
    name = etree.SubElement(parent, f"{{{WSSE}}}KeyIdentifier", ValueType=kind)
    name.set("EncodingType", _SOAP_SECURITY + "Base64Binary")
    name.text = _base64(octets)


def _key_value(certificate):
    value = etree.Element(f"{{{DS}}}KeyValue", nsmap={"ds": DS})
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        curve = etree.SubElement(value, f"{{{_DSIG11}}}ECKeyValue", nsmap={"dsig11": _DSIG11})
        etree.SubElement(curve, f"{{{_DSIG11}}}NamedCurve", URI=CURVES[key.curve.name])
        point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        etree.SubElement(curve, f"{{{_DSIG11}}}PublicKey").text = _base64(point)
    else:
        numbers = key.public_numbers()
        rsa = _child(value, "RSAKeyValue")
        _child(rsa, "Modulus").text = _base64(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big"))
        _child(rsa, "Exponent").text = _base64(numbers.e.to_bytes((numbers.e.bit_length() + 7) // 8, "big"))
    return value


def _subject_key_identifier(certificate):
    return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest


def _child(parent, name):
    return etree.SubElement(parent, f"{{{DS}}}{name}")


def _der(certificate):
    return certificate.public_bytes(Encoding.DER)


def _base64(octets):
    return base64.b64encode(octets).decode()


def _text(element):
    return "".join(element.itertext()).replace("\n", "").replace("\r", "").replace(" ", "").replace("\t", "")


def _squeezed(octets):
    return b"".join(octets.split())
