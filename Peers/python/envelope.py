"""A SOAP envelope as an lxml tree: read without entities, and the places in it that the peers work on."""

import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

from lxml import etree

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSSE11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
_ADDRESSING = "http://www.w3.org/2005/08/addressing"

ID = f"{{{WSU}}}Id"
_LIFETIME = timedelta(seconds=300)


class Refusal(Exception):
    """What the peer's own checks found wrong."""


def read(path):
    return parse(Path(path).read_bytes())


def parse(octets):
    return etree.fromstring(octets, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def write(envelope, path):
    Path(path).write_bytes(etree.tostring(envelope))


def header(envelope):
    """The Security header, made when it is missing."""
    soap = etree.QName(envelope).namespace
    block = envelope.find(f"{{{soap}}}Header")
    security = block.find(f"{{{WSSE}}}Security")
    if security is None:
        security = etree.SubElement(block, f"{{{WSSE}}}Security", nsmap={"wsse": WSSE, "wsu": WSU})
    return security


def body(envelope):
    return envelope.find(f"{{{etree.QName(envelope).namespace}}}Body")


def part(envelope, word):
    """The element that is a part: body, timestamp, header (wsa:MessageID), token (BinarySecurityToken), username."""
    match word:
        case "body":
            return body(envelope)
        case "timestamp":
            return header(envelope).find(f"{{{WSU}}}Timestamp")
        case "header":
            return header(envelope).getparent().find(f"{{{_ADDRESSING}}}MessageID")
        case "token":
            return header(envelope).find(f"{{{WSSE}}}BinarySecurityToken")
        case "username":
            return header(envelope).find(f"{{{WSSE}}}UsernameToken")
    raise Refusal(f"no part is called {word}")


def parts(envelope, words, name, default):
    found = [(word, part(envelope, word)) for word in words.get(name, default).split(",")]
    for word, element in found:
        if element is None:
            raise Refusal(f"the message has no {word}")
    return [element for _, element in found]


def identifier(element):
    """The element's wsu:Id, made when it is missing."""
    if element.get(ID) is None:
        element.set(ID, f"id-{uuid.uuid4().hex}")
    return element.get(ID)


def require_signed(envelope, words):
    """Refuses unless every part that the job names is referenced by the signature."""
    references = header(envelope).iterfind(f"{{{DS}}}Signature/{{{DS}}}SignedInfo/{{{DS}}}Reference")
    signed = {reference.get("URI")[1:] for reference in references}
    for word in words.get("signed", "body,timestamp").split(","):
        element = part(envelope, word)
        if element is None or element.get(ID) not in signed:
            raise Refusal(f"{word} is not signed")


def add_timestamp(envelope):
    now = datetime.now(timezone.utc)
    timestamp = etree.SubElement(header(envelope), f"{{{WSU}}}Timestamp")
    for name, moment in (("Created", now), ("Expires", now + _LIFETIME)):
        etree.SubElement(timestamp, f"{{{WSU}}}{name}").text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def address(envelope, actor):
    """Says in the header whom it is for: actor in SOAP 1.1, role in SOAP 1.2."""
    if actor:
        header(envelope).set(_address(envelope), actor)


def require_address(envelope, actor):
    if header(envelope).get(_address(envelope)) != actor:
        raise Refusal("the Security header is for somebody else")


def _address(envelope):
    soap = etree.QName(envelope).namespace
    return f"{{{soap}}}{'actor' if 'schemas.xmlsoap' in soap else 'role'}"
