"""Writing the records of one kind, in bulk: what the source never said before is created, what it changed is changed.

Three values meet in a cell: what the source said last time, what it says now, what stands here. Only a difference
between the first two is written, so a correction made here stands until the source itself moves.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from ensemblier.directory.core.exchange.phones import international
from ensemblier.directory.core.exchange.records import Record, RecordKind
from ensemblier.directory.core.exchange.report import Outcome
from ensemblier.directory.models import ImportedRow, ImportRun, Source
from ensemblier.directory.sql.copy import insert_all
from ensemblier.kernel.orm.models import AuditRow

BULK = 500
OURS = "ensemblier--"
# Fields of a record that are not a column of the same name.
_NOT_COLUMNS = frozenset({"key", "organisation_key", "site_key", "parent_key", "networks", "communes", "departements"})
_COLUMN = {"updated_on": "source_updated_on", "commune_code": "commune_id"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a record is known by: the source that speaks and its identifier there."""

    source_id: int
    key: str


@dataclass(frozen=True, slots=True)
class Written:
    """A row after writing: its number in our table and what became of it."""

    row_id: int
    outcome: Outcome


Extras = Mapping[Identity, dict[str, Any]]
Author = tuple[int | None, str]
_NAMES: dict[Any, tuple[str, ...]] = {}


def payload_of(record: Record) -> dict[str, Any]:
    """The record as JSON values, without its key."""
    values = {name: getattr(record, name) for name in _names(type(record)) if name != "key"}
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def _names(kind: Any) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return _NAMES[kind]


def digest_of(payload: Mapping[str, Any]) -> str:
    """A fingerprint of the payload: 32 hexadecimal digits."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def columns_of(record: Record, names: Sequence[str] | None = None) -> dict[str, Any]:
    """Columns of the table for the record's fields (all, or only `names`)."""
    wanted = _names(type(record)) if names is None else names
    found: dict[str, Any] = {}
    for name in wanted:
        if name in _NOT_COLUMNS:
            continue
        value = getattr(record, name)
        if isinstance(value, tuple):
            value = list(value)
        if name == "commune_code":
            value = value or None
        found[_COLUMN.get(name, name)] = value
    return found


class Writer:
    """Writes records of one kind for one run. `extra` gives the columns that are looked up (owner, mask of days…)."""

    def __init__(self, kind: RecordKind, table: type[models.Model], run: ImportRun, actor: Author) -> None:
        self.kind = kind
        self.table: Any = table
        self.run = run
        self.actor = actor

    def known(self, identities: Sequence[Identity]) -> dict[Identity, ImportedRow]:
        """What is already known under these identities."""
        found: dict[Identity, ImportedRow] = {}
        by_source: dict[int, list[str]] = {}
        for one in identities:
            by_source.setdefault(one.source_id, []).append(one.key)
        for source_id, keys in by_source.items():
            rows = ImportedRow.objects.filter(source_id=source_id, kind=self.kind.value, key__in=keys).order_by("id")
            found.update({Identity(source_id, row.key): row for row in rows})
        return found

    def write(
        self,
        records: Mapping[Identity, Record],
        extras: Extras,
        sources: Mapping[int, Source],
    ) -> dict[Identity, Written]:
        """Write all, in bulk; the answer gives for each identity its row and what became of it."""
        known = self.known(list(records))
        new = {identity: record for identity, record in records.items() if identity not in known}
        adopted = self._adopt(new, sources)
        written: dict[Identity, Written] = {}
        changes: list[tuple[Identity, Record, ImportedRow, dict[str, Any]]] = []
        for identity, record in records.items():
            row = known.get(identity) or adopted.get(identity)
            if row is None:
                continue
            payload = payload_of(record)
            if row.digest == digest_of(payload):
                written[identity] = Written(row.row_id, Outcome.UNCHANGED)
            else:
                changes.append((identity, record, row, payload))
        written.update(self._change(changes, extras))
        fresh = {identity: record for identity, record in new.items() if identity not in adopted}
        written.update(self._create(fresh, extras, sources))
        return written

    def _create(
        self,
        records: Mapping[Identity, Record],
        extras: Extras,
        sources: Mapping[int, Source],
    ) -> dict[Identity, Written]:
        rows = [
            self.table(
                source_id=identity.source_id,
                is_fictitious=sources[identity.source_id].is_fictitious,
                **_uid_of(identity.key),
                **columns_of(record),
                **extras.get(identity, {}),
            )
            for identity, record in records.items()
        ]
        insert_all(rows)
        keys = [
            self._imported(identity, payload_of(record), row.pk)
            for (identity, record), row in zip(records.items(), rows, strict=True)
        ]
        insert_all(keys)
        return {identity: Written(row.pk, Outcome.ACCEPTED) for identity, row in zip(records, rows, strict=True)}

    def _imported(self, identity: Identity, payload: dict[str, Any], row_id: int) -> ImportedRow:
        return ImportedRow(
            source_id=identity.source_id,
            kind=self.kind.value,
            key=identity.key,
            row_id=row_id,
            digest=digest_of(payload),
            payload=payload,
            first_run=self.run,
            last_run=self.run,
        )

    def _adopt(self, new: Mapping[Identity, Record], sources: Mapping[int, Source]) -> dict[Identity, ImportedRow]:
        """Rows of ours that come back from an export under their public identifier: known from now on."""
        by_uid = {uid["uid"]: identity for identity in new if (uid := _uid_of(identity.key))}
        adopted: dict[Identity, ImportedRow] = {}
        for row in self.table.objects.filter(uid__in=list(by_uid)).order_by("id"):
            identity = by_uid[row.uid]
            if row.is_fictitious == sources[identity.source_id].is_fictitious:
                adopted[identity] = self._imported(identity, {}, row.pk)
        ImportedRow.objects.bulk_create(list(adopted.values()), batch_size=BULK)
        return adopted

    def _change(
        self,
        changes: Sequence[tuple[Identity, Record, ImportedRow, dict[str, Any]]],
        extras: Extras,
    ) -> dict[Identity, Written]:
        if not changes:
            return {}
        ids = [row.row_id for _identity, _record, row, _payload in changes]
        targets = self.table.objects.select_for_update(of=("self",)).in_bulk(ids)
        touched: dict[int, Any] = {}
        columns: set[str] = set()
        audits: list[AuditRow] = []
        outcomes: dict[Identity, Written] = {}
        for identity, record, row, payload in changes:
            names = [name for name, value in payload.items() if row.payload.get(name) != value]
            cells = columns_of(record, names) | extras.get(identity, {})
            target = targets.get(row.row_id)
            diff = _assign(target, cells) if target is not None else {}
            row.payload, row.digest, row.last_run = payload, digest_of(payload), self.run
            # Networks are written beside the row: their change is a change all the same.
            is_changed = bool(diff) or (bool(row.payload) and "networks" in names)
            outcomes[identity] = Written(row.row_id, Outcome.CHANGED if is_changed else Outcome.UNCHANGED)
            if target is not None and diff:
                target.version += 1
                target.updated_at = self.run.at
                touched[target.pk] = target
                columns.update(diff)
                audits.append(self._audit(row.row_id, diff))
        if touched:
            self.table.objects.bulk_update(
                list(touched.values()), sorted(columns | {"version", "updated_at"}), batch_size=BULK
            )
        AuditRow.objects.bulk_create(audits, batch_size=BULK)
        ImportedRow.objects.bulk_update([row for _i, _r, row, _p in changes], ["payload", "digest", "last_run"], BULK)
        return outcomes

    def _audit(self, row_id: int, diff: dict[str, list[Any]]) -> AuditRow:
        return AuditRow(
            actor_id=self.actor[0],
            actor_label=self.actor[1],
            table=self.table._meta.label_lower,
            row_id=str(row_id),
            verb="import",
            changes={name: [_json(before), _json(after)] for name, (before, after) in diff.items()},
        )


def _uid_of(key: str) -> dict[str, UUID]:
    if not key.startswith(OURS):
        return {}
    try:
        return {"uid": UUID(key.removeprefix(OURS))}
    except ValueError:
        return {}


def _assign(target: Any, cells: Mapping[str, Any]) -> dict[str, list[Any]]:
    diff: dict[str, list[Any]] = {}
    for name, value in cells.items():
        before = getattr(target, name)
        if name == "phone" and before and international(before) == international(value):
            continue  # the same number, written otherwise
        if before != value:
            setattr(target, name, value)
            diff[name] = [before, value]
    return diff


def _json(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool | list) else str(value)
