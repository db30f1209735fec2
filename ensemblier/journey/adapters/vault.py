"""The vault: documents on disk, encrypted, under random names that say nothing. No document is ever served from there.

Each file is sealed with a key of its own name: two files swapped on the disk do not open.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from ensemblier.kernel.errors import NotFound, SourceUnavailable
from ensemblier.kernel.orm.sealed import WrongKey, seal, unseal

LOST = "Ce document n’est plus lisible dans le coffre. Demandez-le de nouveau à la personne, et prévenez l’exploitant."


def put(content: bytes) -> str:
    """Keep a content; returns its name in the vault. Raises SourceUnavailable when the disk refuses it."""
    name = secrets.token_hex(24)
    place = _place(name)
    unfinished = place.with_suffix(".new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(seal(content, purpose=_purpose(name)))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise SourceUnavailable("Le coffre des documents ne répond pas : rien n’a été gardé. Réessayez.") from error
    return name


def get(name: str) -> bytes:
    """A content. Raises NotFound when it is gone, or no longer opens."""
    try:
        return unseal(_place(name).read_bytes(), purpose=_purpose(name))
    except (OSError, WrongKey) as error:
        raise NotFound(LOST) from error


def destroy(name: str) -> None:
    """Take a content away for good; nothing when it is already gone."""
    with suppress(FileNotFoundError):
        _place(name).unlink()


def kept() -> frozenset[str]:
    """The names of everything that the vault holds: to compare with the rows."""
    folder = Path(settings.DOCUMENTS_FOLDER)
    return frozenset(path.name for path in folder.glob("??/*") if path.suffix == "")


def _place(name: str) -> Path:
    if len(name) != 48 or not name.isalnum():
        raise NotFound(LOST)
    return Path(settings.DOCUMENTS_FOLDER) / name[:2] / name


def _purpose(name: str) -> str:
    return f"document:{name}"
