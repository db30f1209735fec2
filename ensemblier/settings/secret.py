"""The secret key of a local installation: made once, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_of(path: Path) -> str:
    """The key kept in `path`; made there (mode 0600) when absent, so that sessions outlive a restart."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
