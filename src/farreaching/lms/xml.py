"""XML as the packages need it: elements from arguments, documents with the same bytes every time."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

#: What XML 1.0 cannot hold (production 2), for instance a form feed pasted from a PDF.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, content: str | list[ET.Element] = "", /, **attributes: str) -> ET.Element:
    """Return an element with a text or with children; a prefix in `tag` is declared by the root."""
    node = ET.Element(tag, attributes)
    if isinstance(content, str):
        node.text = _FORBIDDEN.sub("", content) or None
    else:
        node.extend(content)
    return node


def document(root: ET.Element) -> bytes:
    """Return a document, indented, in UTF-8."""
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
