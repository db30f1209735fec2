"""Why a door was shown to somebody: what `routing` said that day, kept with the relay. The past is never recomputed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ensemblier.routing.core.answer import Level
from ensemblier.routing.core.orientation import Door


@dataclass(frozen=True, slots=True)
class Why:
    """One rule that opened a door. `fr`, `en`: whole sentences for the person; `reference`: the article, in words."""

    rule: str
    fr: str
    en: str
    reference: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeptDoor:
    """One door as it was explained. `organisations`: the structures that stood behind it, by number; None when the
    relay was written before they were kept (the operator of the structure then says)."""

    operator: str
    is_express: bool
    why: tuple[Why, ...]
    organisations: frozenset[int] | None
    rules: tuple[str, ...] = ()

    @property
    def stored(self) -> dict[str, Any]:
        """As the relay keeps it."""
        return {
            "operator": self.operator,
            "level": "express" if self.is_express else "possible",
            "rules": list(self.rules),
            "organisations": sorted(self.organisations or ()),
            "why": [
                {"rule": one.rule, "fr": one.fr, "en": one.en, "reference": one.reference, "url": one.url}
                for one in self.why
            ],
        }


def kept_door(door: Door, numbers: Mapping[UUID, int]) -> KeptDoor:
    """A door as `routing` explains it now. `numbers`: the structures that the relay offers, by identifier."""
    behind = (numbers.get(site.organisation_uid) for site in door.sites)
    return KeptDoor(
        operator=door.operator.value,
        is_express=door.level is Level.EXPRESS,
        why=tuple(Why(r.rule_id, r.plain_fr, r.plain_en, r.reference, r.source_url) for r in door.because),
        organisations=frozenset(number for number in behind if number is not None),
        rules=tuple(r.rule_id for r in door.because),
    )


def kept_doors(routing: Mapping[str, Any]) -> tuple[KeptDoor, ...]:
    """The doors of a relay, whatever an older version kept beside."""
    return tuple(_door(each) for each in routing.get("doors", ()) if isinstance(each, Mapping))


def _door(kept: Mapping[str, Any]) -> KeptDoor:
    behind = kept.get("organisations")
    said = kept.get("why", ())
    return KeptDoor(
        operator=str(kept.get("operator", "")),
        is_express=kept.get("level") == "express",
        why=tuple(_why(one) for one in said if isinstance(one, Mapping)),
        organisations=None if behind is None else frozenset(int(number) for number in behind),
        rules=tuple(str(each) for each in kept.get("rules", ())),
    )


def _why(kept: Mapping[str, Any]) -> Why:
    return Why(**{name: str(kept.get(name, "")) for name in ("rule", "fr", "en", "reference", "url")})


def door_of(doors: Iterable[KeptDoor], organisation: int, operators: Collection[str] = ()) -> KeptDoor | None:
    """The door behind which a structure stood: by its number, else by an operator that it is (none for a partner)."""
    rows = list(doors)
    for door in rows:
        if door.organisations is not None and organisation in door.organisations:
            return door
    return next((door for door in rows if door.organisations is None and door.operator in operators), None)
