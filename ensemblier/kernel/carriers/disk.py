"""Contents on disk, under random names that say nothing: written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

LETTERS = 48


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(LETTERS // 2)


def write(folder: Path, name: str, content: bytes) -> None:
    """Keep a content, on the disk when this returns. Raises OSError, and leaves nothing by halves."""
    place = place_of(folder, name)
    unfinished = place.with_suffix(".new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise


def read(folder: Path, name: str) -> bytes:
    """A content. Raises OSError when it is gone."""
    return place_of(folder, name).read_bytes()


def destroy(folder: Path, name: str) -> None:
    """Take a content away; nothing when it is already gone. Raises OSError."""
    with suppress(FileNotFoundError):
        place_of(folder, name).unlink()


def place_of(folder: Path, name: str) -> Path:
    """Where a content lies. Raises FileNotFoundError for what is no name of ours: nothing else is ever opened."""
    if len(name) != LETTERS or not name.isalnum():
        raise FileNotFoundError(name)
    return folder / name[:2] / name
