"""A token in every text of every table of the journey and of the accounts, each saying whose it is.

Made from the models: a column that is added tomorrow holds a token the same day. A row that hangs on a file says its
file; the rest says its table. What is not text of somebody (states, keys, codes of a list) is left as it is. Sealed
notes hold one under their seal, and the files of documents are made of one.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from ensemblier.journey.actions.notes import purpose_of
from ensemblier.journey.adapters import vault
from ensemblier.journey.models import Document, Note, Person
from ensemblier.kernel.orm.sealed import seal

APPS = ("journey", "accounts")
NOT_WORDS = {
    # what a program reads: a code of its own, a key, a hash, an address of the network
    "journey_consent": {"text_version"}, "journey_document": {"stored_as", "media_type"},
    "journey_calendarfeed": {"token_hash"}, "journey_planversion": {"text_hash", "steps"},
    "journey_synthesis": {"text_hash"}, "journey_signature": {"text_hash"}, "journey_relay": {"shown", "sent"},
    "journey_personquality": {"quality"}, "journey_journalentry": {"subject", "act"}, "journey_rometitle": {"code"},
    "journey_contentchange": {"table"}, "journey_refusedmove": {"refusal"}, "journey_reading": {"grid"},
    "accounts_user": {"password"}, "accounts_session": {"session_key", "session_data"},
    "accounts_membership": {"role"}, "accounts_convention": {"version"},
    "accounts_signedlink": {"token_key", "proof_key"}, "accounts_useridentity": {"issuer"},
    "accounts_personidentity": {"issuer"}, "accounts_invitation": {"roles"},
}  # fmt: skip
_TOKEN = re.compile(r"cn[0-9]{5}z")
Said = tuple[str, str, str]
"""Whose, which table, which column."""


class Canaries:
    """Every token that was planted, and what it says."""

    def __init__(self) -> None:
        self.known: dict[str, Said] = {}

    def token(self, owner: str, table: str, column: str) -> str:
        """A new token: letters and digits, so that no page changes it; short, so that it fits a telephone number."""
        made = f"cn{len(self.known):05d}z"
        self.known[made] = owner, table, column
        return made

    def said_in(self, text: str) -> set[Said]:
        """What the tokens of a text say."""
        return {self.known[found] for found in _TOKEN.findall(text) if found in self.known}

    def plant(self) -> int:
        """Tokens everywhere, whatever was there; returns how many columns hold some. Call with constraints off."""
        columns = 0
        for app in APPS:
            for model in apps.get_app_config(app).get_models():
                fields = list(text_columns(model))
                columns += len(fields)
                for row in model._default_manager.all().order_by("pk"):
                    self._write(row, fields)
        return columns

    def _write(self, row: Any, fields: Iterable["models.Field[Any, Any]"]) -> None:
        owner, table = owner_of(row), row._meta.db_table.split("_", 1)[1]
        values = {field.attname: self._value(field, row, (owner, table)) for field in fields}
        if isinstance(row, Note):
            values |= self._note(row, owner)
        if isinstance(row, Document) and row.deleted_at is None:
            values["stored_as"] = vault.put(self.token(owner, table, "content").encode())
        if values:
            type(row)._default_manager.filter(pk=row.pk).update(**values)

    def _note(self, row: Note, owner: str) -> dict[str, Any]:
        """A note says its kind: a private one is sealed, and its author's alone."""
        said = self.token(owner, "note", row.kind)
        if row.kind != "private":
            return {"body": said}
        return {"body": "", "sealed": seal(said.encode(), purpose=purpose_of(row.uid))}

    def _value(self, field: "models.Field[Any, Any]", row: Any, where: tuple[str, str]) -> Any:
        said, known = self.token(*where, str(field.column)), getattr(row, field.attname)
        if isinstance(field, models.JSONField):
            return _in_json(known, said)
        return f"{said}@exemple.fr" if isinstance(field, models.EmailField) else said


def owner_name(person_id: int) -> str:
    """How tokens call a file."""
    return f"f{person_id}"


def text_columns(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Columns that hold words: text without a list of choices, or JSON."""
    left = NOT_WORDS.get(model._meta.db_table, set())
    for field in model._meta.local_concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        if (getattr(field, "max_length", None) or 99) < 8:
            continue
        if is_text and not field.choices and not field.generated and not field.primary_key and field.name not in left:
            yield field


def _in_json(known: Any, said: str) -> Any:
    """The same shape, each text of it a token; "need" and the like keep their place."""
    if isinstance(known, dict):
        return {key: _in_json(value, said) for key, value in known.items()}
    if isinstance(known, list):
        return [_in_json(value, said) for value in known]
    return said if isinstance(known, str) and known else known


def owner_of(row: Any) -> str:
    """Whose file a row hangs on; "" of nobody: its table and its user then."""
    if isinstance(row, Person):
        return owner_name(row.pk)
    for column in ("person_id", "kept_id"):
        if getattr(row, column, None):
            return owner_name(getattr(row, column))
    for column, key in (("relay", "person_id"), ("episode", "person_id"), ("document", "person_id")):
        if getattr(row, f"{column}_id", None):
            return owner_name(getattr(getattr(row, column), key))
    for column in ("reading", "plan_version", "synthesis", "consent", "training"):
        if getattr(row, f"{column}_id", None):
            return owner_name(getattr(row, column).person_id)
    if row._meta.app_label == "accounts" and (account := _account(row)):
        return account
    return f"t{row.pk}" if isinstance(row.pk, int) else "t0"


def _account(row: Any) -> str:
    """How tokens call the account of a person, or of a professional; "" of neither."""
    if getattr(row, "person_account_id", None):
        return f"a{row.person_account_id}"
    number = row.pk if row._meta.db_table == "accounts_user" else getattr(row, "user_id", None)
    return f"u{number}" if number else ""
