"""Download of one official file to a temporary place, with a limit of size and of time."""

from pathlib import Path

import httpx

from ensemblier.kernel.errors import SourceUnavailable

_MOST = 1 << 28
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def download(url: str, target: Path) -> int:
    """Write what `url` answers into `target`; returns the number of bytes. Raises SourceUnavailable."""
    size = 0
    try:
        with (
            httpx.stream("GET", url, timeout=_TIMEOUT, follow_redirects=True) as answer,
            target.open("wb") as file,
        ):
            answer.raise_for_status()
            for block in answer.iter_bytes():
                size += len(block)
                if size > _MOST:
                    raise SourceUnavailable(f"{url} dépasse {_MOST >> 20} Mo : le téléchargement est arrêté.")
                file.write(block)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise SourceUnavailable(
            f"{url} ne répond pas comme attendu ({error}). Rien n'a été changé ; réessayez plus tard, ou téléchargez "
            "le fichier vous-même et lancez « ensemblier territory import FICHIER »."
        ) from error
    return size
