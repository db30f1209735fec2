"""Downloading a national file: redirects followed to public addresses, tried again, bounded, nothing by halves."""

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from ensemblier.directory.adapters.files import LARGEST
from ensemblier.kernel.carriers.reach import PrivateAddress, public_client
from ensemblier.kernel.errors import BadInput, SourceUnavailable

TRIES = 3
_AGENT = "ensemblier (annuaire du conseil en evolution professionnelle)"
Progress = Callable[[int, int], None]


def download(url: str, folder: Path, *, chosen: str = "", progress: Progress | None = None, pause: float = 2.0) -> Path:
    """The file at `url`, saved in `folder` under its own name. Raises SourceUnavailable after TRIES tries.

    `chosen`: the address that was asked for, when `url` was found in what it answered; neither it nor a redirect leads
    to a private address elsewhere. `progress(done, total)` is in bytes, total 0 when the server does not say. `pause`:
    seconds before the second try.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise BadInput("Adresse « %(url)s » : attendu http:// ou https://.", values={"url": url[:200]}, field="url")
    timeout = httpx.Timeout(30.0, read=60.0)
    with public_client(chosen=chosen or url, timeout=timeout, agent=_AGENT) as client:
        for attempt in range(1, TRIES + 1):
            try:
                return _once(client, url, folder, progress)
            except (httpx.TransportError, httpx.HTTPStatusError) as error:
                if attempt == TRIES or not _may_pass(error):
                    raise SourceUnavailable(_sentence(url, error), field="url") from error
                time.sleep(pause * attempt)
            except (httpx.InvalidURL, httpx.TooManyRedirects, httpx.DecodingError) as error:
                raise SourceUnavailable(_sentence(url, error), field="url") from error
    raise SourceUnavailable("« %(hostname)s » ne répond pas.", values={"hostname": urlsplit(url).hostname}, field="url")


def _may_pass(error: Exception) -> bool:
    """Whether trying again may help: a refusal (4xx) does not change its mind, but for "too many requests"."""
    if isinstance(error, PrivateAddress):
        return False
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500 or error.response.status_code == 429
    return True


def _sentence(url: str, error: Exception) -> str:
    host = urlsplit(url).hostname or url[:80]
    if isinstance(error, PrivateAddress):
        what = f"mène à une adresse privée ({str(error)[:80]}), ce qu'une source publique ne fait pas"
    elif isinstance(error, httpx.HTTPStatusError):
        what = f"a répondu {error.response.status_code}"
    elif isinstance(error, httpx.TimeoutException):
        what = "met trop de temps à répondre"
    elif isinstance(error, httpx.TooManyRedirects):
        what = "renvoie sans fin d'une adresse à l'autre"
    elif isinstance(error, httpx.RemoteProtocolError | httpx.DecodingError | httpx.ReadError):
        what = "a coupé la connexion avant la fin du fichier"
    else:
        what = "est injoignable"
    return f"« {host} » {what}. Rien n'a été importé : réessayez plus tard, ou donnez une autre adresse avec --url."


def _once(client: httpx.Client, url: str, folder: Path, progress: Progress | None) -> Path:
    with client.stream("GET", url) as response:
        response.raise_for_status()
        total = int(response.headers.get("content-length", "0") or 0)
        target = folder / _name(response)
        done = 0
        with target.open("wb") as file:
            for block in response.iter_bytes(1 << 18):
                done += len(block)
                if done > LARGEST:
                    raise BadInput("Le fichier téléchargé est démesuré. Rien n'a été importé.", field="url")
                file.write(block)
                if progress is not None:
                    progress(response.num_bytes_downloaded, total)
    return target


def _name(response: httpx.Response) -> str:
    name = Path(unquote(urlsplit(str(response.url)).path)).name
    kept = "".join(character for character in name if character.isalnum() or character in "._-")[-120:].lstrip(".")
    return kept or "fichier"
