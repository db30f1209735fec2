"""The orientation with its places, and the audit of coverage, on rows that a reader can hold in the head."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.routing.core.answer import Level
from ensemblier.routing.core.coverage import Reach
from ensemblier.routing.core.facts import PersonFacts, Purpose, Quality, Status
from ensemblier.routing.core.orientation import Orientation
from ensemblier.routing.queries.coverage import coverage
from ensemblier.routing.queries.orientation import orient
from ensemblier.territory.models import TravelTime
from ensemblier.territory.queries.communes import commune
from tests.factories.directory import make_desk, make_organisation, make_permanence, make_site
from tests.factories.routing import make_agreement
from tests.factories.territory import (
    ARGENTIERE,
    BRIANCON,
    GAP,
    GRENOBLE,
    SAINT_DENIS_REUNION,
    Place,
    make_commune,
    make_places,
)

ON = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def person(*statuses: Status, yes: tuple[Quality, ...] = (), purpose: Purpose = Purpose.NONE) -> PersonFacts:
    return PersonFacts(
        born=date(1985, 1, 1),
        statuses=frozenset(statuses),
        qualities={quality: quality in yes for quality in Quality},
        purpose=purpose,
    )


def asked(facts: PersonFacts, *, on: date = ON, day: date = ON, code: str = "05061") -> Orientation:
    return orient(facts, on=on, commune=commune(code, on=on), day=day)


def test_doors_come_with_their_nearest_counters_and_the_regional_desk() -> None:
    make_places()
    make_desk("93")
    for network, place in (("france-travail", GAP), ("france-travail", BRIANCON), ("cap-emploi", GRENOBLE)):
        make_site(make_organisation(f"{network} {place.name}", network=network), place)
    found = asked(person(Status.JOBSEEKER, yes=(Quality.DISABLED,)))
    assert [door.operator for door in found.doors] == [Operator.FRANCE_TRAVAIL, Operator.CAP_EMPLOI]
    assert [site.city for site in found.doors[0].sites] == ["Gap", "Briançon"]
    assert found.desk is not None and found.desk.phone == "+33800000000"


def test_an_operator_without_a_recorded_counter_is_not_always_last() -> None:
    """Cap emploi has no site here; over forty days it comes first about half of the time."""
    make_places()
    make_site(make_organisation("Agence", network="france-travail"), GAP)
    facts = person(Status.JOBSEEKER, yes=(Quality.DISABLED,))
    firsts = [asked(facts, day=ON + timedelta(days=d)).doors[0].operator for d in range(40)]
    assert {Operator.CAP_EMPLOI, Operator.FRANCE_TRAVAIL} == set(firsts)


def test_an_employee_of_la_reunion_waits_for_march_2020() -> None:
    make_commune(SAINT_DENIS_REUNION)
    facts = person(Status.EMPLOYEE_PRIVATE)
    assert asked(facts, on=date(2020, 2, 29), code="97411").unassigned
    found = asked(facts, on=date(2020, 3, 1), code="97411")
    assert found.doors[0].operator is Operator.REGIONAL_OPERATOR and not found.unassigned


def test_a_seasonal_desk_shows_where_one_is_recorded_only() -> None:
    make_places()
    facts = person(Status.JOBSEEKER, yes=(Quality.SEASONAL,))
    assert asked(facts).other_doors == ()
    make_site(make_organisation("Maison des saisonniers", network="maison-des-saisonniers"), GAP)
    assert [door.key for door in asked(facts).other_doors] == ["guichet_saisonnier"]
    assert asked(facts, code="05023").other_doors == ()


def test_a_fictitious_desk_is_no_answer() -> None:
    make_places()
    desk = make_organisation("Guichet fictif", network="maison-des-saisonniers", is_fictitious=True)
    make_site(desk, GAP)
    assert asked(person(Status.JOBSEEKER, yes=(Quality.SEASONAL,))).other_doors == ()


def test_an_agreement_in_force_shares_out_a_public_and_says_so() -> None:
    make_places()
    facts = person(Status.PAID_TRAINEE)
    assert asked(facts).unassigned
    parties = [make_organisation("A", network="france-travail"), make_organisation("B", network="cap-emploi")]
    make_agreement(parties)
    found = asked(facts)
    door = next(d for d in found.doors if d.operator is Operator.REGIONAL_OPERATOR)
    assert not found.unassigned and door.level is Level.POSSIBLE
    assert any(reason.is_agreement and "bassin gapençais" in reason.reference for reason in door.because)
    assert found.agreements and "accord entre les acteurs" in found.agreements[0].plain_fr
    assert asked(facts, code="05023").unassigned  # outside its perimeter
    assert asked(facts, on=date(2025, 12, 31)).unassigned  # before its first day


def test_an_agreement_not_signed_by_all_changes_nothing() -> None:
    make_places()
    parties = [make_organisation("A", network="france-travail"), make_organisation("B", network="cap-emploi")]
    make_agreement(parties, signed=False)
    assert asked(person(Status.PAID_TRAINEE)).unassigned


def test_queries_do_not_grow_with_the_directory() -> None:
    make_places()
    facts = person(Status.JOBSEEKER, yes=(Quality.DISABLED, Quality.CADRE))
    counts = []
    for size in (1, 12):
        for number in range(size):
            make_site(make_organisation(f"Agence {size}-{number}", network="france-travail"), GAP)
        place = commune("05061", on=ON)
        with CaptureQueriesContext(connection) as queries:
            orient(facts, on=ON, commune=place, day=ON)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_an_impossible_birth_date_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="naissance"):
        orient(PersonFacts(born=date(2030, 1, 1)), on=ON, commune=None, day=ON)


def cell(code: str, operator: Operator, **options: object) -> tuple[Reach, float | None]:
    audit = coverage(on=ON, kind="departement", code="05", **options)  # type: ignore[arg-type]
    found = next(c for c in audit.cells if c.commune.code == code and c.operator is operator)
    return found.reach, found.minutes


def test_coverage_tells_a_site_a_permanence_a_perimeter_and_a_gap() -> None:
    make_places(GAP, BRIANCON, ARGENTIERE, GRENOBLE)
    agency = make_organisation("Agence de Gap", network="france-travail")
    make_site(agency, GAP)
    assert cell("05061", Operator.FRANCE_TRAVAIL) == (Reach.SITE, 0.0)
    reach, minutes = cell("05023", Operator.FRANCE_TRAVAIL)
    assert reach is Reach.GAP and minutes is not None and 60 < minutes < 110
    host = make_site(make_organisation("France services"), BRIANCON)
    make_permanence(agency, host)
    assert cell("05023", Operator.FRANCE_TRAVAIL)[0] is Reach.PERMANENCE
    assert cell("05006", Operator.FRANCE_TRAVAIL, minutes=30)[0] is Reach.PERMANENCE
    assert cell("05006", Operator.FRANCE_TRAVAIL, minutes=15)[0] is Reach.GAP


def test_coverage_believes_an_imported_time_before_the_model_and_says_so() -> None:
    make_places(GAP, BRIANCON, ARGENTIERE, GRENOBLE)
    make_site(make_organisation("Agence de Gap", network="france-travail"), GAP)
    modelled = coverage(on=ON, kind="departement", code="05")
    assert "matrice" not in modelled.method
    assert cell("05023", Operator.FRANCE_TRAVAIL)[0] is Reach.GAP
    TravelTime.objects.create(origin_id="05023", destination_id="05061", minutes=28)
    assert cell("05023", Operator.FRANCE_TRAVAIL) == (Reach.SITE, 28.0)
    audit = coverage(on=ON, kind="departement", code="05")
    measured = {c.commune.code for c in audit.cells if c.operator is Operator.FRANCE_TRAVAIL and c.is_measured}
    assert measured == {"05023"}
    assert "matrice importée" in audit.method


def test_coverage_does_not_call_gap_what_the_directory_ignores() -> None:
    make_places(GAP, BRIANCON)
    make_site(make_organisation("Agence de Gap", network="france-travail"), GAP)
    assert cell("05023", Operator.CAP_EMPLOI)[0] is Reach.NOT_RECORDED
    audit = coverage(on=ON, kind="departement", code="05")
    assert {missing.operator for missing in audit.without_permanence} == set(Operator)
    assert [m.has_site for m in audit.without_permanence if m.operator is Operator.FRANCE_TRAVAIL] == [True]


def test_two_organisations_serving_a_commune_are_an_overlap() -> None:
    from ensemblier.directory.models import InterventionPerimeter
    from tests.factories.routing import make_perimeter

    make_places(GAP, BRIANCON)
    perimeter = make_perimeter(BRIANCON)
    for name in ("Mission locale A", "Mission locale B"):
        organisation = make_organisation(name, network="mission-locale")
        InterventionPerimeter.objects.create(organisation=organisation, perimeter=perimeter)
    audit = coverage(on=ON, kind="departement", code="05")
    assert [(c.commune.code, c.served_by) for c in audit.overlaps] == [
        ("05023", ("Mission locale A", "Mission locale B"))
    ]
    assert cell("05023", Operator.MISSION_LOCALE)[0] is Reach.SERVED


def test_demonstration_counters_are_audited_apart() -> None:
    make_places(GAP)
    make_site(make_organisation("Agence fictive", network="france-travail", is_fictitious=True), GAP)
    assert cell("05061", Operator.FRANCE_TRAVAIL)[0] is Reach.NOT_RECORDED
    assert cell("05061", Operator.FRANCE_TRAVAIL, is_fictitious=True)[0] is Reach.SITE


def test_coverage_refuses_what_makes_no_sense() -> None:
    make_places(GAP)
    with pytest.raises(NotFound):
        coverage(on=ON, kind="departement", code="99")
    with pytest.raises(BadInput, match="minutes"):
        coverage(on=ON, minutes=0)


def test_coverage_asks_as_many_queries_for_a_departement_as_for_the_country() -> None:
    make_places()
    make_site(make_organisation("Agence de Gap", network="france-travail"), GAP)
    with CaptureQueriesContext(connection) as country:
        coverage(on=ON)
    with CaptureQueriesContext(connection) as departement:
        coverage(on=ON, kind="departement", code="05")
    assert len(country) <= 6 and len(departement) <= len(country) + 3


def test_a_departement_alone_is_audited_as_inside_the_country() -> None:
    """Fault caught: reading only what lies in the territory – the nearest counter, or the one that shows that the
    region is recorded, often stands outside."""
    make_places(GAP, BRIANCON, ARGENTIERE, GRENOBLE)
    marseille = Place("13055", "Marseille", ("13001",), 870_000, 43.2965, 5.3698, ("200054807", "Aix-Marseille"))
    make_commune(marseille)
    agency = make_organisation("Agence de Grenoble", network="france-travail")
    make_site(agency, GRENOBLE)
    make_permanence(agency, make_site(make_organisation("France services"), GRENOBLE))
    make_site(make_organisation("Apec Marseille", network="apec"), marseille)
    country = {(c.commune.code, c.operator): c for c in coverage(on=ON).cells}
    alone = coverage(on=ON, kind="departement", code="05").cells
    assert {c.commune.code for c in alone} == {"05061", "05023", "05006"}
    assert all(country[c.commune.code, c.operator] == c for c in alone)
    reaches = {(c.commune.code, c.operator): c.reach for c in alone}
    assert reaches["05061", Operator.APEC] is Reach.GAP, "une Apec à Marseille : la région est renseignée"
    assert reaches["05061", Operator.FRANCE_TRAVAIL] is Reach.NOT_RECORDED
