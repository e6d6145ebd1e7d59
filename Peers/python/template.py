"""ds:Signature, xenc:EncryptedData and xenc:EncryptedKey to be filled in: what libxmlsec wants to be given."""

import uuid

from lxml import etree

import agreement
import references
from algorithms import CANONICALIZATIONS, CIPHERS, DIGESTS, SIGNATURES, TRANSPORTS, uri
from envelope import DS, WSSE, WSSE11, WSU, XENC, body, header, identifier, parts

_XENC11 = "http://www.w3.org/2009/xmlenc11#"


def signature(envelope, words):
    """An unfilled signature over the parts of the job, in front of the keys of what was encrypted before."""
    certificate = references.load(words["key"] + ".crt.pem")
    info = references.key_info(envelope, certificate, words.get("signature-reference", "binarySecurityToken"))
    canonicalization = uri(CANONICALIZATIONS, words.get("canonicalization", "exclusive"))
    element = etree.SubElement(header(envelope), f"{{{DS}}}Signature", nsmap={"ds": DS})
    earlier = [child for child in header(envelope) if child.tag in (f"{{{XENC}}}EncryptedKey", f"{{{XENC}}}ReferenceList")]
    if earlier:
        earlier[0].addprevious(element)
    signed = _ds(element, "SignedInfo")
    _ds(signed, "CanonicalizationMethod", canonicalization)
    _ds(signed, "SignatureMethod", uri(SIGNATURES, words.get("signature", "rsa-sha256")))
    for target in parts(envelope, words, "signed", "body,timestamp"):
        reference = etree.SubElement(signed, f"{{{DS}}}Reference", URI="#" + identifier(target))
        _ds(_ds(reference, "Transforms"), "Transform", canonicalization)
        _ds(reference, "DigestMethod", uri(DIGESTS, words.get("digest", "sha256")))
        _ds(reference, "DigestValue")
    _ds(element, "SignatureValue")
    element.append(info)
    return element


def encrypted_data(words, transport):
    """An EncryptedData without content, the wrapped key in its KeyInfo unless `transport` is left out."""
    data = etree.Element(f"{{{XENC}}}EncryptedData", nsmap={"xenc": XENC, "ds": DS})
    data.set("Id", f"ED-{uuid.uuid4().hex}")
    etree.SubElement(data, f"{{{XENC}}}EncryptionMethod", Algorithm=uri(CIPHERS, words.get("cipher", "aes256-gcm"))[0])
    info = _ds(data, "KeyInfo")
    if transport:
        agreed = words.get("transport", "").startswith("ecdh-")
        info.append(agreement.encrypted_key() if agreed else _encrypted_key(words))
    _cipher_value(data)
    return data


def key_to_header(envelope, data, words, originator=None):
    """Puts the wrapped key where WS-Security wants it: into the header, which references the data; the data reference it.

    `originator` is the public key of a key that was agreed on.
    """
    info = data.find(f"{{{DS}}}KeyInfo")
    key = info.find(f"{{{XENC}}}EncryptedKey")
    info.remove(key)
    key.set("Id", f"EK-{uuid.uuid4().hex}")
    certificate = references.load(words["to"])
    reference = references.key_info(envelope, certificate, words.get("encryption-reference", "thumbprint"))
    if originator:
        agreement.name_keys(key, originator, reference)
    else:
        key.insert(1, reference)
    header(envelope).insert(_after_tokens(envelope), key)
    add_reference(key, data)
    return key


def key_in_data(envelope, data, words):
    """Leaves the wrapped key in the data, which a ReferenceList of the header names."""
    key = data.find(f"{{{DS}}}KeyInfo/{{{XENC}}}EncryptedKey")
    certificate = references.load(words["to"])
    key.insert(1, references.key_info(envelope, certificate, words.get("encryption-reference", "thumbprint")))
    names = etree.Element(f"{{{XENC}}}ReferenceList", nsmap={"xenc": XENC})
    etree.SubElement(names, f"{{{XENC}}}DataReference", URI="#" + data.get("Id"))
    header(envelope).insert(_after_tokens(envelope), names)


def add_reference(key, data):
    """Names the data in the key's ReferenceList and the key in the data's KeyInfo."""
    names = key.find(f"{{{XENC}}}ReferenceList")
    if names is None:
        names = etree.SubElement(key, f"{{{XENC}}}ReferenceList")
    etree.SubElement(names, f"{{{XENC}}}DataReference", URI="#" + data.get("Id"))
    info = data.find(f"{{{DS}}}KeyInfo")
    token = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference", nsmap={"wsse": WSSE})
    etree.SubElement(token, f"{{{WSSE}}}Reference", URI="#" + key.get("Id"))


def place(envelope, target, data):
    """Puts the data in the place of the plaintext: the Body's content, or a header block as a wsse11:EncryptedHeader."""
    if target is body(envelope):
        data.set("Type", XENC + "Content")
        for child in list(target):
            target.remove(child)
        target.text = None
        target.append(data)
        return
    data.set("Type", XENC + "Element")
    wrapper = etree.Element(f"{{{WSSE11}}}EncryptedHeader", nsmap={"wsse11": WSSE11, "wsu": WSU})
    wrapper.append(data)
    target.getparent().replace(target, wrapper)


def plaintext(envelope, target):
    """The octets that are encrypted, every namespace in scope declared in them."""
    if target is not body(envelope):
        return etree.tostring(target, with_tail=False)
    return b"".join(etree.tostring(child, with_tail=False) for child in target)


def _encrypted_key(words):
    method, digest, mask = uri(TRANSPORTS, words.get("transport", "oaep-sha1"))
    key = etree.Element(f"{{{XENC}}}EncryptedKey", nsmap={"xenc": XENC})
    element = etree.SubElement(key, f"{{{XENC}}}EncryptionMethod", Algorithm=method)
    if digest:
        _ds(element, "DigestMethod", digest)
    if mask:
        etree.SubElement(element, f"{{{_XENC11}}}MGF", Algorithm=mask, nsmap={"xenc11": _XENC11})
    _cipher_value(key)
    return key


def _after_tokens(envelope):
    tokens = header(envelope).findall(f"{{{WSSE}}}BinarySecurityToken")
    return header(envelope).index(tokens[-1]) + 1 if tokens else 0


def _cipher_value(parent):
    etree.SubElement(etree.SubElement(parent, f"{{{XENC}}}CipherData"), f"{{{XENC}}}CipherValue")


def _ds(parent, name, algorithm=None):
    element = etree.SubElement(parent, f"{{{DS}}}{name}", nsmap={"ds": DS})
    if algorithm:
        element.set("Algorithm", algorithm)
    return element
