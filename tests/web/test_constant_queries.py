"""The SQL of the main pages, of an orientation and of an audit: under a snapshot, the same from 10 to 10,000 rows."""

import random
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from syrupy.assertion import SnapshotAssertion

from ensemblier.directory.core.states import PermanenceState
from ensemblier.directory.models import (
    CallbackRequest,
    Contact,
    NetworkMembership,
    Offer,
    Organisation,
    Permanence,
    Site,
    Suggestion,
)
from ensemblier.kernel.orm.sql import analyze
from ensemblier.routing.core.facts import PersonFacts, Purpose, Quality, Status
from ensemblier.routing.queries.coverage import coverage
from ensemblier.routing.queries.orientation import orient
from ensemblier.territory.queries.communes import commune
from tests.factories.directory import OFFICE_HOURS
from tests.factories.territory import GAP
from tests.sql_shape import sql_of
from tests.web.world import World, make_world

ON = date(2026, 11, 22)
FEW, MANY = 10, 10_000
SEEKER = PersonFacts(
    born=date(1985, 1, 1),
    statuses=frozenset({Status.JOBSEEKER}),
    qualities=dict.fromkeys(Quality, False),
    purpose=Purpose.NONE,
)
ANSWER = {"commune": "Gap", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}
_UID = re.compile(r"[0-9a-f-]{36}")


def grow(world: World, start: int, end: int) -> None:
    """Rows `start` to `end` of each table that a page lists, half of them of Bruno's own organisation, all in Gap."""
    numbers, chance = range(start, end), random.Random(start)  # noqa: S311 - places, not secrets
    organisations = Organisation.objects.bulk_create(Organisation(name=f"Structure {n}") for n in numbers)
    holders = [world.mission if number % 2 else one for number, one in zip(numbers, organisations, strict=True)]
    NetworkMembership.objects.bulk_create(
        NetworkMembership(organisation=one, network_id="mission-locale") for one in organisations
    )
    sites = Site.objects.bulk_create(
        Site(
            organisation=holder,
            name=f"Lieu {number}",
            commune_id=GAP.code,
            lat=chance.uniform(44.5, 44.6),
            lon=chance.uniform(6.0, 6.1),
            position="exact",
            hours_osm=OFFICE_HOURS,
        )
        for number, holder in zip(numbers, holders, strict=True)
    )
    fill(sites)
    Suggestion.objects.bulk_create(
        Suggestion(
            organisation=world.mission, table="directory.site", row_uid=site.uid, row_label=site.name, author_label="x"
        )
        for site in sites
    )
    CallbackRequest.objects.bulk_create(
        CallbackRequest(phone="+33492000002", commune_id=GAP.code, organisation=world.mission) for _number in numbers
    )
    analyze(*(table._meta.db_table for table in (Organisation, NetworkMembership, Site, Offer, Contact, Permanence)))


def fill(sites: list[Site]) -> None:
    """An offer, an interlocutor and a permanence in each of these places."""
    Offer.objects.bulk_create(
        Offer(organisation_id=site.organisation_id, site=site, name=f"Offre {site.pk}") for site in sites
    )
    Contact.objects.bulk_create(
        Contact(organisation_id=site.organisation_id, site=site, name=f"Alix {site.pk}", phone="+33492000001")
        for site in sites
    )
    Permanence.objects.bulk_create(
        Permanence(
            holder_id=site.organisation_id,
            site=site,
            rrule="FREQ=WEEKLY;BYDAY=TU",
            first_day=date(2026, 1, 6),
            half_day="morning",
            state=PermanenceState.PUBLISHED.value if site.pk % 2 else PermanenceState.DRAFT.value,
        )
        for site in sites
    )


def pages(world: World) -> dict[str, Callable[[], object]]:
    """What is read, by its name: pages of everybody, of Bruno, the interface, the two big questions."""
    everybody, bruno = world.client(), world.client(world.bruno)
    place = commune(GAP.code, on=ON)

    def get(client: Client, path: str) -> Callable[[], object]:
        def read() -> None:
            response = client.get(path)
            assert response.status_code == 200, path
            assert response.content

        return read

    def answer() -> None:
        assert everybody.post("/reponse/", ANSWER).status_code == 200

    public = (
        "/", "/regles/", "/reseaux/", "/lieux/?q=lieu", "/communes/05061/", f"/structures/{world.mission.uid}/",
        f"/lieux/{world.site.uid}/", "/territoires/departement/05/", "/territoires/departement/05/couverture/",
        "/api/v1/directory?q=lieu", "/api/v1/sites/near?commune=05061", "/api/v1/offers/near?commune=05061",
        "/api/v1/organisations", "/api/v1/coverage/departement/05", "/api/v1/hsds/services",
    )  # fmt: skip
    own = ("?q=alix&near=gap", "a-revoir/", "corrections/", "rappels/", "permanences/", "doublons/", "accords/")
    return (
        {
            path.replace(str(world.mission.uid), "…").replace(str(world.site.uid), "…"): get(everybody, path)
            for path in public
        }
        | {f"/pro/{path}": get(bruno, f"/pro/{path}") for path in own}
        | {
            "/reponse/": answer,
            "orient": lambda: orient(SEEKER, on=ON, commune=place, day=ON),
            "coverage": lambda: coverage(on=ON, kind="departement", code="05"),
        }
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_the_sql_is_the_same_for_ten_rows_and_for_ten_thousand(snapshot: SnapshotAssertion) -> None:
    world = make_world()
    reads = pages(world)
    grow(world, 0, FEW)
    for read in reads.values():
        read()  # what is kept in memory for the whole process is kept now
    few = {name: sql_of(read) for name, read in reads.items()}
    grow(world, FEW, MANY)
    assert {name: sql_of(read) for name, read in reads.items()} == few
    assert few == snapshot
