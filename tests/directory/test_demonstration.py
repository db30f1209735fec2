"""The demonstration says that it is fictitious everywhere, comes twice without a change, and leaves nothing behind."""

import re
from typing import Any

import pytest
from django.forms.models import model_to_dict

from ensemblier.directory.actions.demonstration import load_demonstration, remove_demonstration
from ensemblier.directory.adapters import demonstration as written
from ensemblier.directory.models import Contact, Offer, Organisation, Permanence, RegionalDesk, Site, Sourced
from ensemblier.directory.queries.demonstration import is_loaded, was_ever_loaded
from ensemblier.kernel.errors import NotFound, RuleViolated
from tests.factories.demonstration import TODAY, make_demonstration

TABLES: tuple[type[Sourced], ...] = (Organisation, Site, Offer, Permanence, Contact)
# Arcep, plan national de numérotation: ranges kept for audiovisual works, here the south-east.
FICTION = re.compile(r"^04 65 71 \d\d \d\d$")


def everything() -> list[dict[str, Any]]:
    """Every row of the demonstration's tables, by table and identifier."""
    return [model_to_dict(row) | {"uid": row.uid} for table in TABLES for row in table._default_manager.order_by("uid")]


def test_names_numbers_and_addresses_are_fictitious() -> None:
    sections = written.read()
    for row in sections["organisations"] + sections["sites"] + sections["offers"]:
        assert "ficti" in row["name"].lower(), row["name"]
    for row in sections["organisations"] + sections["sites"] + sections["contacts"] + [sections["desk"]]:
        assert FICTION.match(row["phone"]), row
    for row in sections["contacts"]:
        assert row["email"].endswith("@example.org") and row["name"].endswith(" Exemple")


@pytest.mark.django_db
def test_all_five_operators_stand_there_and_every_row_is_marked() -> None:
    make_demonstration()
    assert set(Organisation.objects.values_list("network_memberships__network__role", flat=True)) >= {
        "france_travail", "mission_locale", "cap_emploi", "apec", "regional_operator",
    }  # fmt: skip
    for table in TABLES:
        assert table._default_manager.exists()
        assert not table._default_manager.filter(is_fictitious=False).exists()
    assert RegionalDesk.objects.get().is_fictitious


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_local_change_is_taken_back() -> None:
    make_demonstration()
    before = everything()
    load_demonstration(today=TODAY)
    assert everything() == before
    Site.objects.update(name="autre")
    assert everything() != before
    load_demonstration(today=TODAY)
    assert everything() == before


@pytest.mark.django_db
def test_removing_leaves_the_memory_that_it_was_there() -> None:
    assert not was_ever_loaded()
    make_demonstration()
    assert is_loaded()
    removed = remove_demonstration()
    assert removed.organisations == 14
    assert everything() == []
    assert not is_loaded() and was_ever_loaded()


@pytest.mark.django_db
def test_real_rows_that_lean_on_it_are_not_taken_away() -> None:
    make_demonstration()
    real = Organisation.objects.create(name="Structure réelle")
    site = Site.objects.order_by("uid")[0]
    Permanence.objects.create(holder=real, site=site, rrule="FREQ=WEEKLY;BYDAY=MO", first_day=TODAY, half_day="morning")
    with pytest.raises(RuleViolated, match="permanences"):
        remove_demonstration()
    assert Organisation.objects.filter(name="Structure réelle").exists()


@pytest.mark.django_db
def test_without_communes_it_says_what_to_do_and_stores_nothing() -> None:
    with pytest.raises(NotFound, match="territory load"):
        load_demonstration(today=TODAY)
    assert not was_ever_loaded()
