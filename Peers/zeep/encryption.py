"""Encryption by python-xmlsec (zeep has none)."""

import base64
import hashlib
import ssl
import uuid
from pathlib import Path

import xmlsec
from lxml import etree

from envelope import DS, WSSE, WSU, XENC, Refusal, body, header

_SOAP_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#"
_THUMBPRINT = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1"
_X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
_C = xmlsec.constants
_DIGESTS = {"sha1": DS + "sha1", "sha256": XENC + "sha256"}
_CIPHERS = {
    "aes128-gcm": (_C.TransformAes128Gcm, 128),
    "aes256-gcm": (_C.TransformAes256Gcm, 256),
    "aes128-cbc": (_C.TransformAes128Cbc, 128),
    "aes256-cbc": (_C.TransformAes256Cbc, 256),
}


def encrypt(envelope, words):
    """Encrypts the content of the Body, which must hold elements alone: python-xmlsec crashes on text at either end."""
    to = words["to"]
    transform, bits = _CIPHERS[words.get("cipher", "aes256-gcm")]
    data = xmlsec.template.encrypted_data_create(envelope, transform, type=_C.TypeEncContent, ns="xenc")
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    wrapped = xmlsec.template.add_encrypted_key(info, _C.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    method = _child(wrapped, XENC, "EncryptionMethod")
    etree.SubElement(method, f"{{{DS}}}DigestMethod", Algorithm=_DIGESTS[words.get("oaep", "sha1")])
    keys = xmlsec.KeysManager()
    keys.add_key(xmlsec.Key.from_file(to, _C.KeyDataFormatCertPem))
    context = xmlsec.EncryptionContext(keys)
    context.key = xmlsec.Key.generate(_C.KeyDataAes, bits, _C.KeyDataTypeSession)
    context.encrypt_xml(data, body(envelope))
    _move_key_to_header(envelope, _child(body(envelope), XENC, "EncryptedData"), to, words.get("reference", "thumbprint"))


def decrypt(envelope, words):
    """Decrypts with the key that it is given, whatever the message names."""
    wrapped = header(envelope).find(f"{{{XENC}}}EncryptedKey")
    if wrapped is None:
        raise Refusal("there is no EncryptedKey")
    ids = {reference.get("URI")[1:] for reference in wrapped.iter(f"{{{XENC}}}DataReference")}
    context = xmlsec.EncryptionContext()
    context.key = xmlsec.Key.from_file(f"{words['key']}.key.pem", _C.KeyDataFormatPem)
    secret = context.decrypt(wrapped)
    found = [data for data in envelope.iter(f"{{{XENC}}}EncryptedData") if data.get("Id") in ids]
    if [data.getparent() for data in found] != [body(envelope)]:
        raise Refusal("the Body's content is not encrypted")
    context = xmlsec.EncryptionContext()
    context.key = xmlsec.Key.from_binary_data(_C.KeyDataAes, secret)
    context.decrypt(found[0])


def _move_key_to_header(envelope, data, certificate, reference):
    """Puts the EncryptedKey where WS-Security wants it, and references both ways."""
    info = _child(data, DS, "KeyInfo")
    wrapped = _child(info, XENC, "EncryptedKey")
    info.remove(wrapped)
    data.set("Id", f"ED-{uuid.uuid4().hex}")
    wrapped.set("Id", f"EK-{uuid.uuid4().hex}")
    references = etree.SubElement(wrapped, f"{{{XENC}}}ReferenceList")
    etree.SubElement(references, f"{{{XENC}}}DataReference", URI="#" + data.get("Id"))
    key_info = etree.Element(f"{{{DS}}}KeyInfo")
    wrapped.insert(1, key_info)
    security = header(envelope)
    security.insert(0, wrapped)
    _name_certificate(security, key_info, certificate, reference)
    token = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference", nsmap={"wsse": WSSE})
    etree.SubElement(token, f"{{{WSSE}}}Reference", URI="#" + wrapped.get("Id"))


def _name_certificate(security, key_info, path, reference):
    der = ssl.PEM_cert_to_DER_cert(Path(path).read_text())
    token = etree.SubElement(key_info, f"{{{WSSE}}}SecurityTokenReference", nsmap={"wsse": WSSE})
    if reference == "thumbprint":
        name = etree.SubElement(token, f"{{{WSSE}}}KeyIdentifier", ValueType=_THUMBPRINT)
        name.set("EncodingType", _SOAP_SECURITY + "Base64Binary")
        name.text = base64.b64encode(hashlib.sha1(der).digest()).decode()
    elif reference == "binarySecurityToken":
        binary = etree.Element(f"{{{WSSE}}}BinarySecurityToken", ValueType=_X509, nsmap={"wsu": WSU})
        binary.set("EncodingType", _SOAP_SECURITY + "Base64Binary")
        binary.set(f"{{{WSU}}}Id", f"X509-{uuid.uuid4().hex}")
        binary.text = base64.b64encode(der).decode()
        security.insert(0, binary)
        etree.SubElement(token, f"{{{WSSE}}}Reference", URI="#" + binary.get(f"{{{WSU}}}Id"), ValueType=_X509)
    else:
        raise Refusal(f"python-xmlsec does not write {reference} and the standard library reads no certificates")


def _child(parent, namespace, name):
    """find() misses nodes that libxmlsec made: their names are not in lxml's dictionary."""
    return next(child for child in parent if child.tag == f"{{{namespace}}}{name}")
