"""The xmlsec1 program: it fills templates and verifies; it follows no SecurityTokenReference, so the key is named on its command line."""

import subprocess
import tempfile
from pathlib import Path

from lxml import etree

import decryption
import references
import template
from algorithms import CIPHERS
from envelope import DS, WSSE, WSU, XENC, Refusal, body, header, parse, parts, require_signed

_ADDRESSING = "http://www.w3.org/2005/08/addressing"


def sign(envelope, words):
    """Key values are kept from the program: it fails over those of curves, and signs wrongly over those of RSA."""
    info = template.signature(envelope, words).find(f"{{{DS}}}KeyInfo")
    if info[0].tag == f"{{{DS}}}KeyValue":
        info.getparent().remove(info)
    key = ["--privkey-pem", words["key"] + ".key.pem"]
    if "secret" in words:
        key = ["--hmackey:" + references.SECRET_NAME, words["secret"]]
    octets = _run(envelope, "--sign", *_ids(envelope), *key)
    _adopt(envelope, parse(octets))
    signature = header(envelope).find(f"{{{DS}}}Signature")
    if signature.find(f"{{{DS}}}KeyInfo") is None:
        signature.append(info)


def verify(envelope, words):
    signature = header(envelope).find(f"{{{DS}}}Signature")
    if signature is None:
        raise Refusal("there is no Signature")
    references.require(envelope, signature.find(f"{{{DS}}}KeyInfo"), references.load(words["trust"]))
    _run(envelope, "--verify", *_ids(envelope), "--pubkey-cert-pem", words["trust"])
    require_signed(envelope, words)


def encrypt(envelope, words):
    """A key of its own for each part: the program makes one for each run."""
    cipher, bits = CIPHERS[words.get("cipher", "aes256-gcm")]
    session = f"{'des' if 'tripledes' in cipher else 'aes'}-{bits}"
    for target in parts(envelope, words, "encrypted", "body"):
        data = template.encrypted_data(words, transport=True)
        with tempfile.NamedTemporaryFile(suffix=".xml") as plain:
            plain.write(template.plaintext(envelope, target))
            plain.flush()
            arguments = ["--session-key", session, "--pubkey-cert-pem", words["to"], "--binary-data", plain.name]
            filled = parse(_run(data, "--encrypt", *arguments))
        template.place(envelope, target, filled)
        inside = words.get("placement") == "data"
        (template.key_in_data if inside else template.key_to_header)(envelope, filled, words)


def decrypt(envelope, words):
    """The program starts at EncryptedData and wants the wrapped key in it."""
    for key, data in decryption.pairs(envelope, words):
        detached = parse(etree.tostring(data, with_tail=False))
        detached.attrib.pop("Type", None)
        info = detached.find(f"{{{DS}}}KeyInfo")
        if info is None:
            info = etree.Element(f"{{{DS}}}KeyInfo")
            detached.insert(1, info)
        for child in list(info):
            info.remove(child)
        inner = parse(etree.tostring(key, with_tail=False))
        for name in (f"{{{DS}}}KeyInfo", f"{{{XENC}}}ReferenceList"):
            if inner.find(name) is not None:
                inner.remove(inner.find(name))
        info.append(inner)
        decryption.replace(data, _run(detached, "--decrypt", "--privkey-pem", words["key"] + ".key.pem"))


def _run(document, operation, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.xml"), Path(folder, "out.xml")
        source.write_bytes(etree.tostring(document))
        output = [] if operation == "--verify" else ["--output", str(target)]
        done = subprocess.run(["xmlsec1", operation, *output, *arguments, str(source)], capture_output=True, text=True)
        if done.returncode != 0:
            raise Refusal("; ".join(line for line in done.stderr.splitlines() if line.startswith("func"))[:400] or done.stderr[:400])
        return target.read_bytes() if output else b""


def _ids(envelope):
    soap = etree.QName(envelope).namespace
    names = [f"{soap}:Body", f"{_ADDRESSING}:MessageID", f"{WSU}:Timestamp", f"{WSSE}:BinarySecurityToken", f"{WSSE}:UsernameToken"]
    return [argument for name in names for argument in ("--id-attr:Id", name)]


def _adopt(envelope, filled):
    """Takes over the children of the envelope that the program wrote."""
    for child in list(envelope):
        envelope.remove(child)
    for child in list(filled):
        envelope.append(child)
