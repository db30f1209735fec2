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
                    raise SourceUnavailable(f"{url} dépasse {_MOST >> 20} Mo : le téléchargement est arrêté.")
                file.write(block)
    except PrivateAddress as error:
        raise SourceUnavailable(
            f"{url} mène à une adresse privée ({str(error)[:80]}), ce qu'une source publique ne fait pas. Rien n'a été "
            "changé : vérifiez l'adresse."
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise SourceUnavailable(
            f"{url} ne répond pas comme attendu ({error}). Rien n'a été changé ; réessayez plus tard, ou téléchargez "
            "le fichier vous-même et lancez « ensemblier territory import FICHIER »."
        ) from error
    return size
