"""Key agreement (XML Encryption 1.1 section 5.6) as libxmlsec does it: ECDH-ES, ConcatKDF with SHA-256, AES-256 key wrap.

libxmlsec reads no ds:KeyValue of a curve and follows no wsse:SecurityTokenReference: both keys are given to it by name, and the names
are exchanged with what stands in the message.
"""

import base64

import xmlsec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lxml import etree

import references
from envelope import DS, XENC, Refusal

_XENC11 = "http://www.w3.org/2009/xmlenc11#"
_DSIG11 = "http://www.w3.org/2009/xmldsig11#"
_WRAP = XENC + "kw-aes256"
_CURVES = {curve.name: curve for curve in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1())}
_C = xmlsec.constants


def encrypted_key():
    """An EncryptedKey to be filled in, and the manager's key of the originator, made for this message."""
    key = etree.Element(f"{{{XENC}}}EncryptedKey", nsmap={"xenc": XENC})
    etree.SubElement(key, f"{{{XENC}}}EncryptionMethod", Algorithm=_WRAP)
    info = etree.SubElement(key, f"{{{DS}}}KeyInfo", nsmap={"ds": DS})
    method = etree.SubElement(info, f"{{{XENC}}}AgreementMethod", Algorithm=_XENC11 + "ECDH-ES")
    derivation = etree.SubElement(method, f"{{{_XENC11}}}KeyDerivationMethod", nsmap={"xenc11": _XENC11})
    derivation.set("Algorithm", _XENC11 + "ConcatKDF")
    parameters = etree.SubElement(derivation, f"{{{_XENC11}}}ConcatKDFParams", PartyUInfo="", PartyVInfo="")
    parameters.set("AlgorithmID", "00" + _WRAP.encode().hex())
    etree.SubElement(parameters, f"{{{DS}}}DigestMethod", Algorithm=XENC + "sha256")
    for name in ("originator", "recipient"):
        names = etree.SubElement(method, f"{{{XENC}}}{name.capitalize()}KeyInfo")
        etree.SubElement(names, f"{{{DS}}}KeyName").text = name
    cipher = etree.SubElement(key, f"{{{XENC}}}CipherData")
    etree.SubElement(cipher, f"{{{XENC}}}CipherValue")
    return key


def sending(certificate):
    """The manager for an originator whose key is made for this message, and that key."""
    own = ec.generate_private_key(certificate.public_key().curve)
    pem = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _manager({"originator": pem, "recipient": _public(certificate.public_key())}), own.public_key()


def name_keys(key, originator, reference):
    """Puts the originator's key and the reference to the recipient's in the place of their names."""
    value = etree.Element(f"{{{DS}}}KeyValue")
    value.append(_key_value(originator))
    _fill(key, "OriginatorKeyInfo", value)
    _fill(key, "RecipientKeyInfo", *reference)


def receiving(key, prefix):
    """The manager for the recipient of an EncryptedKey; the references in it give way to names."""
    point = key.find(f".//{{{_DSIG11}}}PublicKey")
    curve = key.find(f".//{{{_DSIG11}}}NamedCurve")
    known = {references.CURVES[name]: curve for name, curve in _CURVES.items()}
    if point is None or curve is None or curve.get("URI") not in known:
        raise Refusal("the originator's key is on no curve that is known")
    originator = ec.EllipticCurvePublicKey.from_encoded_point(known[curve.get("URI")], base64.b64decode(point.text))
    for name in ("originator", "recipient"):
        names = etree.Element(f"{{{DS}}}KeyName")
        names.text = name
        _fill(key, f"{name.capitalize()}KeyInfo", names)
    with open(prefix + ".key.pem", "rb") as file:
        return _manager({"originator": _public(originator), "recipient": file.read()})


def is_agreed(key):
    return key.find(f".//{{{XENC}}}AgreementMethod") is not None


def _key_value(public):
    curve = etree.Element(f"{{{_DSIG11}}}ECKeyValue", nsmap={"dsig11": _DSIG11})
    etree.SubElement(curve, f"{{{_DSIG11}}}NamedCurve", URI=references.CURVES[public.curve.name])
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    etree.SubElement(curve, f"{{{_DSIG11}}}PublicKey").text = base64.b64encode(point).decode()
    return curve


def _fill(key, name, *children):
    parent = key.find(f".//{{{XENC}}}{name}")
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _manager(keys):
    manager = xmlsec.KeysManager()
    for name, pem in keys.items():
        key = xmlsec.Key.from_memory(pem, _C.KeyDataFormatPem)
        key.name = name
        manager.add_key(key)
    return manager


def _public(key):
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
