"""Style sheets, scripts and fonts, gathered under names that change with their content."""

import os
from collections.abc import Iterator
from pathlib import Path

from ensemblier.cli.server.console import Say
from ensemblier.cli.words import _

UNUSED = ["*.rtl.*", "bootstrap-grid*", "bootstrap-utilities*", "*.esm.js*", "*.amd.js*", "*.cjs.js*"]


def was_gathered(root: Path) -> bool:
    """Whether the checkout at `root` has static files from an earlier run; asked before Django is loaded."""
    return (root / "var" / "static" / "staticfiles.json").exists()


def gather_static(say: Say) -> bool:
    """Gathers the static files into STATIC_ROOT when one of them is newer than the last time; whether it did."""
    from django.conf import settings
    from django.core.management import call_command

    done = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if done.exists() and all(newest <= done.stat().st_mtime for newest in _ages()):
        return False
    say(_("fichiers statiques"))
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
    return True


def _ages() -> Iterator[float]:
    """Modification times of the folders and files that collectstatic reads, the settings included."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    yield Path(settings.ROOT, "ensemblier", "settings", "base.py").stat().st_mtime
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            yield os.stat(storage.path(name)).st_mtime
