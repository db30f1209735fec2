"""What a linter of imports cannot see of the floors: foreign keys, and the picture in ARCHITECTURE.md."""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.house import ROOT, floors, height


def app_of(model: type[models.Model]) -> str | None:
    """The app of ours that owns the table; None for a table of Django's."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "ensemblier" else None


def upward_keys(tables: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys that leave their app without going down a floor."""
    faults = []
    for table in tables:
        own = app_of(table) or table._meta.app_label
        for field in [*table._meta.local_fields, *table._meta.local_many_to_many]:
            target = field.remote_field.model if field.remote_field else None
            if target is None or not isinstance(target, type):
                continue
            other = app_of(target)
            if other != own and (other is None or height(other) >= height(own)):
                faults.append(f"{table.__name__}.{field.name} -> {target.__name__} ({other or 'outside'})")
    return faults


def test_foreign_keys_only_go_down() -> None:
    assert upward_keys(model for model in apps.get_models(include_auto_created=True) if app_of(model)) == []


@isolate_apps("ensemblier.directory", "ensemblier.accounts")
def test_a_key_from_the_directory_up_to_a_user_is_caught() -> None:
    from ensemblier.accounts.models import User

    class Thing(models.Model):
        __module__ = "ensemblier.directory.models"
        owner = models.ForeignKey(User, on_delete=models.PROTECT)

        class Meta:
            app_label = "directory"

    assert settings.AUTH_USER_MODEL == "accounts.User"
    assert upward_keys([Thing]) == ["Thing.owner -> User (accounts)"]


def drawn_floors(page: str) -> list[list[str]]:
    """Floors drawn in ARCHITECTURE.md: lines `name | name` of its first indented block that the contract knows."""
    known = {name for names in floors() for name in names}
    block = page.split("```")[1]
    drawn = [re.findall(r"\b[a-z_]+\b", line) for line in block.splitlines()]
    return [[name for name in line if name in known] for line in drawn if any(name in known for name in line)]


def test_the_picture_is_the_contract() -> None:
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text()
    inside = [names for names in floors() if "wsgi" not in names]
    assert drawn_floors(page) == inside


@pytest.mark.parametrize("seeded", ["```\nweb | api\nkernel\n```", "```\nkernel\nweb | api | cli\n```"])
def test_a_picture_that_differs_is_caught(seeded: str) -> None:
    assert drawn_floors(seeded) != [names for names in floors() if "wsgi" not in names]
