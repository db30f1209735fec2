"""What changes the directory: who may, what is refused, the line of history that stays."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.calendar import publish_contact, record_absence, record_exception, serve_perimeter
from ensemblier.directory.actions.moderation import SuggestionDraft, decide_suggestion, suggest_correction
from ensemblier.directory.actions.networks import DeskDraft, ensure_networks, join_network, leave_network, record_desk
from ensemblier.directory.actions.permanences import (
    PermanenceDraft,
    Rhythm,
    accept_permanence,
    close_permanence,
    propose_permanence,
    publish_permanence,
    refuse_permanence,
)
from ensemblier.directory.actions.records import (
    ContactContent,
    OfferContent,
    Place,
    close_row,
    confirm_row,
    correct_row,
    move_site,
    record_contact,
    record_offer,
    record_organisation,
    record_site,
)
from ensemblier.directory.core.states import HalfDay, PermanenceState, PositionKind, SuggestionState
from ensemblier.directory.models import Network, Offer, Organisation, Permanence, Site, Suggestion
from ensemblier.directory.queries.freshness import history_of, stale_rows
from ensemblier.directory.queries.moderation import suggestions_to_decide
from ensemblier.directory.queries.networks import regional_desk
from ensemblier.directory.queries.permanences import permanences_to_decide, published_permanences
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.period import Period
from ensemblier.territory.core.geo import Point
from ensemblier.territory.models import Perimeter
from tests.factories.accounts import AWA, make_actor
from tests.factories.directory import make_contact, make_networks, make_organisation, make_permanence, make_site
from tests.factories.territory import ARGENTIERE, BRIANCON, GAP, make_commune

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
EDITOR = Role.DIRECTORY_EDITOR


def _people() -> dict[str, Any]:
    ml, apec = make_organisation(network="mission-locale"), make_organisation("Apec", network="apec")
    return {
        "ml": ml,
        "apec": apec,
        "bruno": make_actor("Bruno", ml, EDITOR),
        "chloe": make_actor("Chloé", apec, EDITOR),
        "denis": make_actor("Denis", None),
    }


def test_only_the_owner_corrects_a_site_and_the_history_says_who() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    for actor in (AWA, p["denis"], p["chloe"], make_actor("Farid", p["ml"], Role.ADVISER)):
        with pytest.raises(NotAllowed, match="proposer une correction|proposez une correction"):
            correct_row("site", site.uid, {"phone": "3949"}, version=1, actor=actor, on=ON)
    typed = {"phone": "04 92 53 00 01", "hours_osm": "Sa 09:00-12:00", "first_appointment_days": "10"}
    assert correct_row("site", site.uid, typed, version=1, actor=p["bruno"], on=ON)
    row = Site.objects.get(pk=site.pk)
    assert (row.phone, row.open_days, row.first_appointment_on, row.version) == ("+33492530001", 0b100000, ON, 2)
    change = history_of("site", site.pk, actor=p["bruno"])[0]
    assert (change.who, change.verb) == (f"Bruno, {p['ml'].name}", "correct_row")
    assert change.changes["phone"] == ["+33492000000", "+33492530001"]
    with pytest.raises(NotAllowed):
        history_of("site", site.pk, actor=p["chloe"])


def test_a_second_editor_does_not_overwrite_the_first() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    correct_row("site", site.uid, {"name": "Accueil"}, version=1, actor=p["bruno"], on=ON)
    with pytest.raises(StaleVersion, match="quelqu'un d'autre"):
        correct_row("site", site.uid, {"name": "Antenne"}, version=1, actor=p["bruno"], on=ON)
    assert Site.objects.get(pk=site.pk).name == "Accueil"
    assert AuditRow.objects.filter(table="site").count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"website": "javascript:alert(1)"},
        {"hours_osm": "Mo 8h"},
        {"name": "Missiоn"},
        {"postcode": "ABCDE"},
        {"siret": "12345678901234"},
        {"is_fictitious": "false"},
        {"organisation_id": "3"},
        {"first_appointment_days": "-1"},
    ],
)
def test_what_cannot_be_read_changes_nothing(typed: dict[str, str]) -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    with pytest.raises(BadInput):
        correct_row("site", site.uid, {"phone": "3949"} | typed, version=1, actor=p["bruno"], on=ON)
    assert Site.objects.get(pk=site.pk).version == 1 and not AuditRow.objects.exists()


def test_recording_an_organisation_its_site_its_offer_and_its_interlocutor() -> None:
    p = _people()
    make_commune(ARGENTIERE)
    with pytest.raises(NotAllowed):
        record_organisation({"name": "CCAS"}, actor=p["denis"], on=ON)
    uid = record_organisation({"name": "CCAS"}, networks=("ccas-cias",), actor=p["bruno"], on=ON)
    place = Place(address="1 place", postcode="05120", commune_code=ARGENTIERE.code)
    site_uid = record_site(
        uid, {"name": "Accueil", "hours_osm": "Mo 09:00-12:00"}, place=place, actor=p["bruno"], on=ON
    )
    site = Site.objects.get(uid=site_uid)
    assert (site.city, site.position, site.open_days) == (ARGENTIERE.name, PositionKind.ESTIMATED.value, 1)
    offer_uid = record_offer(site_uid, {"name": "CEP"}, content=OfferContent(is_cep=True), actor=p["bruno"], on=ON)
    assert Offer.objects.get(uid=offer_uid).fee == "gratuit"
    with pytest.raises(BadInput, match="se rattache à un lieu"):
        record_offer(uid, {"name": "Sur place"}, content=OfferContent(), actor=p["bruno"], on=ON)
    with pytest.raises(RuleViolated, match="pas un lieu de cette structure"):
        other = make_site(p["apec"], GAP).uid
        record_contact(uid, {"name": "Léa"}, content=ContactContent(site_uid=other), actor=p["bruno"], on=ON)
    record_contact(uid, {"name": "Léa"}, content=ContactContent(("logement", " ")), actor=p["bruno"], on=ON)
    with pytest.raises(NotAllowed):
        record_contact(uid, {"name": "Max"}, content=ContactContent(), actor=p["chloe"], on=ON)
    assert set(AuditRow.objects.values_list("table", flat=True)) == {"organisation", "site", "offer", "contact"}


def test_moving_confirming_and_closing_a_site() -> None:
    p = _people()
    site = make_site(p["ml"], GAP, reviewed_on=date(2024, 1, 1))
    assert [r.uid for r in stale_rows(actor=p["bruno"], on=ON) if r.kind == "site"] == [site.uid]
    assert stale_rows(actor=p["chloe"], on=ON) == [] == stale_rows(actor=AWA, on=ON)
    confirm_row("site", site.uid, version=1, actor=p["bruno"], on=ON)
    assert stale_rows(actor=p["bruno"], on=ON) == []
    make_commune(BRIANCON)
    move_site(
        site.uid, Place("2 rue", "05100", "", BRIANCON.code, Point(44.9, 6.64)), version=2, actor=p["bruno"], on=ON
    )
    moved = Site.objects.get(pk=site.pk)
    assert (moved.commune_id, moved.city, moved.lat, moved.position) == (BRIANCON.code, "Briançon", 44.9, "exact")
    with pytest.raises(NotFound):
        move_site(site.uid, Place(commune_code="99999"), version=3, actor=p["bruno"], on=ON)
    close_row("site", site.uid, version=3, actor=p["bruno"], on=ON)
    assert Site.objects.get(pk=site.pk).valid_to == ON


def _draft(holder: Organisation, site: Site) -> PermanenceDraft:
    return PermanenceDraft(holder.uid, site.uid, Rhythm("FREQ=WEEKLY;BYDAY=TU", date(2026, 12, 1), HalfDay.MORNING))


def _version(uid: UUID) -> int:
    return Permanence.objects.get(uid=uid).version


def test_only_the_operator_concerned_decides_of_its_permanence() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    with pytest.raises(NotAllowed, match="Connectez-vous"):
        propose_permanence(_draft(p["apec"], site), actor=p["denis"], on=ON)
    uid = propose_permanence(_draft(p["apec"], site), actor=p["bruno"], on=ON)
    assert [v.uid for v in permanences_to_decide(actor=p["chloe"], on=ON)] == [uid]
    assert permanences_to_decide(actor=p["bruno"], on=ON) == []
    for actor in (AWA, p["denis"], p["bruno"]):
        with pytest.raises(NotAllowed, match="Seul l'opérateur"):
            accept_permanence(uid, version=1, actor=actor)
    with pytest.raises(RuleViolated, match="« proposée »"):
        publish_permanence(uid, version=1, actor=p["chloe"], on=ON)
    accept_permanence(uid, version=1, actor=p["chloe"])
    assert published_permanences(commune_codes=[GAP.code], on=ON) == []
    with pytest.raises(RuleViolated, match="a déjà répondu"):
        close_permanence(uid, version=2, actor=p["bruno"], on=ON)
    publish_permanence(uid, version=_version(uid), actor=p["chloe"], on=ON)
    assert [v.holder_name for v in published_permanences(commune_codes=[GAP.code], on=ON)] == ["Apec"]
    close_permanence(uid, version=_version(uid), actor=p["chloe"], on=date(2026, 12, 1))
    assert published_permanences(commune_codes=[GAP.code], on=ON) == []
    verbs = list(AuditRow.objects.filter(table="permanence").order_by("id").values_list("verb", flat=True))
    assert verbs == ["propose_permanence", "accept_permanence", "publish_permanence", "close_permanence"]


def test_a_refusal_gives_its_reason_and_a_holder_agrees_to_its_own_proposal() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    uid = propose_permanence(_draft(p["apec"], site), actor=p["bruno"], on=ON)
    with pytest.raises(BadInput, match="Dites pourquoi"):
        refuse_permanence(uid, reason=" ", version=1, actor=p["chloe"])
    refuse_permanence(uid, reason="Pas de conseiller ce jour-là", version=1, actor=p["chloe"])
    assert Permanence.objects.get(uid=uid).refusal_reason == "Pas de conseiller ce jour-là"
    own = propose_permanence(_draft(p["apec"], site), actor=p["chloe"], on=ON)
    assert Permanence.objects.get(uid=own).state == PermanenceState.AGREED.value


def test_a_proposer_takes_its_draft_back() -> None:
    p = _people()
    uid = propose_permanence(_draft(p["apec"], make_site(p["ml"], GAP)), actor=p["bruno"], on=ON)
    close_permanence(uid, version=1, actor=p["bruno"], on=ON)
    assert Permanence.objects.get(uid=uid).state == PermanenceState.CLOSED.value


def test_an_unpublished_permanence_stays_between_the_two_who_talk() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    make_permanence(p["apec"], site, state=PermanenceState.DRAFT.value, proposed_by=p["ml"])
    from ensemblier.directory.queries.sites import site_page

    seen = {name: len(site_page(site.uid, actor=a, on=ON).permanences) for name, a in
            {"awa": AWA, "denis": p["denis"], "bruno": p["bruno"], "chloe": p["chloe"]}.items()}  # fmt: skip
    assert seen == {"awa": 0, "denis": 0, "bruno": 1, "chloe": 1}


def test_anyone_suggests_and_the_owner_decides() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    uid = suggest_correction(SuggestionDraft("site", site.uid, "phone", "04 92 53 00 09"), actor=AWA)
    other = suggest_correction(SuggestionDraft("site", site.uid, message="La porte a changé", author="Awa"), actor=AWA)
    assert [s.uid for s in suggestions_to_decide(actor=p["bruno"])] == [uid, other]
    for actor in (AWA, p["denis"], p["chloe"]):
        assert suggestions_to_decide(actor=actor) == []
        with pytest.raises(NotAllowed):
            decide_suggestion(uid, accept=True, actor=actor, on=ON)
    decide_suggestion(uid, accept=True, actor=p["bruno"], on=ON)
    decide_suggestion(other, accept=False, note="Vérifié sur place", actor=p["bruno"], on=ON)
    assert Site.objects.get(pk=site.pk).phone == "+33492530009"
    assert history_of("site", site.pk, actor=p["bruno"])[0].verb == "accept_suggestion"
    with pytest.raises(RuleViolated, match="déjà décidée par Bruno"):
        decide_suggestion(uid, accept=False, actor=p["bruno"], on=ON)
    assert Suggestion.objects.get(uid=other).state == SuggestionState.REFUSED.value


def test_a_suggestion_about_a_value_that_changed_is_not_applied() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    uid = suggest_correction(SuggestionDraft("site", site.uid, "phone", "3949"), actor=AWA)
    correct_row("site", site.uid, {"phone": "3939"}, version=1, actor=p["bruno"], on=ON)
    with pytest.raises(RuleViolated, match="a changé depuis"):
        decide_suggestion(uid, accept=True, actor=p["bruno"], on=ON)
    assert Site.objects.get(pk=site.pk).phone == "3939"


def _suggestion(site: Site, values: dict[str, Any]) -> SuggestionDraft:
    return replace(SuggestionDraft("site", site.uid), **values)


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        ({"field": "website", "proposed_value": "javascript:x"}, BadInput),
        ({"field": "organisation_id", "proposed_value": "1"}, BadInput),
        ({}, BadInput),
        ({"message": "x" * 2001}, BadInput),
        ({"message": "a", "email": "b"}, BadInput),
        ({"kind": "permanence", "message": "a"}, NotFound),
    ],
)
def test_a_suggestion_that_cannot_be_applied_is_refused_at_once(draft: dict[str, Any], error: type[Exception]) -> None:
    site = make_site(make_organisation(), GAP)
    with pytest.raises(error):
        suggest_correction(_suggestion(site, draft), actor=AWA)
    assert not Suggestion.objects.exists()


def test_a_hidden_interlocutor_cannot_be_probed_by_a_suggestion() -> None:
    contact = make_contact(make_organisation())
    draft = SuggestionDraft("contact", contact.uid, message="Existe-t-elle ?")
    with pytest.raises(NotFound):
        suggest_correction(draft, actor=AWA)


def test_networks_are_joined_by_the_owner_and_operators_by_the_platform() -> None:
    p = _people()
    join_network(p["ml"].uid, "cibc", period=Period(ON), actor=p["bruno"])
    with pytest.raises(RuleViolated, match="déjà"):
        join_network(p["ml"].uid, "cibc", period=Period(None, date(2027, 1, 1)), actor=p["bruno"])
    with pytest.raises(NotAllowed, match="opérateur du CEP"):
        join_network(p["ml"].uid, "apec", period=Period(), actor=p["bruno"])
    with pytest.raises(NotAllowed):
        join_network(p["ml"].uid, "plie", period=Period(), actor=p["chloe"])
    with pytest.raises(NotFound):
        join_network(p["ml"].uid, "inconnu", period=Period(), actor=p["bruno"])
    leave_network(p["ml"].uid, "cibc", on=date(2027, 1, 1), actor=p["bruno"])
    join_network(p["ml"].uid, "cibc", period=Period(date(2027, 1, 1)), actor=p["bruno"])


def test_the_reference_networks_come_once_and_come_back() -> None:
    assert ensure_networks() == 0
    Network.objects.all().delete()
    assert ensure_networks() > 25
    assert ensure_networks() == 0
    make_networks()


def test_a_desk_succeeds_another() -> None:
    p = _people()
    with pytest.raises(NotAllowed):
        record_desk(DeskDraft("93", "Mon CEP", "0800000000"), on=ON, actor=p["bruno"])
    record_desk(DeskDraft("93", "Ancien", "0800000000"), on=date(2020, 1, 1), actor=SYSTEM)
    record_desk(DeskDraft("93", "Actuel", "", "moncep.fr"), on=date(2024, 1, 2), actor=SYSTEM)
    desk, before = regional_desk("93", on=ON), regional_desk("93", on=date(2024, 1, 1))
    assert desk is not None and before is not None
    assert (desk.name, desk.portal_url, before.name) == ("Actuel", "https://moncep.fr", "Ancien")


def test_days_that_differ_and_perimeters() -> None:
    p = _people()
    site = make_site(p["ml"], GAP)
    record_exception(site.uid, first_day=ON, last_day=ON, reason="pont", actor=p["bruno"])
    with pytest.raises(BadInput, match="après le premier"):
        record_exception(site.uid, first_day=ON, last_day=date(2026, 11, 1), actor=p["bruno"])
    with pytest.raises(BadInput, match="Exemple attendu"):
        record_exception(site.uid, first_day=ON, last_day=ON, hours="9h", actor=p["bruno"])
    nadia, yves = make_contact(p["ml"]), make_contact(p["apec"], "Yves")
    with pytest.raises(RuleViolated, match="même structure"):
        record_absence(nadia.uid, first_day=ON, last_day=ON, replacement_uid=yves.uid, actor=p["bruno"])
    with pytest.raises(NotAllowed):
        publish_contact(nadia.uid, is_published=True, version=1, actor=p["chloe"])
    perimeter = Perimeter.objects.create(name="Gapençais", holder_label="ML", purpose="operator_zone")
    serve_perimeter(p["ml"].uid, perimeter.uid, period=Period(ON), actor=p["bruno"])
    with pytest.raises(RuleViolated, match="déjà enregistré"):
        serve_perimeter(p["ml"].uid, perimeter.uid, period=Period(), actor=p["bruno"])
