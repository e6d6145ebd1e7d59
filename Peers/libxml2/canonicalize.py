#!/usr/bin/env python3
"""Canonicalizes a batch of documents with libxml2: the other side of the differential tests.

Reads cases from standard input and writes one answer for each to standard output. A case is a line
`OCTETS APEX OMITTED MODE COMMENTS PREFIXES` and that many octets of document; APEX and OMITTED are numbers of elements in
document order, -1 for the whole document and for nothing; MODE is `inclusive`, `inclusive11` or `exclusive`; PREFIXES is a list with
commas, `-` for none. An answer is a line with a length and that many octets; the length -1 says that libxml2 refuses the
document, -2 that it cannot canonicalize it.
"""
import ctypes
import sys

ELEMENT, ATTRIBUTE, NAMESPACE = 1, 2, 18
MODES = {b"inclusive": 0, b"exclusive": 1, b"inclusive11": 2}
OPTIONS = 1 << 5 | 1 << 6 | 1 << 11 | 1 << 19  # no error output, no warnings, no network, huge


class Node(ctypes.Structure):
    pass


Node._fields_ = [
    ("private", ctypes.c_void_p),
    ("type", ctypes.c_int),
    ("name", ctypes.c_void_p),
    ("children", ctypes.POINTER(Node)),
    ("last", ctypes.POINTER(Node)),
    ("parent", ctypes.POINTER(Node)),
    ("next", ctypes.POINTER(Node)),
]
NodePointer = ctypes.POINTER(Node)
Visible = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, NodePointer, NodePointer)

library = ctypes.CDLL("libxml2.so.2")
library.xmlReadMemory.restype = NodePointer
library.xmlReadMemory.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
library.xmlFreeDoc.argtypes = [NodePointer]
library.xmlAllocOutputBuffer.restype = ctypes.c_void_p
library.xmlAllocOutputBuffer.argtypes = [ctypes.c_void_p]
library.xmlOutputBufferGetContent.restype = ctypes.c_void_p
library.xmlOutputBufferGetContent.argtypes = [ctypes.c_void_p]
library.xmlOutputBufferGetSize.restype = ctypes.c_size_t
library.xmlOutputBufferGetSize.argtypes = [ctypes.c_void_p]
library.xmlOutputBufferClose.argtypes = [ctypes.c_void_p]
library.xmlC14NExecute.argtypes = [
    NodePointer, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p,
]  # fmt: skip
quiet = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(lambda context, error: None)
library.xmlSetStructuredErrorFunc(None, quiet)


def address(pointer):
    return ctypes.cast(pointer, ctypes.c_void_p).value


def elements(document):
    """All elements in document order, without recursion."""
    found, node = [], document.contents.children
    while node:
        if node.contents.type == ELEMENT:
            found.append(node)
        if node.contents.type == ELEMENT and node.contents.children:
            node = node.contents.children
            continue
        while node and not node.contents.next:
            node = node.contents.parent
            if address(node) == address(document):
                return found
        node = node.contents.next
    return found


def filter_for(apex, omitted):
    """A callback that shows what is in the apex and not in the omitted element."""
    inside, outside = address(apex), address(omitted) if omitted else None

    def visible(context, node, parent):
        if node.contents.type in (ATTRIBUTE, NAMESPACE):
            node = parent
        seen = False
        while node:
            here = address(node)
            if here == outside:
                return 0
            seen = seen or here == inside
            node = node.contents.parent
        return int(seen)

    return Visible(visible)


def canonicalize(octets, apex, omitted, mode, comments, prefixes):
    document = library.xmlReadMemory(octets, len(octets), b"document.xml", None, OPTIONS)
    if not document:
        return None, -1
    try:
        every = elements(document) if apex >= 0 or omitted >= 0 else []
        shown = None
        if every:
            shown = filter_for(every[apex] if apex >= 0 else document, every[omitted] if omitted >= 0 else None)
        listed = (ctypes.c_char_p * (len(prefixes) + 1))(*prefixes, None)
        buffer = library.xmlAllocOutputBuffer(None)
        code = library.xmlC14NExecute(
            document, ctypes.cast(shown, ctypes.c_void_p) if shown else None, None, MODES[mode],
            listed, int(comments), buffer,
        )  # fmt: skip
        size = library.xmlOutputBufferGetSize(buffer)
        result = ctypes.string_at(library.xmlOutputBufferGetContent(buffer), size) if size else b""
        library.xmlOutputBufferClose(buffer)
        return (result, len(result)) if code >= 0 else (None, -2)
    finally:
        library.xmlFreeDoc(document)


def main():
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    for line in source:
        length, apex, omitted, mode, comments, prefixes = line.split()
        octets = source.read(int(length))
        listed = [] if prefixes == b"-" else prefixes.split(b",")
        result, size = canonicalize(octets, int(apex), int(omitted), mode, int(comments), listed)
        sink.write(b"%d\n" % size + (result or b""))


main()
