"""A column that takes its values from a list refuses any other in the database: a page that reads it never fails."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import IntegrityError, models

from ensemblier.directory.models import Network, Permanence, Site
from tests.factories.directory import make_organisation, make_permanence, make_site


def unguarded(tables: Iterable[type[models.Model]]) -> set[str]:
    """ "Table.column" of the columns with choices that no CHECK keeps to them."""
    found = set()
    for table in tables:
        checks = [str(c.condition) for c in table._meta.constraints if isinstance(c, models.CheckConstraint)]
        found |= {
            f"{table.__name__}.{field.name}"
            for field in table._meta.get_fields()
            if getattr(field, "choices", None) and not any(f"('{field.name}__in'," in check for check in checks)
        }
    return found


def test_every_closed_list_is_kept_by_the_database() -> None:
    kept = tuple(
        f"ensemblier.{app}." for app in ("accounts", "animation", "directory", "kernel", "routing", "territory")
    )
    ours = [table for table in apps.get_models() if f"{table.__module__}.".startswith(kept)]
    assert unguarded(ours) == set()


def test_an_open_column_is_caught() -> None:
    class Loose(models.Model):
        state = models.CharField(max_length=9, choices=[("a", "a")])

        class Meta:
            app_label = "orm"

        def __str__(self) -> str:
            return self.state

    try:
        assert unguarded([Loose]) == {"Loose.state"}
    finally:
        del apps.all_models["orm"]["loose"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "column"),
    [(Site, "position"), (Permanence, "season"), (Permanence, "half_day"), (Network, "role"), (Network, "circle")],
)
def test_an_unknown_value_is_refused(table: type[models.Model], column: str) -> None:
    organisation = make_organisation(network="mission-locale")
    make_permanence(organisation, make_site(organisation))
    with pytest.raises(IntegrityError, match="_known"):
        table._default_manager.update(**{column: "zzz"})
