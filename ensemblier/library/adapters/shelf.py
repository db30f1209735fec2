"""Files of resources on disk, under random names that say nothing. They are served as downloads only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from ensemblier.kernel.errors import NotFound, SourceUnavailable

LOST = "Ce fichier n’est plus sur le disque. Prévenez l’exploitant."


def put(content: bytes) -> str:
    """Keep a content; returns its name. Raises SourceUnavailable when the disk refuses it: nothing stays by halves."""
    name = secrets.token_hex(24)
    place = _place(name)
    unfinished = place.with_suffix(".new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise SourceUnavailable("Le disque des ressources ne répond pas : rien n’a été gardé. Réessayez.") from error
    return name


def get(name: str) -> bytes:
    """A content. Raises NotFound when it is gone."""
    try:
        return _place(name).read_bytes()
    except OSError as error:
        raise NotFound(LOST) from error


def destroy(name: str) -> None:
    """Take a content away; nothing when it is already gone."""
    with suppress(FileNotFoundError):
        _place(name).unlink()


def _place(name: str) -> Path:
    if len(name) != 48 or not name.isalnum():
        raise NotFound(LOST)
    return Path(settings.LIBRARY_FOLDER) / name[:2] / name
