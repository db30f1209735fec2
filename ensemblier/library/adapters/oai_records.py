"""What a record of OAI-PMH says: Dublin Core (`oai_dc`) and the TEI that HAL gives (`xml-tei`), read as a notice."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element

from ensemblier.kernel.errors import BadInput
from ensemblier.library.core.kinds import Licence, ResourceKind, licence_of
from ensemblier.library.core.notices import Issued, Notice, issued

DC = "{http://purl.org/dc/elements/1.1/}"
TEI = "{http://www.tei-c.org/ns/1.0}"
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"{}]+")
_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_KINDS = (
    ("video", ResourceKind.VIDEO),
    ("movingimage", ResourceKind.VIDEO),
    ("lecture", ResourceKind.VIDEO),
    ("conferenceobject", ResourceKind.EVENT_REPORT),
    ("software", ResourceKind.TOOL),
)


def notice_of(metadata: Element) -> Notice:
    """The notice of what stands under `<metadata>`. Raises BadInput: no title, a format that is not read."""
    root = next(iter(metadata), None)
    if root is None:
        raise BadInput("Cette notice est vide.")
    return _of_tei(root) if root.tag.startswith(TEI) else _of_dublin_core(root)


def _said(element: Element | None) -> str:
    return " ".join(_HIDDEN.sub(" ", "".join(element.itertext())).split()) if element is not None else ""


def _all(elements: Iterable[Element]) -> Iterator[str]:
    return (text for element in elements if (text := _said(element)))


def _date(text: str) -> Issued | None:
    try:
        return issued(text)
    except BadInput:
        return None


def _kind(types: Iterable[str]) -> ResourceKind:
    said = " ".join(types).lower().replace(" ", "")
    return next((kind for word, kind in _KINDS if word in said), ResourceKind.PUBLICATION)


def _checked(notice: Notice) -> Notice:
    if not notice.title:
        raise BadInput("Cette notice n’a pas de titre.")
    return notice


def _of_dublin_core(root: Element) -> Notice:
    def values(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_all(root.iter(f"{DC}{name}"))))

    identifiers = values("identifier")
    links = [text for text in identifiers if text.startswith(("http://", "https://"))]
    own = [text for text in identifiers if not text.startswith("http") and not _DOI.search(text)]
    doi = next((found[0] for text in (*identifiers, *values("relation")) if (found := _DOI.search(text))), "")
    licences = [known for text in values("rights") if (known := licence_of(text)) is not None]
    described = values("description")
    dates = sorted((day for text in values("date") if (day := _date(text))), key=lambda day: day.on)
    series, number, pages = _from_source(values("source"))
    return _checked(
        Notice(
            title=" ".join(values("title")[:1])[:500],
            kind=_kind(values("type")),
            authors=tuple(_in_order(name) for name in values("creator"))[:60],
            publisher=" ".join(values("publisher")[:1])[:200],
            abstract=max(described, key=len, default="")[:20_000],
            keywords=tuple(word[:120] for word in values("subject") if not word.startswith("["))[:40],
            issued=dates[0] if dates else None,
            language=(values("language") or ("fr",))[0],
            identifier=own[0][:120] if own else "",
            doi=doi,
            link=next((link[:500] for link in links if "doi.org" not in link and not link.endswith(".pdf")), ""),
            licence=licences[0] if licences else None,
            series=series,
            number=number,
            pages=pages,
        )
    )


def _in_order(name: str) -> str:
    """ "Legay, Agnès" → "Agnès Legay"."""
    family, comma, given = name.partition(",")
    return (f"{given.strip()} {family.strip()}" if comma else name)[:200]


def _from_source(sources: tuple[str, ...]) -> tuple[str, str, str]:
    """Series, number and pages when the source says them as HAL does ("Céreq Bref, 2019, 383, pp.1-4")."""
    for text in sources:
        parts = [part.strip() for part in text.split(",")]
        if len(parts) >= 3 and re.fullmatch(r"\d{4}", parts[1]) and 2 < len(parts[0]) <= 150:
            pages = parts[3] if len(parts) > 3 and parts[3].startswith("p") else ""
            return parts[0], parts[2].removeprefix("n°").strip()[:40], pages.lstrip("p. ").replace("–", "-")[:40]
    return "", "", ""


def _of_tei(root: Element) -> Notice:
    bibl = root.find(f".//{TEI}biblFull")
    if bibl is None:
        raise BadInput("Cette notice TEI n’a pas de description (biblFull).")
    titles = {one.get("{http://www.w3.org/XML/1998/namespace}lang", ""): _said(one) for one in bibl.iter(f"{TEI}title")}
    first = bibl.find(f"{TEI}titleStmt/{TEI}title")
    structure = bibl.find(f".//{TEI}biblStruct")
    monograph = structure.find(f"{TEI}monogr") if structure is not None else None
    language = bibl.find(f".//{TEI}langUsage/{TEI}language")
    return _checked(
        Notice(
            title=(_said(first) or next(iter(titles.values()), ""))[:500],
            kind=_kind(one.get("n", "") for one in bibl.iter(f"{TEI}classCode")),
            authors=_tei_authors(bibl),
            publisher=_said(monograph.find(f".//{TEI}publisher") if monograph is not None else None)[:200],
            series=_said(monograph.find(f"{TEI}title") if monograph is not None else None)[:200],
            number=_unit(monograph, "issue") or _unit(monograph, "volume"),
            pages=_unit(monograph, "pp").replace("pp.", "").strip(),
            issued=_tei_date(bibl, "datePub", "whenProduced"),
            deposited_on=_day(_tei_date(bibl, "whenSubmitted")),
            abstract=_said(bibl.find(f".//{TEI}abstract"))[:20_000],
            keywords=tuple(word[:120] for word in _all(bibl.iterfind(f".//{TEI}keywords/{TEI}term")))[:40],
            language=(language.get("ident") if language is not None else None) or "fr",
            licence=_tei_licence(bibl),
            identifier=_idno(bibl, "halId")[:120],
            doi=_idno(bibl, "doi"),
            link=_idno(bibl, "halUri")[:500],
        )
    )


def _tei_authors(bibl: Element) -> tuple[str, ...]:
    found = []
    for author in bibl.iterfind(f"{TEI}titleStmt/{TEI}author"):
        name = author.find(f"{TEI}persName")
        parts = (name.findall(f"{TEI}forename") + name.findall(f"{TEI}surname")) if name is not None else []
        found.append(" ".join(_all(parts)) or _said(name))
    return tuple(dict.fromkeys(name[:200] for name in found if name))[:60]


def _unit(monograph: Element | None, unit: str) -> str:
    scopes = monograph.iter(f"{TEI}biblScope") if monograph is not None else ()
    return next((_said(one)[:40] for one in scopes if one.get("unit") == unit), "")


def _tei_date(bibl: Element, *types: str) -> Issued | None:
    for kind in types:
        for one in bibl.iter(f"{TEI}date"):
            if one.get("type") == kind and (known := _date(one.get("when") or _said(one))):
                return known
    return None


def _day(known: Issued | None) -> date | None:
    return known.on if known else None


def _tei_licence(bibl: Element) -> Licence | None:
    for one in bibl.iter(f"{TEI}licence"):
        if (found := licence_of(one.get("target", "")) or licence_of(_said(one))) is not None:
            return found
    return None


def _idno(bibl: Element, kind: str) -> str:
    return next((_said(one) for one in bibl.iter(f"{TEI}idno") if one.get("type") == kind), "")
