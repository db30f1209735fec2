"""A harvester of OAI-PMH 2.0 that no server can keep busy for ever, fill up or lead astray.

Every answer is bounded in bytes and parsed without entities. A token that comes back, a page without progress, too
many pages, an answer that is no OAI-PMH: the harvest stops with a sentence, and what was read until then is kept.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError

import httpx
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ensemblier.kernel.carriers.reach import PrivateAddress, public_client
from ensemblier.kernel.errors import BadInput, DomainError, SourceUnavailable
from ensemblier.kernel.words import marked
from ensemblier.library.adapters.oai_records import notice_of
from ensemblier.library.core.harvests import Asked
from ensemblier.library.core.notices import Notice

OAI = "{http://www.openarchives.org/OAI/2.0/}"
LARGEST = 20_000_000
MAX_PAGES = 20_000
TRIES = 3
LONGEST_WAIT = 60
_AGENT = "ensemblier (bibliotheque du conseil en evolution professionnelle)"


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `notice` None: deleted, or unreadable when `why` says so."""

    identifier: str
    datestamp: str
    is_deleted: bool
    notice: Notice | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of records. `answered`: the server's own clock, from which the next harvest goes on."""

    records: tuple[Record, ...]
    answered: str
    total: int | None


def harvest_pages(asked: Asked, *, pause: float = 1.0) -> Iterator[Page]:
    """The pages of a harvest, in order. Raises SourceUnavailable, BadInput with what to do; never loops."""
    if not asked.url.startswith(("http://", "https://")):
        raise BadInput("L’adresse d’un entrepôt OAI-PMH commence par http:// ou https://.", field="url")
    arguments = {"verb": "ListRecords", "metadataPrefix": asked.prefix}
    arguments |= {name: value for name, value in (("set", asked.set_spec), ("from", asked.since)) if value}
    seen: set[str] = set()
    with public_client(chosen=asked.url, timeout=httpx.Timeout(30.0, read=60.0), agent=_AGENT) as client:
        for _number in range(MAX_PAGES):
            root = _answer(client, asked.url, arguments, pause)
            if root is None:
                return
            page, token = _page(root)
            yield page
            if not token:
                return
            if token in seen or not page.records:
                raise SourceUnavailable("L’entrepôt tourne en rond : il redonne une page déjà donnée.", field="url")
            seen.add(token)
            arguments = {"verb": "ListRecords", "resumptionToken": token}
    raise SourceUnavailable("L’entrepôt annonce toujours une page de plus : la moisson s’arrête ici.", field="url")


def _answer(client: httpx.Client, url: str, arguments: dict[str, str], pause: float) -> Element | None:
    """The root of one answer; None when the server says that nothing matches."""
    content = _fetched(client, url, arguments, pause)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceUnavailable("La réponse de l’entrepôt définit des entités : elle est refusée.") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise SourceUnavailable("La réponse de l’entrepôt n’est pas du XML lisible.") from error
    if root.tag != f"{OAI}OAI-PMH":
        raise SourceUnavailable("Cette adresse ne répond pas en OAI-PMH : vérifiez-la.", field="url")
    refused = root.find(f"{OAI}error")
    if refused is None:
        return root
    code, said = refused.get("code", ""), " ".join((refused.text or "").split())[:200]
    if code == "noRecordsMatch":
        return None
    if code == "badResumptionToken":
        raise SourceUnavailable("L’entrepôt ne reconnaît plus sa propre page suivante : relancez la moisson.")
    raise BadInput(
        "L’entrepôt refuse la demande (%(code)s) : %(said)s", values={"code": code[:40], "said": said}, field="url"
    )


def _fetched(client: httpx.Client, url: str, arguments: dict[str, str], pause: float) -> bytes:
    for attempt in range(1, TRIES + 1):
        try:
            with client.stream("GET", url, params=arguments) as response:
                if response.status_code in (429, 503) and attempt < TRIES:
                    time.sleep(min(_seconds(response.headers.get("retry-after", ""), pause), LONGEST_WAIT))
                    continue
                response.raise_for_status()
                return _bounded(response)
        except PrivateAddress as error:
            raise SourceUnavailable("L’entrepôt renvoie vers une adresse privée : refusé.", field="url") from error
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500 or attempt == TRIES:
                raise SourceUnavailable(
                    "L’entrepôt a répondu %(code)s.", field="url", values={"code": error.response.status_code}
                ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            if attempt == TRIES:
                raise SourceUnavailable("L’entrepôt ne répond pas : réessayez plus tard.", field="url") from error
        time.sleep(pause * attempt)
    raise SourceUnavailable("L’entrepôt ne répond pas : réessayez plus tard.", field="url")


def _bounded(response: httpx.Response) -> bytes:
    blocks, held = [], 0
    for block in response.iter_bytes(1 << 16):
        held += len(block)
        if held > LARGEST:
            raise SourceUnavailable("Une réponse de l’entrepôt est démesurée : la moisson s’arrête ici.", field="url")
        blocks.append(block)
    return b"".join(blocks)


def _seconds(text: str, pause: float) -> float:
    return float(text) if text.isdigit() else pause


def _page(root: Element) -> tuple[Page, str]:
    listed = root.find(f"{OAI}ListRecords")
    if listed is None:
        raise SourceUnavailable("La réponse de l’entrepôt n’a pas la liste demandée.", field="url")
    token = listed.find(f"{OAI}resumptionToken")
    size = token.get("completeListSize", "") if token is not None else ""
    answered = " ".join((root.findtext(f"{OAI}responseDate") or "").split())
    records = tuple(_record(one) for one in listed.iterfind(f"{OAI}record"))
    whole = int(size) if size.isascii() and size.isdigit() and len(size) < 12 else None
    following = (token.text or "").strip() if token is not None else ""
    return Page(records, answered if _is_datestamp(answered) else "", whole), following


def _is_datestamp(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _record(record: Element) -> Record:
    header = record.find(f"{OAI}header")
    if header is None:
        return Record("", "", is_deleted=False, why=marked("sans en-tête"))
    identifier = " ".join((header.findtext(f"{OAI}identifier") or "").split())[:120]
    datestamp = " ".join((header.findtext(f"{OAI}datestamp") or "").split())[:30]
    if header.get("status") == "deleted":
        return Record(identifier, datestamp, is_deleted=True)
    metadata = record.find(f"{OAI}metadata")
    if not identifier or metadata is None:
        return Record(identifier, datestamp, is_deleted=False, why=marked("sans identifiant ou sans contenu"))
    try:
        return Record(identifier, datestamp, is_deleted=False, notice=notice_of(metadata))
    except DomainError as error:
        return Record(identifier, datestamp, is_deleted=False, why=error.message)
