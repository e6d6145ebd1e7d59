"""python-xmlsec, which knows no Security header: it is written round it with lxml. Keys are read once."""

import uuid

import xmlsec
from lxml import etree

from envelope import DS, ID, WSSE, WSU, XENC, add_timestamp, body, child, header, identified, read

_C = xmlsec.constants
_SIGNER = xmlsec.Key.from_file("signer.key.pem", _C.KeyDataFormatPem)
_TRUSTED = xmlsec.Key.from_file("signer.crt.pem", _C.KeyDataFormatCertPem)
_RECEIVER = xmlsec.Key.from_file("receiver.key.pem", _C.KeyDataFormatPem)
_RECIPIENTS = xmlsec.KeysManager()
_RECIPIENTS.add_key(xmlsec.Key.from_file("receiver.crt.pem", _C.KeyDataFormatCertPem))

_STEPS = {
    "sign": ["sign"],
    "encrypt": ["encrypt"],
    "sign+encrypt": ["trim", "sign", "encrypt"],
    "verify": ["verify"],
    "decrypt": ["decrypt"],
    "verify+decrypt": ["decrypt", "verify"],
}
OPERATIONS = frozenset(_STEPS)


def work(operation, octets):
    steps = [globals()[f"_{step}"] for step in _STEPS[operation]]
    is_writing = operation in ("sign", "encrypt", "sign+encrypt")

    def run():
        envelope = read(octets)
        for step in steps:
            step(envelope)
        return etree.tostring(envelope) if is_writing else envelope

    return run


def _sign(envelope):
    parts = [identified(body(envelope), "id"), add_timestamp(envelope)]
    signature = xmlsec.template.create(envelope, _C.TransformExclC14N, _C.TransformRsaSha256, ns="ds")
    header(envelope).append(signature)
    for part in parts:
        reference = xmlsec.template.add_reference(signature, _C.TransformSha256, uri="#" + part.get(ID))
        xmlsec.template.add_transform(reference, _C.TransformExclC14N)
    context = xmlsec.SignatureContext()
    context.key = _SIGNER
    _register(context, parts)
    context.sign(signature)


def _verify(envelope):
    context = xmlsec.SignatureContext()
    context.key = _TRUSTED
    security = header(envelope)
    _register(context, [body(envelope), security.find(f"{{{WSU}}}Timestamp")])
    context.verify(security.find(f"{{{DS}}}Signature"))


def _register(context, parts):
    for part in parts:
        context.register_id(part, "Id", WSU)


def _trim(envelope):
    """python-xmlsec crashes on encrypting content that begins or ends with text."""
    body(envelope).text = None
    body(envelope)[-1].tail = None


def _encrypt(envelope):
    _trim(envelope)
    data = xmlsec.template.encrypted_data_create(envelope, _C.TransformAes256Gcm, type=_C.TypeEncContent, ns="xenc")
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    wrapped = xmlsec.template.add_encrypted_key(info, _C.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(wrapped)
    context = xmlsec.EncryptionContext(_RECIPIENTS)
    context.key = xmlsec.Key.generate(_C.KeyDataAes, 256, _C.KeyDataTypeSession)
    context.encrypt_xml(data, body(envelope))
    data = child(body(envelope), XENC, "EncryptedData")
    info = child(data, DS, "KeyInfo")
    wrapped = child(info, XENC, "EncryptedKey")
    info.remove(wrapped)
    data.set("Id", f"ED-{uuid.uuid4().hex}")
    wrapped.set("Id", f"EK-{uuid.uuid4().hex}")
    references = etree.SubElement(wrapped, f"{{{XENC}}}ReferenceList")
    etree.SubElement(references, f"{{{XENC}}}DataReference", URI="#" + data.get("Id"))
    token = etree.SubElement(info, f"{{{WSSE}}}SecurityTokenReference")
    etree.SubElement(token, f"{{{WSSE}}}Reference", URI="#" + wrapped.get("Id"))
    header(envelope).insert(0, wrapped)


def _decrypt(envelope):
    context = xmlsec.EncryptionContext()
    context.key = _RECEIVER
    secret = context.decrypt(header(envelope).find(f"{{{XENC}}}EncryptedKey"))
    context = xmlsec.EncryptionContext()
    context.key = xmlsec.Key.from_binary_data(_C.KeyDataAes, secret)
    context.decrypt(body(envelope).find(f"{{{XENC}}}EncryptedData"))
