"""The journal of erasures and revocations that no restore brings back in time: files beside the database, one a month.

One JSON object a line: a keyed identifier (nobody without the secret key), an instant. Only ever added to, and on the
disk before `add` returns; a month is forgotten once no backup is as old.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

OLDEST_BACKUP = timedelta(days=35)
KEPT = OLDEST_BACKUP + timedelta(days=31)
_NAME = "effacements-{:%Y-%m}.jsonl"
_PURPOSE = b"ensemblier erasures"


def keyed(uid: UUID) -> str:
    """What stands for an identifier: the same each time, and nothing to whoever has not the secret key."""
    return hmac.new(_secret(), uid.bytes, hashlib.sha256).hexdigest()


def key_mark() -> str:
    """By which key lines were written: a replay under another one would find nobody, and must say so."""
    return hmac.new(_secret(), b"mark", hashlib.sha256).hexdigest()[:12]


def _secret() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), _PURPOSE, hashlib.sha256).digest()


def line_of(what: str, uid: UUID, at: datetime) -> str:
    """One line; `what`: "erased" or "revoked"."""
    return json.dumps({what: keyed(uid), "at": at.isoformat(), "key": key_mark()})


def files() -> list[Path]:
    """The files there are, oldest first."""
    return sorted(_folder().glob("effacements-*.jsonl"))


def lines(of: Iterable[Path] | None = None) -> Iterator[str]:
    """Every line of these files (all that are kept), oldest first; a line that a crash cut was written again since."""
    for file in files() if of is None else of:
        yield from (line for line in file.read_text(encoding="utf-8").splitlines() if line.endswith("}"))


def known() -> frozenset[str]:
    """The keyed identifiers that stand there already."""
    return frozenset[str]().union(*(_keys(file, file.stat().st_size) for file in files()))


@lru_cache(maxsize=8)
def _keys(file: Path, _size: int) -> frozenset[str]:
    rows = (json.loads(line) for line in lines([file]))
    return frozenset(row.get("erased") or row["revoked"] for row in rows)


def add(found: Iterable[str], *, at: datetime) -> None:
    """Write these lines down for good, and forget the months that no backup needs."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / _NAME.format(at), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        # A line cut short by a crash stays alone on its line.
        file.write("".join(f"\n{line}\n" for line in found))
        file.flush()
        os.fsync(file.fileno())
    for old in files():
        if old.name < _NAME.format(at - KEPT):
            old.unlink()


def _folder() -> Path:
    return Path(settings.ERASURES_FOLDER)
