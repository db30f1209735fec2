"""A notice as a value: what is typed, imported or harvested, before it is a row. Cleaned once, here."""

import re
from dataclasses import dataclass, replace
from datetime import date

from ensemblier.directory.core.text import clean_line, clean_name, clean_text, clean_url
from ensemblier.kernel.errors import BadInput
from ensemblier.library.core.kinds import Audience, DatePrecision, Domain, Licence, ResourceKind

MAX_AUTHORS = 60
MAX_KEYWORDS = 40
MAX_BODY = 400_000
_ISSUED = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@dataclass(frozen=True, slots=True)
class Issued:
    """A date as far as it is known."""

    on: date
    precision: DatePrecision

    @property
    def iso(self) -> str:
        """ "2019", "2019-11" or "2019-11-29"."""
        return self.on.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision.value]]


def issued(text: str, *, field: str = "issued") -> Issued | None:
    """ "2019", "2019-11" or "2019-11-29", read; None for "". Raises BadInput."""
    typed = text.strip()[:10].rstrip("-")
    if not typed:
        return None
    found = _ISSUED.match(typed)
    if found is None:
        raise BadInput("Écrivez la date ainsi : 2019, 2019-11 ou 2019-11-29.", field=field)
    year, month, day = (int(part) if part else None for part in found.groups())
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    try:
        return Issued(date(year or 0, month or 1, day or 1), precision)
    except ValueError:
        raise BadInput("Cette date n’existe pas au calendrier.", field=field) from None


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything that a notice says. "" or None = not known. `body`: a text that may be read and searched whole."""

    title: str
    kind: ResourceKind = ResourceKind.PUBLICATION
    abstract: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    commissioner: str = ""
    series: str = ""
    number: str = ""
    pages: str = ""
    issued: Issued | None = None
    deposited_on: date | None = None
    domain: Domain | None = None
    keywords: tuple[str, ...] = ()
    language: str = "fr"
    licence: Licence | None = None
    identifier: str = ""
    doi: str = ""
    link: str = ""
    media_url: str = ""
    zone_key: str = ""
    audience: Audience = Audience.PUBLIC
    audience_key: str = ""
    in_force_from: date | None = None
    repealed_on: date | None = None
    is_fictitious: bool = False


def cleaned(notice: Notice) -> Notice:
    """The same notice, without hidden characters, within its limits. Raises BadInput, which names the field."""
    if notice.audience is Audience.CORNER and not notice.audience_key:
        raise BadInput("Dites à quel groupe cette ressource est réservée.", field="audience")
    if notice.in_force_from and notice.repealed_on and notice.repealed_on <= notice.in_force_from:
        raise BadInput("Un texte est abrogé après être entré en vigueur.", field="repealed_on")
    language = notice.language.strip().lower()[:2]
    return replace(
        notice,
        title=clean_name(notice.title, field="title", limit=500),
        abstract=clean_text(notice.abstract, field="abstract", limit=20_000),
        body=clean_text(notice.body, field="body", limit=MAX_BODY),
        authors=_items(notice.authors, "authors", MAX_AUTHORS, 200),
        keywords=_items(notice.keywords, "keywords", MAX_KEYWORDS, 120),
        publisher=clean_line(notice.publisher, field="publisher", limit=200),
        commissioner=clean_line(notice.commissioner, field="commissioner", limit=200),
        series=clean_line(notice.series, field="series", limit=200),
        number=clean_line(notice.number, field="number", limit=40),
        pages=clean_line(notice.pages, field="pages", limit=40),
        language=language if re.fullmatch(r"[a-z]{2}", language) else "fr",
        identifier=clean_line(notice.identifier, field="identifier", limit=120),
        doi=clean_doi(notice.doi),
        link=clean_url(notice.link, field="link"),
        media_url=clean_url(notice.media_url, field="media_url"),
        audience_key=notice.audience_key if notice.audience is Audience.CORNER else "",
    )


def clean_doi(text: str) -> str:
    """ "10.4000/abc", without the address around it; "" stays "". Raises BadInput."""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", clean_line(text, field="doi", limit=300), flags=re.I)
    if bare and not re.fullmatch(r"10\.\d{4,9}/[^\s<>\"{}]+", bare):
        raise BadInput("Un DOI s’écrit 10.1234/texte.", field="doi")
    return bare


def _items(texts: tuple[str, ...], name: str, most: int, limit: int) -> tuple[str, ...]:
    kept = [clean_line(text, field=name, limit=limit) for text in texts]
    found = tuple(dict.fromkeys(text for text in kept if text))
    if len(found) > most:
        raise BadInput("Cette liste dépasse %(most)s éléments.", field=name, values={"most": most})
    return found
