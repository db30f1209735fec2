"""Tests: hostile defaults. An undefined template variable fails, static files are served without a manifest."""

import atexit
import os
import tempfile
from pathlib import Path
from typing import Any

# Before the base settings are read: tests have a server of their own, whose data may be lost.
os.environ.setdefault("ENSEMBLIER_SERVER", "test")

from ensemblier.settings.base import *  # noqa: E402, F403
from ensemblier.settings.base import DATABASES, TEMPLATES  # noqa: E402


class UndefinedVariable(str):
    """What a template prints for a variable that it does not have: an error."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        """Django asks whether "%s" is inside before formatting."""
        return True

    def __mod__(self, missing: Any) -> str:
        raise AssertionError(f"variable inconnue dans un gabarit : {missing}")


IDENTITY_PROVIDERS = []
SECRET_KEY = "tests only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
del DATABASES["default"]["OPTIONS"]["pool"]
_options: Any = TEMPLATES[0]["OPTIONS"]
_options["string_if_invalid"] = UndefinedVariable("%s")


def _folder(name: str) -> Path:
    """The folder that the environment names, else one that goes with this process."""
    if not os.environ.get(name):
        held = tempfile.TemporaryDirectory(prefix="ensemblier-", ignore_cleanup_errors=True)
        atexit.register(held.cleanup)
        return Path(held.name)
    return Path(os.environ[name])


DOCUMENTS_FOLDER = _folder("DOCUMENTS_FOLDER")
ERASURES_FOLDER = _folder("ERASURES_FOLDER")
