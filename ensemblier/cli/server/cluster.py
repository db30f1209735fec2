"""One checkout's PostgreSQL: made once, started or adopted, stopped; it survives `kill -9` of any of its processes.

Start and stop are done under one lock, so a `postgres` process that works in the data folder and does not answer while
we hold that lock belongs to nobody: it was left by a killed postmaster, and keeps the next one from starting.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from ensemblier.cli.server.account import Account, account_for, names_let_in
from ensemblier.cli.server.binaries import CLEAN, SHARED, Binaries, find_binaries
from ensemblier.cli.server.console import Say
from ensemblier.cli.server.errors import ServerProblem
from ensemblier.cli.server.locks import held
from ensemblier.cli.server.processes import clear, dies_with_us, is_postgres
from ensemblier.cli.words import _
from ensemblier.settings.local_server import DATABASE, OWNER, PAGES, PORT, TASKS, Place

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "60",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "lc_messages": "C",
    "log_timezone": "UTC",
}
if sys.platform == "linux":
    # After a crash everything is written to the disk before anything is answered: in one call, not file by file (2,600
    # of them took 6 s on a busy disk).
    _SETTINGS["recovery_init_sync_method"] = "syncfs"
_LOG_LIMIT = 10_000_000


class Cluster:
    """The server of a `Place`.

    `durable=False` turns off what protects from a power cut: for tests, whose data is thrown away.
    """

    def __init__(self, place: Place, say: Say, *, durable: bool = True) -> None:
        self.place = place
        self.say = say
        self.settings = dict(_SETTINGS)
        if not durable:
            self.settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        self._child: subprocess.Popen[bytes] | None = None

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection by the socket as the owner; the caller closes it."""
        return psycopg.connect(
            host=str(self.place.socket),
            port=PORT,
            dbname=database,
            user=OWNER,
            autocommit=True,
            connect_timeout=2,
        )

    def answers(self) -> bool:
        """Whether a server accepts a connection on the socket."""
        if not (self.place.socket / f".s.PGSQL.{PORT}").exists():
            return False
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def is_ours(self) -> bool:
        """Whether we started the running server (and so stop it)."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Makes the server answer: adopts the one that runs, else creates what is missing and starts it."""
        if self.answers():
            return
        account = self.make_folders()
        with held(self.place.home / "starting"):
            if self.answers():
                return
            self._refuse_another_socket()
            binaries = find_binaries(account, self.say)
            self._create(account, binaries)
            self._launch(account, binaries)
            self._database()

    def stop(self) -> None:
        """Stops the server if we started it: sessions are cut, committed work is safe."""
        child, self._child = self._child, None
        if child is None:
            return
        with held(self.place.home / "starting"):
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
            child.wait()

    def make_folders(self) -> Account:
        """The folders of the server, the socket's closed to others and checked; the account that will run it."""
        home, socket = self.place.home, self.place.socket
        account = account_for(self.place.data)
        if home.is_relative_to(SHARED):
            for folder in (SHARED, home):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)
        else:
            home.mkdir(parents=True, exist_ok=True)
        if len(os.fsencode(socket / f".s.PGSQL.{PORT}")) > 107:
            raise ServerProblem(
                "Le chemin du connecteur de la base est trop long pour Unix : %(socket)s.", values={"socket": socket}
            )
        with contextlib.suppress(FileExistsError):
            socket.mkdir(mode=0o700)
            if os.geteuid() == 0:
                os.chown(socket, account.uid, account.gid)
        found = socket.lstat()
        if socket.is_symlink() or found.st_uid != account.uid:
            raise ServerProblem(
                "%(socket)s appartient à quelqu'un d'autre (compte %(st_uid)s). Supprimez ce dossier, puis relancez.",
                values={"socket": socket, "st_uid": found.st_uid},
            )
        socket.chmod(0o700)
        return account

    def _refuse_another_socket(self) -> None:
        """A live server of this data behind another socket must not be taken for an orphan."""
        with contextlib.suppress(OSError, IndexError):
            other = (self.place.data / "postmaster.pid").read_text().splitlines()[4].strip()
            if other and Path(other) != self.place.socket and Path(other, f".s.PGSQL.{PORT}").exists():
                elsewhere = Cluster(Place(self.place.home, self.place.data, Path(other)), self.say)
                if elsewhere.answers():
                    raise ServerProblem(
                        "La base de ce dossier est déjà servie par %(other)s. Arrêtez cet autre Ensemblier, puis "
                        "relancez.",
                        values={"other": other},
                    )

    def _create(self, account: Account, binaries: Binaries) -> None:
        """A new cluster, made beside its place and moved there whole: a killed initdb leaves nothing that starts."""
        data = self.place.data
        if (version := data / "PG_VERSION").exists():
            if int(version.read_text()) != binaries.major:
                raise ServerProblem(
                    "La base de %(data)s est au format PostgreSQL %(version)s, les programmes sont de version "
                    "%(major)s. Choisissez d'autres programmes (ENSEMBLIER_POSTGRES_BIN) ou un autre serveur "
                    "(ENSEMBLIER_SERVER).",
                    values={"data": data, "version": version.read_text().strip(), "major": binaries.major},
                )
            return
        self.say(
            _(
                "création de la base de données PostgreSQL %(major)s (compte « %(name)s »)",
                major=binaries.major,
                name=account.name,
            )
        )
        draft = data.with_name("data.new")
        for attempt in (1, 2):
            clear(draft)
            shutil.rmtree(draft, ignore_errors=True)
            account.own(draft, 0o700)
            made = self._initdb(draft, account, binaries)
            if made.returncode == 0:
                break
            if attempt == 2:
                raise ServerProblem(
                    "PostgreSQL n'a pas pu créer la base : %(value)s",
                    values={"value": made.stderr.strip() or made.returncode},
                )
        try:
            draft.rename(data)  # over an empty folder at most; anything else is not ours to remove
        except OSError as error:
            raise ServerProblem(
                "%(data)s n'est pas une base et n'est pas vide : déplacez ce dossier.", values={"data": data}
            ) from error

    def _initdb(self, draft: Path, account: Account, binaries: Binaries) -> subprocess.CompletedProcess[str]:
        options = ["-T", "french", "--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        if self.settings.get("fsync") == "off":
            options.append("--no-sync")
        return subprocess.run(
            [binaries.folder / "initdb", "-D", draft, "-U", OWNER, *binaries.initdb_options, *options],
            env=CLEAN,
            cwd="/",
            check=False,
            capture_output=True,
            text=True,
            preexec_fn=dies_with_us(signal.SIGKILL),  # noqa: PLW1509 - no thread runs yet
            **account.drop,
        )

    def _access(self, account: Account) -> None:
        """Only the cluster's account and root open the socket, as one of our three accounts; no password, no TCP."""
        rules = {
            "pg_hba.conf": "local all all peer map=house\n",
            "pg_ident.conf": "".join(
                f"house {name} {role}\n" for name in names_let_in(account) for role in (OWNER, PAGES, TASKS)
            ),
        }
        for name, text in rules.items():
            file = self.place.data / name
            if file.read_text() != text:
                file.write_text(text)

    def _launch(self, account: Account, binaries: Binaries) -> None:
        self._access(account)
        for attempt in range(4):
            if cleared := clear(self.place.data):
                self.say(_("%(cleared)s processus orphelins de la base arrêtés", cleared=cleared))
            self._forget_the_dead()
            self._child = self._postgres(account, binaries)
            if self._wait():
                return
            # Shared memory of a killed server is released a moment after its last process.
            time.sleep(0.3 * (attempt + 1))
        self._child = None
        raise ServerProblem(
            "La base ne démarre pas : %(words)s (journal : %(log)s)",
            values={"words": self._last_words(), "log": self.place.log},
        )

    def _forget_the_dead(self) -> None:
        """Removes the note of a killed postmaster whose number still exists: a zombie not yet reaped, or a stranger."""
        if self._child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(5)
        note = self.place.data / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(note.read_text().splitlines()[0])
            if Path(f"/proc/{pid}").exists() and not is_postgres(pid):
                note.unlink()

    def _postgres(self, account: Account, binaries: Binaries) -> subprocess.Popen[bytes]:
        if self.place.log.exists() and self.place.log.stat().st_size > _LOG_LIMIT:
            self.place.log.replace(self.place.log.with_suffix(".log.1"))
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        with self.place.log.open("ab") as log:
            return subprocess.Popen(
                [binaries.folder / "postgres", "-D", self.place.data, "-k", self.place.socket, *options],
                env=CLEAN,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dies_with_us(),  # noqa: PLW1509 - no thread runs yet
                **account.drop,
            )

    def _wait(self) -> bool:
        """Waits for the child to answer, without limit: recovery takes what it takes. False if it ends."""
        child = self._child
        told = time.monotonic() + 5
        while child is not None and child.poll() is None:
            if self.answers():
                return True
            if time.monotonic() > told:
                self.say(_("la base se remet en état… %(words)s", words=self._last_words()))
                told = time.monotonic() + 10
            time.sleep(0.03)
        return False

    def _database(self) -> None:
        with self.connect() as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                connection.execute(f'create database "{DATABASE}"')

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, IndexError):
            return self.place.log.read_text(errors="replace").splitlines()[-1]
        return "aucun message"
