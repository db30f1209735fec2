"""Files that hold notices: CSV, the ministry's sheets, articles of the labour code, RSS and Atom, a thesaurus."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ensemblier.kernel.errors import BadInput
from ensemblier.library.adapters.bibliography import NO_TITLE, Unread
from ensemblier.library.core.kinds import Domain, Licence, ResourceKind, licence_of
from ensemblier.library.core.notices import Notice, issued
from ensemblier.library.core.questions import plain

_TAG = re.compile(r"<[^<>]*>")
_HIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_ATOM = "{http://www.w3.org/2005/Atom}"


def words_of(html: str, limit: int) -> str:
    """The words of a piece of HTML: tags out, entities read, nothing hidden."""
    bare = unescape(_TAG.sub(" ", html))
    return " ".join(_HIDDEN.sub(" ", bare).split())[:limit]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("Ce fichier n’est pas du JSON lisible.", field="file") from error


def read_sheets(text: str) -> Iterator[Notice | Unread]:
    """The ministry's sheets (npm `@socialgouv/fiches-travail-data`, `data/fiches-travail.json`)."""
    sheets = _json(text)
    if not isinstance(sheets, list):
        raise BadInput("Ce fichier n’est pas la liste des fiches du ministère.", field="file")
    for number, sheet in enumerate(sheets, 1):
        title = words_of(str(sheet.get("title") or sheet.get("titre") or ""), 500) if isinstance(sheet, dict) else ""
        if not title:
            yield Unread(number, NO_TITLE)
            continue
        sections = sheet.get("sections") or []
        body = " ".join(str(one.get("text") or "") for one in sections if isinstance(one, dict))
        yield Notice(
            title=title,
            kind=ResourceKind.SHEET,
            abstract=words_of(str(sheet.get("description") or ""), 20_000),
            body=words_of(body or str(sheet.get("texte") or ""), 400_000),
            publisher="Ministère du Travail",
            issued=issued(_day(str(sheet.get("date") or ""))),
            domain=Domain.LAW,
            licence=Licence.ETALAB,
            identifier=str(sheet.get("pubId") or sheet.get("id") or "")[:120],
            link=str(sheet.get("url") or "")[:500],
        )


def _day(text: str) -> str:
    """ "13/11/2025" → "2025-11-13"; "" when it is no date."""
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text.strip())
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else ""


def read_articles(text: str) -> Iterator[Notice | Unread]:
    """Articles of a code (npm `@socialgouv/legi-data`, `data/LEGITEXT….json`; a flat list of articles is read too)."""
    for number, article in enumerate(_articles(_json(text)), 1):
        name = str(article.get("num") or "").strip()
        body = words_of(str(article.get("texte") or article.get("texteHtml") or ""), 400_000)
        if not name or not body:
            yield Unread(number, "sans numéro ou sans texte")
            continue
        section = words_of(str(article.get("section") or ""), 20_000)
        ends = _instant(article.get("dateFin", article.get("date_fin")))
        yield Notice(
            title=f"Article {name} du code du travail",
            kind=ResourceKind.LAW,
            abstract=section,
            body=body,
            publisher="Légifrance",
            domain=Domain.LAW,
            licence=Licence.LAW,
            identifier=f"code-du-travail-{name}"[:120],
            link=f"https://www.legifrance.gouv.fr/codes/article_lc/{article['id']}" if article.get("id") else "",
            in_force_from=_instant(article.get("dateDebut", article.get("date_debut"))),
            repealed_on=ends if ends and ends.year < 2900 else None,
        )


def _articles(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Articles of a tree or of a list, whichever it is; a tree that is too deep ends."""
    if isinstance(node, list):
        for one in node:
            yield from _articles(one, depth)
    elif isinstance(node, dict) and depth < 40:
        inner = node.get("data")
        data: dict[str, Any] = inner if isinstance(inner, dict) else node
        if node.get("type") == "article" or (data is node and "texte" in node and "num" in node):
            yield data
        yield from _articles(node.get("children") or [], depth + 1)


def _instant(value: Any) -> date | None:
    """A day from milliseconds since 1970 or from ISO 8601; None when it is neither."""
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000, UTC).date()
        return date.fromisoformat(str(value)[:10]) if value else None
    except (ValueError, OverflowError, OSError):
        return None


def read_feed(content: bytes) -> Iterator[Notice | Unread]:
    """Entries of an RSS 2.0 or Atom feed. Raises BadInput: no feed, entities."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadInput("Ce fil définit des entités : il est refusé.", field="file") from error
    except (SyntaxError, ValueError, LookupError, RecursionError) as error:
        raise BadInput("Ce fil n’est pas du XML lisible.", field="file") from error
    entries = [*root.iter("item"), *root.iter(f"{_ATOM}entry")]
    publisher = words_of(root.findtext("channel/title") or root.findtext(f"{_ATOM}title") or "", 200)
    for number, entry in enumerate(entries[:2_000], 1):
        title = words_of(entry.findtext("title") or entry.findtext(f"{_ATOM}title") or "", 500)
        if not title:
            yield Unread(number, NO_TITLE)
            continue
        atom_link = next((one.get("href", "") for one in entry.iter(f"{_ATOM}link")), "")
        link = (entry.findtext("link") or atom_link).strip()[:500]
        said = entry.findtext("description") or entry.findtext(f"{_ATOM}summary") or ""
        when = entry.findtext("pubDate") or entry.findtext(f"{_ATOM}published") or entry.findtext(f"{_ATOM}updated")
        yield Notice(
            title=title,
            abstract=words_of(said, 20_000),
            publisher=publisher,
            link=link if link.startswith(("http://", "https://")) else "",
            issued=issued(_feed_day(when or "")),
            identifier=(entry.findtext("guid") or entry.findtext(f"{_ATOM}id") or link)[:120].strip(),
        )


def _feed_day(text: str) -> str:
    from email.utils import parsedate_to_datetime

    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


COLUMNS = [
    "titre",
    "nature",
    "resume",
    "texte",
    "auteurs",
    "editeur",
    "collection",
    "numero",
    "pages",
    "date",
    "domaine",
    "mots_cles",
    "licence",
    "identifiant",
    "doi",
    "lien",
    "video",
]  # noqa: E501
"""Columns of the CSV that is read; only `titre` must be there."""


def read_csv(text: str) -> Iterator[Notice | Unread]:
    """Rows of a CSV whose first line names columns of `COLUMNS`; lists are separated by "|"."""
    sample = text[:4096].partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if sample.count(";") >= sample.count(",") else ",")
    if "titre" not in [plain(name or "").replace(" ", "_") for name in rows.fieldnames or ()]:
        raise BadInput("La première ligne du CSV nomme ses colonnes ; « titre » manque.", field="file")
    kinds = {plain(kind.label): kind for kind in ResourceKind} | {kind.value: kind for kind in ResourceKind}
    domains = {plain(one.label): one for one in Domain} | {one.value: one for one in Domain}
    try:
        for number, row in enumerate(rows, 2):
            cells = {plain(str(name)).replace(" ", "_"): str(cell or "") for name, cell in row.items()}
            yield _csv_notice(number, cells, kinds, domains)
    except csv.Error as error:
        raise BadInput("Ce CSV n’est pas lisible : un champ est démesuré ou mal fermé.", field="file") from error


def _csv_notice(
    number: int, cells: dict[str, str], kinds: dict[str, ResourceKind], domains: dict[str, Domain]
) -> Notice | Unread:
    if not cells.get("titre", "").strip():
        return Unread(number, NO_TITLE)
    kind = kinds.get(plain(cells.get("nature", "")), ResourceKind.PUBLICATION)
    try:
        when = issued(_day(cells.get("date", "")) or cells.get("date", ""))
    except BadInput as error:
        return Unread(number, error.message)
    return Notice(
        title=cells["titre"], kind=kind, abstract=cells.get("resume", ""), body=cells.get("texte", ""),
        authors=_cut(cells.get("auteurs", "")), publisher=cells.get("editeur", ""),
        series=cells.get("collection", ""), number=cells.get("numero", ""), pages=cells.get("pages", ""),
        issued=when, domain=domains.get(plain(cells.get("domaine", ""))), keywords=_cut(cells.get("mots_cles", "")),
        licence=licence_of(cells.get("licence", "")), identifier=cells.get("identifiant", ""),
        doi=cells.get("doi", ""), link=cells.get("lien", ""), media_url=cells.get("video", ""),
    )  # fmt: skip


def _cut(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def read_thesaurus(text: str) -> dict[str, tuple[str, ...]]:
    """Other ways to say a word: TESS (a list of {term, equivalent}) or lines of synonyms ("accident de travail, at").

    Words alone, as the search reads them: a term of several words is reached through its acronym.
    """
    found: dict[str, set[str]] = {}
    for group in _groups(_json(text)):
        names = [plain(name) for name in group]
        for name in names:
            if " " in name or len(name) < 2:
                continue
            others = {word for other in names if other != name for word in other.split() if len(word) > 3}
            if others:
                found.setdefault(name, set()).update(others)
    return {name: tuple(sorted(others))[:8] for name, others in sorted(found.items())}


def _groups(entries: Any) -> Iterable[list[str]]:
    if not isinstance(entries, list):
        raise BadInput("Ce fichier n’est pas un thésaurus : une liste est attendue.", field="file")
    for entry in entries:
        if isinstance(entry, str):
            yield re.split(r"[,/]", entry)
        elif isinstance(entry, dict) and entry.get("term"):
            equivalent = entry.get("equivalent") or []
            yield [str(entry["term"]), *([equivalent] if isinstance(equivalent, str) else map(str, equivalent))]
