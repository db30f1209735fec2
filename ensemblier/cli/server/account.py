"""Under which account PostgreSQL runs: it refuses to be root, and refuses an account without a name."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from ensemblier.cli.server.errors import ServerProblem
from ensemblier.kernel.words import Sentence


class Drop(TypedDict, total=False):
    """Arguments of subprocess that make a child of root run as somebody else; empty when we already are this one."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who owns the cluster and runs its processes."""

    uid: int
    gid: int
    name: str

    @property
    def drop(self) -> Drop:
        """What to give to `subprocess` so that the child runs under this account."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path, mode: int) -> None:
        """Makes `folder` (parents exist) and gives it to this account, whatever the umask."""
        folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(mode)

    def reaches(self, program: Path) -> bool:
        """Whether this account may execute `program` (each parent folder must let it through)."""
        return subprocess.run(["/usr/bin/test", "-x", program], cwd="/", check=False, **self.drop).returncode == 0


def account_for(data: Path) -> Account:
    """The account of the cluster at `data`: its owner; for a new one `nobody` under root, else who asks."""
    uid = os.geteuid()
    if uid == 0:
        try:
            uid = data.stat().st_uid
        except OSError:
            uid = 0
    try:
        entry = pwd.getpwnam("nobody") if uid == 0 else pwd.getpwuid(uid)
    except KeyError:
        who = "« nobody »" if uid == 0 else Sentence("d'identifiant %(uid)s", uid=uid)
        raise ServerProblem(
            "Le compte %(who)s n'a pas de nom dans /etc/passwd : PostgreSQL le refuse. Lancez la commande "
            "depuis un compte ordinaire, ou indiquez une base existante par DATABASE_URL.",
            values={"who": who},
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def names_let_in(account: Account) -> list[str]:
    """Names of the system accounts that may open the socket as the database's owner: the cluster's own and root."""
    return sorted({account.name, pwd.getpwuid(0).pw_name})
