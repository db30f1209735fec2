"""Why a door was shown: kept with the relay as it was said, and found again by structure, else by operator."""

import json

import pytest

from ensemblier.journey.core.explained import KeptDoor, Why, door_of, kept_doors

YOUNG = Why("ML-JEUNE", "Vous avez moins de 26 ans.", "You are under 26.", "Code du travail, L5314-2", "https://x.fr")
MISSION = KeptDoor("mission_locale", True, (YOUNG,), frozenset({7, 9}), ("ML-JEUNE",))
TRAVAIL = KeptDoor("france_travail", False, (), frozenset({3}), ("FT-TOUS",))
OLD = {"operator": "apec", "level": "express", "rules": ["AP-CADRE"]}


def test_what_is_kept_comes_back_as_it_was_said() -> None:
    kept = json.loads(json.dumps({"on": "2026-11-23", "doors": [MISSION.stored, TRAVAIL.stored]}))
    assert kept_doors(kept) == (MISSION, TRAVAIL)


@pytest.mark.parametrize(
    ("organisation", "operator", "found"),
    [
        (7, set(), MISSION),
        (9, {"france_travail"}, MISSION),
        (3, {"mission_locale"}, TRAVAIL),
        (4, {"mission_locale"}, None),  # a structure that stood behind no door has no reason, whatever its operator
        (4, set(), None),
    ],
)
def test_a_structure_finds_its_door_by_its_number(
    organisation: int, operator: set[str], found: KeptDoor | None
) -> None:
    assert door_of((MISSION, TRAVAIL), organisation, operator) == found


def test_a_door_kept_without_structures_is_found_by_operator() -> None:
    (old,) = kept_doors({"doors": [OLD]})
    assert (old.organisations, old.rules, old.is_express) == (None, ("AP-CADRE",), True)
    assert door_of([old], 5, {"apec", "cap_emploi"}) == old
    assert door_of([old], 5) is None
    assert door_of([old], 5, {"cap_emploi"}) is None


@pytest.mark.parametrize("kept", [{}, {"doors": []}, {"doors": ["apec"]}, {"offered": [1]}])
def test_a_relay_that_kept_no_door_explains_none(kept: dict[str, object]) -> None:
    assert kept_doors(kept) == ()
