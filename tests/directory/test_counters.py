"""Where each operator may be met is written by triggers: whatever happens, no counter is missing."""

import random
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import Counter, Network, NetworkMembership, Organisation, Permanence, Site
from tests.factories.directory import make_networks, make_organisation, make_permanence, make_site
from tests.factories.territory import BRIANCON, GAP

OF = {"mission-locale": "mission_locale", "apec": "apec", "france-travail": "france_travail"}


@pytest.fixture
def networks(db: None) -> None:
    make_networks()


def written() -> set[tuple[int, str]]:
    return set(Counter.objects.values_list("site_id", "role"))


def expected() -> set[tuple[int, str]]:
    """By hand, from the rows themselves."""
    roles = dict(Network.objects.exclude(role="").values_list("code", "role"))
    of: dict[int, set[str]] = {}
    for organisation, network in NetworkMembership.objects.values_list("organisation_id", "network_id"):
        of.setdefault(organisation, set()).update({roles[network]} if network in roles else set())
    placed = dict(Site.objects.filter(lat__isnull=False).values_list("id", "organisation_id"))
    found = {(site, role) for site, organisation in placed.items() for role in of.get(organisation, ())}
    for site, holder in Permanence.objects.values_list("site_id", "holder_id"):
        found |= {(site, role) for role in of.get(holder, ())} if site in placed else set()
    return found


def anything(draw: random.Random) -> None:
    """One change of the directory."""
    organisations, sites = list(Organisation.objects.order_by("id")), list(Site.objects.order_by("id"))
    one, place = draw.choice(organisations), draw.choice(sites)
    members, held = NetworkMembership.objects.order_by("id"), Permanence.objects.order_by("id")
    number = Site.objects.count() + Permanence.objects.count() + members.count()
    match draw.randrange(9):
        case 0:
            make_site(one, draw.choice((GAP, BRIANCON)), name=f"Lieu {number}")
        case 1:
            NetworkMembership.objects.get_or_create(
                organisation=one, network_id=draw.choice(sorted(OF)), valid_from=None
            )
        case 2:
            NetworkMembership.objects.filter(pk__in=[row.pk for row in members[:1]]).delete()
        case 3:
            make_permanence(one, place)
        case 4:
            held.filter(pk__in=[row.pk for row in held[:1]]).delete()
        case 5:
            Site.objects.filter(pk=place.pk).update(organisation=one)
        case 6:
            Site.objects.filter(pk=place.pk).update(lat=None, lon=None, position="unknown")
        case 7:
            Site.objects.filter(pk=place.pk).update(lat=44.5, lon=6.2)
        case _:
            held.filter(pk__in=[row.pk for row in held[:1]]).update(site=place, holder=one)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_the_counters_are_those_of_the_rows(networks: None, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311
    for index, code in enumerate(sorted(OF)):
        make_site(make_organisation(f"Structure {index}", network=code))
    seen: set[tuple[int, str]] = set()
    for _ in range(30):
        anything(draw)
        assert written() == expected()
        seen |= written()
    assert len(seen) > 3


@pytest.mark.parametrize("table", ["directory_site", "directory_networkmembership", "directory_permanence"])
def test_without_a_trigger_the_test_above_would_see_it(networks: None, table: str) -> None:
    """The seeded fault."""
    work = make_site(make_organisation("France Travail Gap", network="france-travail"))
    apec = make_organisation("Apec", network="apec")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"alter table {table} disable trigger user")
    if table == "directory_site":
        make_site(apec)
    elif table == "directory_permanence":
        make_permanence(apec, work)
    else:
        NetworkMembership.objects.create(organisation=work.organisation, network_id="mission-locale")
    assert written() != expected()


def test_a_network_that_changes_its_role_takes_its_counters_along(networks: None) -> None:
    work = make_site(make_organisation("Accueil", network="france-travail"))
    Network.objects.filter(code="france-travail").update(role="apec")
    assert (work.pk, "apec") in written() and written() == expected()


def test_every_operator_has_a_sphere_of_its_own(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select public.directory_layer(r) from unnest(%s::text[]) r", [[str(o) for o in Operator]])
        layers = sorted(row[0] for row in cursor.fetchall())
    assert all(after - before >= 10 for before, after in zip(layers, layers[1:], strict=False))
    assert len(layers) == len(Operator)


@pytest.fixture
def somebody_else(transactional_db: None) -> Iterator[psycopg.Connection]:
    given = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    where = {name: str(given[key]) for name, key in names.items() if given[key]}
    with psycopg.connect("", dbname=str(given["NAME"]), **where) as other:  # type: ignore[arg-type]  # words of libpq
        other.execute("set lock_timeout = '300ms'")
        yield other


def test_of_two_who_bring_one_half_each_the_second_waits(somebody_else: psycopg.Connection) -> None:
    """Or neither would see the other's half, and a counter would be missing."""
    make_networks()
    home = make_organisation("Mission jeunes 05")
    make_site(home, BRIANCON)  # so that the commune exists
    member = "insert into directory_networkmembership (organisation_id, network_id) values (%s, 'mission-locale')"
    somebody_else.execute("begin")
    somebody_else.execute(member, [home.pk])
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '300ms'")
        with pytest.raises(Exception, match="lock timeout|verrou"):
            make_site(home, BRIANCON, name="Annexe")
        cursor.execute("reset lock_timeout")
    somebody_else.commit()
    make_site(home, BRIANCON, name="Annexe")
    assert written() == expected() and len(written()) == 2
