"""Persons for the proofs: every boundary value of every answer, drawn or in a grid."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import strategies as st

from ensemblier.routing.core.birthdays import birth_limit
from ensemblier.routing.core.facts import AgeBand, PersonFacts, Purpose, Quality, Status

DAYS = [
    date(2014, 12, 31),
    date(2015, 1, 1),
    date(2016, 2, 29),
    date(2018, 12, 31),
    date(2019, 1, 1),
    date(2019, 10, 31),
    date(2019, 11, 1),
    date(2019, 12, 31),
    date(2020, 1, 1),
    date(2020, 2, 29),
    date(2020, 3, 1),
    date(2022, 3, 1),
    date(2023, 9, 1),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2025, 1, 1),
    date(2026, 11, 22),
    date(2027, 1, 1),
]
PLACES = [
    ("93", "05"),
    ("03", "973"),
    ("04", "974"),
    ("975", "975"),
    ("988", "988"),
    (None, None),
    ("93", None),
    (None, "05"),
]


def births(on: date) -> list[date | None]:
    """Birth dates on both sides of every age that a rule names, and 29 February."""
    limits = [birth_limit(years, on) for years in (16, 26, 30)]
    around = [day for limit in limits for day in (limit, date.fromordinal(limit.toordinal() + 1))]
    return [*around, date(2000, 2, 29), date(1950, 6, 1), None]


@st.composite
def people(draw: st.DrawFn, on: date) -> PersonFacts:
    """Any person at all, on the day `on`: several statuses, unknowns, contradictions, boundary ages."""
    region, departement = draw(st.sampled_from(PLACES))
    return PersonFacts(
        born=draw(st.sampled_from([b for b in births(on) if b is None or b <= on])),
        age_band=draw(st.sampled_from([None, *AgeBand])),
        statuses=draw(st.none() | st.frozensets(st.sampled_from(Status), max_size=4)),
        qualities=draw(st.dictionaries(st.sampled_from(Quality), st.sampled_from([True, False, None]))),
        purpose=draw(st.sampled_from([None, *Purpose])),
        region_code=region,
        departement_code=departement,
        commune_code=draw(st.sampled_from([None, "05061", "13055"])),
        recorded_doors=draw(st.sampled_from([None, frozenset(), frozenset({"guichet_saisonnier"})])),
    )


def grid(on: date) -> Iterator[PersonFacts]:
    """Every combination of a status (none, unknown too), each quality alone (yes, unknown), purpose, side of an age."""
    statuses: list[frozenset[Status] | None] = [None, frozenset(), *(frozenset({status}) for status in Status)]
    statuses.append(frozenset({Status.STUDENT, Status.JOBSEEKER}))
    no: dict[Quality, bool | None] = dict.fromkeys(Quality, False)
    qualities = [no, {}, *({**no, q: answer} for q in Quality for answer in (True, None))]
    for place, (held, known) in enumerate(product(statuses, qualities)):
        for purpose, born in product([None, *Purpose], births(on)):
            region, departement = PLACES[place % len(PLACES)]
            yield PersonFacts(born, None, held, known, purpose, region, departement)
