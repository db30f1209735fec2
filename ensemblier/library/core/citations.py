"""How to cite a resource: the values of CSL (Citation Style Language) 1.0.2, and a sentence in the French manner."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ensemblier.library.core.kinds import ResourceKind
from ensemblier.library.core.notices import Issued

CSL_TYPE = {
    ResourceKind.PUBLICATION: "article-journal",
    ResourceKind.LAW: "legislation",
    ResourceKind.SHEET: "webpage",
    ResourceKind.VIDEO: "motion_picture",
    ResourceKind.TOOL: "webpage",
    ResourceKind.FORM: "document",
    ResourceKind.EVENT_REPORT: "report",
    ResourceKind.QUESTION: "webpage",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation needs. `link`: the address of origin, else the permanent address here."""

    key: str
    kind: ResourceKind
    title: str
    authors: tuple[str, ...]
    publisher: str
    series: str
    number: str
    pages: str
    issued: Issued | None
    language: str
    doi: str
    link: str
    identifier: str
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    licence: str = ""

    @property
    def year(self) -> str:
        """ "2019", or "s. d." when it is not known."""
        return str(self.issued.on.year) if self.issued else "s. d."

    @property
    def slug(self) -> str:
        """A key that bibliography managers accept."""
        bare = "".join(c for c in self.key if c.isascii() and (c.isalnum() or c in "-_:"))
        return bare or "ressource"


def name_parts(author: str) -> tuple[str, str]:
    """(family, given): "Legay, Agnès" and "Agnès Legay" alike; a collective name has no given name."""
    if "," in author:
        family, _comma, given = author.partition(",")
        return family.strip(), given.strip()
    words = author.split()
    if len(words) < 2 or len(words) > 4:
        return author, ""
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        first = words.index(capitals[0])
        return " ".join(words[first:]), " ".join(words[:first])
    particle = next((n for n, word in enumerate(words) if n and word[:1].islower()), len(words) - 1)
    return " ".join(words[particle:]), " ".join(words[:particle])


def csl(item: Cited) -> dict[str, Any]:
    """The item as CSL-JSON; what is not known is absent."""
    authors = [dict(zip(("family", "given"), name_parts(name), strict=True)) for name in item.authors]
    found: dict[str, Any] = {
        "id": item.slug,
        "type": CSL_TYPE[item.kind],
        "title": item.title,
        "author": [
            {"family": one["family"], "given": one["given"]} if one["given"] else {"literal": one["family"]}
            for one in authors
        ],
        "container-title": item.series,
        "publisher": item.publisher,
        "issue" if item.kind is ResourceKind.PUBLICATION else "number": item.number,
        "page": item.pages,
        "issued": {"date-parts": [[int(part) for part in item.issued.iso.split("-")]]} if item.issued else None,
        "language": item.language,
        "DOI": item.doi,
        "URL": item.link,
        "keyword": ", ".join(item.keywords),
        "abstract": item.abstract,
        "license": item.licence,
    }
    return {name: value for name, value in found.items() if value}


def as_text(item: Cited, *, seen_on: date | None = None) -> str:
    """One sentence: "Agnès Legay, Aline Valette. Titre. Céreq Bref, 2019, 383, pp. 1-4. halshs-1. adresse"."""
    numbered = ", ".join(
        part for part in (item.series or item.publisher, item.year, item.number, _pages(item.pages)) if part
    )
    parts = [", ".join(item.authors), item.title.rstrip("."), numbered, item.identifier]
    if item.doi:
        parts.append(f"https://doi.org/{item.doi}")
    elif item.link:
        parts.append(f"<{item.link}>")
    sentence = ". ".join(part for part in parts if part) + "."
    return f"{sentence} Consulté le {seen_on:%d/%m/%Y}." if seen_on else sentence


def _pages(pages: str) -> str:
    return f"pp. {pages}" if pages else ""
