"""Reads the tags of a PDF as a screen reader does: what they must hold (ISO 14289-1), as far as a machine can see."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

ALLOWED = {
    "/L": {"/LI", "/Caption", "/L"},
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"}, "/TBody": {"/TR"}, "/TFoot": {"/TR"}, "/TR": {"/TH", "/TD"},
}  # fmt: skip
"""What each of these elements may hold, and nothing else (ISO 32000-1, 14.8.4.3)."""
ONLY_IN = {"/LI": {"/L"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"}, "/TH": {"/TR"}, "/TD": {"/TR"}}


def text_of_tagged(content: bytes) -> str:
    """The words of the PDF; fails on the first reading of its tags that would mislead who listens to it."""
    pdf = PdfReader(io.BytesIO(content))
    assert pdf.root_object["/Lang"], "the language of the document is not said"
    assert pdf.xmp_metadata is not None
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data(), "it does not say that it is PDF/UA"
    faults = Counter(_faults(pdf.root_object["/StructTreeRoot"].get_object()))
    assert not faults, faults
    return " ".join(page.extract_text() for page in pdf.pages)


def _faults(root: Any) -> Iterator[str]:
    for parent, element in _elements(root, ""):
        kind = str(element["/S"])
        if kind == "/Figure" and not (element.get("/Alt") or element.get("/ActualText")):
            yield "a figure without words"
        if kind == "/TH" and "/Scope" not in element.get("/A", {}):
            yield "a header of a table that heads nothing"
        if parent in ALLOWED and kind not in ALLOWED[parent]:
            yield f"{kind} in {parent}"
        if kind in ONLY_IN and parent not in ONLY_IN[kind]:
            yield f"{kind} under {parent}"
        if kind == "/Span" and not element.get("/K"):
            yield "an empty span"


def _elements(node: DictionaryObject, parent: str) -> Iterator[tuple[str, DictionaryObject]]:
    """(tag of the parent, element) of the whole tree."""
    children = node.get("/K", ArrayObject())
    for child in children if isinstance(children, ArrayObject) else [children]:
        found = child.get_object()
        if isinstance(found, DictionaryObject) and found.get("/Type") == "/StructElem":
            yield parent, found
            yield from _elements(found, str(found["/S"]))
