"""The words in which `locks.py` says which rows of a table pages may read and write. See docs/algorithms/access.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

WEB, WORKER, ACCESS, JOURNAL = "ensemblier_web", "ensemblier_worker", "access_owner", "journal_owner"
TRACE, CLERK = "trace_owner", "ensemblier_clerk"
FILES = "(select journey_files())::bigint[]"
ALL = "select, insert, update, delete"


class Herself(Enum):
    """What the person does, in her space, with the rows of a table about her."""

    NOTHING = "nothing"
    READS = "reads"
    WRITES = "writes"


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy, as PostgreSQL takes it."""

    name: str
    role: str
    command: str
    using: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class TableLock:
    """The rights of the roles on a table, and its policies. The worker's own are added when `has_worker`."""

    table: str
    policies: tuple[Policy, ...]
    rights: Mapping[str, str] = field(default_factory=lambda: {WEB: ALL, WORKER: ALL})


def everything(role: str, command: str = "all") -> Policy:
    """Every row, for a role of ours that is no page."""
    using = "" if command == "insert" else "true"
    check = "true" if command in ("all", "insert", "update") else ""
    return Policy(f"{role}_{command}", role, command, using, check)


def rows(table: str, *, read: str, write: str | None = None, insert: str | None = None) -> TableLock:
    """A table whose rows a page reads where `read` holds, adds where `insert` does (default: as `write`) and changes or
    takes away where `write` does (None: never). A lock FOR SHARE or FOR UPDATE asks for `write` too.
    """
    found = [Policy("web_read", WEB, "select", using=read), everything(WORKER)]
    rights = ["select"]
    if insert or write:
        found.append(Policy("web_insert", WEB, "insert", check=insert or write or ""))
        rights.append("insert")
    if write:
        found.append(Policy("web_update", WEB, "update", using=write, check=write))
        found.append(Policy("web_delete", WEB, "delete", using=write))
        rights += ["update", "delete"]
    return TableLock(table, tuple(found), {WEB: ", ".join(rights), WORKER: ALL})


def own_file(
    table: str,
    column: str = "person_id",
    *,
    category: str = "",
    sensitive: str = "",
    herself: Herself = Herself.READS,
) -> TableLock:
    """A table of a file. `category`: what a joint accompaniment must share for it to be read there ("" : never shared);
    `sensitive`: a column that, when true, asks for the category health besides."""
    files = f"{column} = any ({FILES})"
    read = [files]
    if category:
        shared = f"{column} = any ((select journey_shared('{category}'))::bigint[])"
        if sensitive:
            shared += f" and (not {sensitive} or {column} = any ((select journey_shared('health'))::bigint[]))"
        read.append(f"({shared})")
    if herself is not Herself.NOTHING:
        read.append(f"{column} = journey_person()")
    write = f"{files} or {column} = journey_person()" if herself is Herself.WRITES else files
    return rows(table, read=" or ".join(read), write=write)


def through(table: str, column: str, parent: str, *, writes: bool = True) -> TableLock:
    """A table whose rows hang on those of another: read and added by who reads that one; changed too if `writes`."""
    seen = f"exists (select 1 from {parent} parent where parent.id = {table}.{column})"
    return rows(table, read=seen, write=seen if writes else None, insert=seen)


def also(lock: TableLock, role: str, rights: str) -> TableLock:
    """The lock with every row open to a role of ours besides, for those commands (`access_owner`, `trace_owner`)."""
    commands = [right.split("(")[0].strip() for right in rights.split(", ")]
    policies = tuple(everything(role, command) for command in commands)
    return TableLock(lock.table, (*lock.policies, *policies), {**lock.rights, role: rights})
