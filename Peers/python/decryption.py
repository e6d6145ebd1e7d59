"""Where a message's wrapped keys and their data are, and how plaintext takes the data's place."""

import references
from envelope import DS, WSSE11, XENC, Refusal, body, header, parse


def pairs(envelope, words):
    """Every EncryptedData with the wrapped key that names it, among those for the job's key; the Body's content must be one."""
    certificate = references.load(words["key"] + ".crt.pem")
    found = [(key, data) for key in _keys(envelope, certificate) for data in _data(envelope, key)]
    if body(envelope) not in [data.getparent() for _, data in found]:
        raise Refusal("the Body's content is not encrypted with a key for this certificate")
    return found


def replace(data, octets):
    """Puts plaintext in the place of its data; an EncryptedHeader goes with it."""
    scope = "".join(f' xmlns{":" + prefix if prefix else ""}="{name}"' for prefix, name in data.nsmap.items())
    content = parse(b"<scope" + scope.encode() + b">" + octets + b"</scope>")
    target = data.getparent() if data.getparent().tag == f"{{{WSSE11}}}EncryptedHeader" else data
    for element in list(content):
        target.addprevious(element)
    target.getparent().remove(target)


def _keys(envelope, certificate):
    keys = list(header(envelope).iterfind(f"{{{XENC}}}EncryptedKey"))
    keys += [key for key in envelope.iterfind(f".//{{{XENC}}}EncryptedData/{{{DS}}}KeyInfo/{{{XENC}}}EncryptedKey")]
    for key in keys:
        info = key.find(f"{{{DS}}}KeyInfo")
        if info is not None and references.names(envelope, info, certificate):
            yield key


def _data(envelope, key):
    """What the key's ReferenceList names, or the data that holds the key."""
    holder = key.getparent().getparent()
    if holder.tag == f"{{{XENC}}}EncryptedData":
        return [holder]
    ids = {reference.get("URI")[1:] for reference in key.iter(f"{{{XENC}}}DataReference")}
    return [data for data in envelope.iter(f"{{{XENC}}}EncryptedData") if data.get("Id") in ids]
