"""python-xmlsec: libxmlsec in Python. It knows no WS-Security: the header around signature and ciphertext is ours."""

from pathlib import Path

import xmlsec
from lxml import etree

import agreement
import decryption
import references
import template
from algorithms import CIPHERS
from envelope import DS, WSU, XENC, Refusal, header, parse, part, parts, require_signed

_C = xmlsec.constants


def sign(envelope, words):
    signature = template.signature(envelope, words)
    context = xmlsec.SignatureContext()
    if "secret" in words:
        context.key = xmlsec.Key.from_binary_data(_C.KeyDataHmac, Path(words["secret"]).read_bytes())
    else:
        context.key = xmlsec.Key.from_file(words["key"] + ".key.pem", _C.KeyDataFormatPem)
    _register(context, envelope)
    context.sign(signature)


def verify(envelope, words):
    signature = header(envelope).find(f"{{{DS}}}Signature")
    if signature is None:
        raise Refusal("there is no Signature")
    references.require(envelope, signature.find(f"{{{DS}}}KeyInfo"), references.load(words["trust"]))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_file(words["trust"], _C.KeyDataFormatCertPem)
    _register(context, envelope)
    context.verify(signature)
    require_signed(envelope, words)


def encrypt(envelope, words):
    """All parts under one key, wrapped in the header once or in each of the data."""
    originator = None
    if words.get("transport", "").startswith("ecdh-"):
        manager, originator = agreement.sending(references.load(words["to"]))
    else:
        manager = xmlsec.KeysManager()
        manager.add_key(xmlsec.Key.from_file(words["to"], _C.KeyDataFormatCertPem))
    bits = CIPHERS[words.get("cipher", "aes256-gcm")][1]
    kind = _C.KeyDataDes if bits == 192 and "des" in words["cipher"] else _C.KeyDataAes
    session = xmlsec.Key.generate(kind, bits, _C.KeyDataTypeSession)
    key, inside = None, words.get("placement") == "data"
    for target in parts(envelope, words, "encrypted", "body"):
        data = template.encrypted_data(words, transport=inside or key is None)
        context = xmlsec.EncryptionContext(manager)
        context.key = session
        plaintext = template.plaintext(envelope, target)
        template.place(envelope, target, data)
        context.encrypt_binary(data, plaintext)
        if inside:
            template.key_in_data(envelope, data, words)
        elif key is None:
            key = template.key_to_header(envelope, data, words, originator)
        else:
            template.add_reference(key, data)


def decrypt(envelope, words):
    for key, data in decryption.pairs(envelope, words):
        if agreement.is_agreed(key):
            key = parse(etree.tostring(key, with_tail=False))
            context = xmlsec.EncryptionContext(agreement.receiving(key, words["key"]))
        else:
            context = xmlsec.EncryptionContext()
            context.key = xmlsec.Key.from_file(words["key"] + ".key.pem", _C.KeyDataFormatPem)
        secret = context.decrypt(key)
        method = data.find(f"{{{XENC}}}EncryptionMethod").get("Algorithm")
        kind = _C.KeyDataDes if "tripledes" in method else _C.KeyDataAes
        context = xmlsec.EncryptionContext()
        context.key = xmlsec.Key.from_binary_data(kind, secret)
        detached = parse(etree.tostring(data, with_tail=False))
        detached.attrib.pop("Type", None)
        decryption.replace(data, context.decrypt(detached))


def _register(context, envelope):
    for word in ("body", "timestamp", "header", "token", "username"):
        element = part(envelope, word)
        if element is not None and element.get(f"{{{WSU}}}Id") is not None:
            context.register_id(element, "Id", WSU)
