"""BibTeX and RIS, written and read with the libraries that bibliography managers are tested against."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import marked
from ensemblier.library.core.citations import Cited
from ensemblier.library.core.kinds import Domain, ResourceKind, licence_of
from ensemblier.library.core.notices import Notice, issued

MAX_CHARACTERS = 20_000_000
NO_TITLE = marked("sans titre")
_BIBTEX = {
    ResourceKind.PUBLICATION: "article",
    ResourceKind.EVENT_REPORT: "techreport",
}
_RIS = {
    ResourceKind.PUBLICATION: "JOUR",
    ResourceKind.LAW: "STAT",
    ResourceKind.VIDEO: "VIDEO",
    ResourceKind.EVENT_REPORT: "RPRT",
}
_KIND_OF_RIS = {"STAT": ResourceKind.LAW, "VIDEO": ResourceKind.VIDEO, "CONF": ResourceKind.EVENT_REPORT}
_ESCAPES = str.maketrans(
    {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}"}
)


_ESCAPED = "&%$#_{}"


@dataclass(frozen=True, slots=True)
class Unread:
    """An entry that could not be read: its number in the file, and why."""

    number: int
    why: str


def to_bibtex(item: Cited) -> str:
    """The item as one BibTeX entry."""
    values = {
        "title": item.title,
        "author": " and ".join(item.authors),
        "journal" if item.kind is ResourceKind.PUBLICATION else "howpublished": item.series,
        "publisher": item.publisher,
        "year": str(item.issued.on.year) if item.issued else "",
        "number": item.number,
        "pages": item.pages.replace("-", "--"),
        "doi": item.doi,
        "keywords": ", ".join(item.keywords),
        "note": item.identifier,
    }
    fields = [Field(name, f"{{{text.translate(_ESCAPES)}}}") for name, text in values.items() if text]
    if item.link:
        fields.append(Field("url", f"{{{item.link.replace('{', '%7B').replace('}', '%7D')}}}"))
    entry = Entry(_BIBTEX.get(item.kind, "misc"), item.slug, fields)
    return str(write_string(Library([entry]), unparse_stack=[]))


def to_ris(item: Cited) -> str:
    """The item as one RIS record."""
    first, _dash, last = item.pages.partition("-")
    known: dict[str, Any] = {
        "type_of_reference": _RIS.get(item.kind, "ELEC"),
        "title": item.title,
        "authors": list(item.authors),
        "secondary_title": item.series,
        "publisher": item.publisher,
        "year": str(item.issued.on.year) if item.issued else "",
        "date": item.issued.iso.replace("-", "/") if item.issued else "",
        "number": item.number,
        "start_page": first,
        "end_page": last,
        "doi": item.doi,
        "urls": [item.link] if item.link else [],
        "keywords": list(item.keywords),
        "abstract": " ".join(item.abstract.split()),
        "language": item.language,
        "id": item.identifier,
    }
    return str(rispy.dumps([{name: value for name, value in known.items() if value}]))


def read_ris(text: str) -> Iterable[Notice | Unread]:
    """The notices of a RIS file; an entry that cannot be read is said, the others are kept. Raises BadInput."""
    _check_size(text)
    try:
        entries = rispy.loads(text)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise BadInput("Ce fichier n’est pas du RIS lisible.", field="file") from error
    for number, entry in enumerate(entries, 1):
        first, last = str(entry.get("start_page", "")), str(entry.get("end_page", ""))
        yield _notice(
            number,
            {
                "title": entry.get("title") or entry.get("primary_title") or "",
                "kind": _KIND_OF_RIS.get(str(entry.get("type_of_reference")), ResourceKind.PUBLICATION),
                "authors": tuple(entry.get("authors") or entry.get("first_authors") or ()),
                "series": entry.get("journal_name") or entry.get("secondary_title") or "",
                "publisher": entry.get("publisher", ""),
                "issued": str(entry.get("date") or entry.get("year") or "").strip("/").replace("/", "-"),
                "number": entry.get("number", ""),
                "pages": f"{first}-{last}" if first and last else first,
                "doi": entry.get("doi", ""),
                "link": (entry.get("urls") or [""])[0],
                "keywords": tuple(entry.get("keywords") or ()),
                "abstract": entry.get("abstract") or entry.get("notes_abstract") or "",
                "language": entry.get("language", "fr"),
                "identifier": str(entry.get("id", "")),
            },
        )


def read_bibtex(text: str) -> Iterable[Notice | Unread]:
    """The notices of a BibTeX file, as `read_ris`."""
    _check_size(text)
    library = parse_string(text)
    for number, block in enumerate(library.failed_blocks, 1):
        yield Unread(number, str(getattr(block, "error", "illisible"))[:200])
    for number, entry in enumerate(library.entries, 1):
        known = {field.key.lower(): _unlatex(str(field.value)) for field in entry.fields}
        yield _notice(
            number,
            {
                "title": known.get("title", ""),
                "kind": ResourceKind.PUBLICATION,
                "authors": tuple(name.strip() for name in known.get("author", "").split(" and ") if name.strip()),
                "series": known.get("journal") or known.get("series") or known.get("booktitle", ""),
                "publisher": known.get("publisher") or known.get("institution", ""),
                "issued": known.get("date") or known.get("year", ""),
                "number": known.get("number", ""),
                "pages": known.get("pages", "").replace("--", "-"),
                "doi": known.get("doi", ""),
                "link": known.get("url", ""),
                "keywords": tuple(word.strip() for word in known.get("keywords", "").split(",") if word.strip()),
                "abstract": known.get("abstract", ""),
                "licence": known.get("license", ""),
                "identifier": known.get("hal_id") or entry.key,
            },
        )


def _notice(number: int, known: dict[str, Any]) -> Notice | Unread:
    """A notice of what was read; dates, licence and domain understood."""
    if not str(known.get("title", "")).strip():
        return Unread(number, NO_TITLE)
    try:
        when = issued(str(known.pop("issued", "")))
    except BadInput as error:
        return Unread(number, error.message)
    domain = str(known.pop("domain", ""))
    return Notice(
        **{name: value for name, value in known.items() if name != "licence"},
        issued=when,
        licence=licence_of(str(known.get("licence", ""))),
        domain=Domain(domain) if domain in {one.value for one in Domain} else None,
    )


def _check_size(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise BadInput("Ce fichier est démesuré : 20 millions de caractères au plus.", field="file")


def _unlatex(text: str) -> str:
    """Escapes read again, grouping braces dropped."""
    bare = text.replace(r"\textbackslash{}", "\x00")
    for number, character in enumerate(_ESCAPED):
        bare = bare.replace(f"\\{character}", chr(number + 1))
    bare = bare.replace("{", "").replace("}", "")
    for number, character in enumerate(_ESCAPED):
        bare = bare.replace(chr(number + 1), character)
    return " ".join(bare.replace("\x00", "\\").split())
