"""What a page has to change before it becomes a tagged PDF, so that who listens to it hears what stands on it.

WeasyPrint tags each element by its name alone. What it would tag wrongly is written otherwise here, on the tree that it
is about to draw: a picture that says nothing becomes a background (an artifact in the PDF), a list of terms becomes
paragraphs (a PDF list allows nothing between the list and its items), pictures and words for screen readers leave the
links that they complete (a link of no size cannot be reached).
"""

from base64 import b64encode
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

_SVG = "{http://www.w3.org/2000/svg}"
_TERMS = {"dl": "div", "dt": "p", "dd": "div"}


def for_readers(root: Element) -> None:
    """Changes the tree in place."""
    for parent in list(root.iter()):
        for child in list(parent):
            is_picture = child.tag == f"{_SVG}svg" and child.get("aria-hidden") == "true"
            if parent.tag == "a" and (is_picture or "e-hidden" in child.get("class", "").split()):
                _drop(parent, child)
            elif is_picture:
                _as_background(child)
            elif child.tag == f"{_SVG}svg" and parent.get("aria-label"):
                SubElement(child, f"{_SVG}title").text = parent.get("aria-label")
            elif child.tag in _TERMS:
                child.set("class", f"{child.get('class', '')} e-paper-{child.tag}".strip())
                child.tag = _TERMS[child.tag]


def _as_background(svg: Element) -> None:
    """The same drawing as the background of an empty span; its size comes from the style sheet, as before."""
    tail, svg.tail = svg.tail, None
    kind = svg.get("class", "")
    svg.set("color", "#0b5560")  # a background knows nothing of the colour around it
    if "e-icon" in kind:
        svg.set("fill", "currentColor")
    drawing = b64encode(tostring(svg)).decode()
    for part in list(svg):
        svg.remove(part)
    svg.tag, svg.tail = "span", tail
    svg.attrib.clear()
    svg.set("class", f"{kind} e-picture".strip())
    svg.set("style", f"background-image: url(data:image/svg+xml;base64,{drawing})")


def _drop(parent: Element, child: Element) -> None:
    """Takes the element away and leaves the text that follows it."""
    at = list(parent).index(child)
    parent.remove(child)
    if child.tail and at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail


def finish(_document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves out of the tags (its `finisher`): whether a header heads a column or a row (ISO 14289-1,
    7.5), links that are printed like what is around them; the empty spans of our backgrounds go."""
    known: dict[bytes, dict[str, Any]] = {found.reference: found for found in pdf.objects if hasattr(found, "get")}
    empty = {reference for reference, found in known.items() if found.get("S") == "/Span" and not found["K"]}
    for found in known.values():
        if found.get("S") == "/TH":
            found["A"]["Scope"] = "/Column" if _in_head(found, known) else "/Row"
        if found.get("Type") == "/Annot":
            found["F"] = 4
        if found.get("Type") == "/StructElem":
            found["K"][:] = [child for child in found["K"] if child not in empty]


def _in_head(cell: dict[str, Any], known: dict[bytes, dict[str, Any]]) -> bool:
    row = known[cell["P"]]
    return str(known[row["P"]]["S"]) == "/THead"
