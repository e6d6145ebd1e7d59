"""A SOAP envelope as an lxml tree, and the places in it that are worked on."""

import uuid
from datetime import datetime, timedelta, timezone

from lxml import etree

WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
ID = f"{{{WSU}}}Id"

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def read(octets):
    return etree.fromstring(octets, _PARSER)


def header(envelope):
    """The Security header, made when it is missing."""
    block = envelope[0]
    security = block.find(f"{{{WSSE}}}Security")
    if security is None:
        security = etree.Element(f"{{{WSSE}}}Security", nsmap={"wsse": WSSE, "wsu": WSU})
        block.insert(0, security)
    return security


def body(envelope):
    return envelope[1]


def identified(element, prefix):
    """The element, with an id."""
    element.set(ID, f"{prefix}-{uuid.uuid4().hex}")
    return element


def add_timestamp(envelope):
    now = datetime.now(timezone.utc)
    timestamp = identified(etree.SubElement(header(envelope), f"{{{WSU}}}Timestamp"), "TS")
    for name, moment in (("Created", now), ("Expires", now + timedelta(days=1))):
        etree.SubElement(timestamp, f"{{{WSU}}}{name}").text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return timestamp


def child(element, namespace, name):
    """find() misses nodes that libxmlsec made: their names are not in lxml's dictionary."""
    return next(node for node in element if node.tag == f"{{{namespace}}}{name}")
