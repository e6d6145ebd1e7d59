"""A SOAP envelope as an lxml tree: read without entities, and the places in it that the peer works on."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from lxml import etree

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"

_LIFETIME = timedelta(seconds=300)


class Refusal(Exception):
    """What the peer's own checks found wrong."""


def read(path):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(Path(path).read_bytes(), parser)


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


def add_timestamp(envelope):
    now = datetime.now(timezone.utc)
    timestamp = etree.SubElement(header(envelope), f"{{{WSU}}}Timestamp")
    for name, moment in (("Created", now), ("Expires", now + _LIFETIME)):
        etree.SubElement(timestamp, f"{{{WSU}}}{name}").text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
