"""Download of one official file to a temporary place, from public addresses, with a limit of size and of time."""

from pathlib import Path

import httpx

from ensemblier.kernel.carriers.reach import PrivateAddress, public_client
from ensemblier.kernel.errors import SourceUnavailable

_MOST = 1 << 28
_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def download(url: str, target: Path) -> int:
    """Write what `url` answers into `target`; returns the number of bytes. Raises SourceUnavailable."""
    size = 0
    try:
        with (
            public_client(chosen=url, timeout=_TIMEOUT) as client,
            client.stream("GET", url) as answer,
            target.open("wb") as file,
        ):
            answer.raise_for_status()
            for block in answer.iter_bytes():
                size += len(block)
                if size > _MOST:
                    raise SourceUnavailable(
                        "%(url)s dépasse %(most)s Mo : le téléchargement est arrêté.",
                        values={"url": url, "most": _MOST >> 20},
                    )
                file.write(block)
    except PrivateAddress as error:
        raise SourceUnavailable(
            "%(url)s mène à une adresse privée (%(error)s), ce qu'une source publique ne fait pas. Rien n'a "
            "été changé : vérifiez l'adresse.",
            values={"url": url, "error": str(error)[:80]},
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise SourceUnavailable(
            "%(url)s ne répond pas comme attendu (%(error)s). Rien n'a été changé ; réessayez plus tard, ou "
            "téléchargez le fichier vous-même et lancez « ensemblier territory import FICHIER ».",
            values={"url": url, "error": error},
        ) from error
    return size
