"""The person's own gestures: linking files, choosing, stopping, asking, saying of a paper; and who may not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.actions.links import (
    accept_invitation,
    invite,
    link_own_file,
    stop_by_link,
    unlink,
)
from ensemblier.journey.actions.links_sent import make_stop_link
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.rights import RequestDraft, answer_request, ask, say_of_paper
from ensemblier.journey.actions.rights_alerts import tell_endings
from ensemblier.journey.actions.rights_choice import Decision, choose_and_send
from ensemblier.journey.actions.satisfaction import say_opinion
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, with_names
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.rights import RequestKind
from ensemblier.journey.core.satisfaction import Found, WentWell
from ensemblier.journey.core.states import RelayKind, RelayState
from ensemblier.journey.models import Consent, ConsentReading, JournalEntry, PersonLink, Relay, RightsRequest
from ensemblier.journey.queries.links import files_of_account
from ensemblier.journey.queries.rights_log import who_looked
from ensemblier.journey.queries.rights_people import my_people
from ensemblier.journey.queries.rights_relays import MyRelay, my_relay, my_relays
from ensemblier.journey.queries.rights_requests import my_requests, requests_to_answer
from ensemblier.journey.queries.rights_sharing import my_sharing, my_sharings
from ensemblier.journey.queries.satisfaction import opinions
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import BadInput, DomainError, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.accounts import make_person_account
from tests.factories.journey import (
    MONDAY,
    SHARED,
    Desk,
    make_consent,
    make_desk_of_two,
    make_draft,
    make_episode,
    make_sent,
    order_for,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(db: None) -> Desk:
    """Bruno's, Chloé's and Denis's organisations."""
    return make_desk_of_two()


def proposed(desk: Desk) -> tuple[Relay, PersonHerself]:
    """A relay that waits for Awa, with Chloé's door and Denis's."""
    relay = make_draft(desk, make_episode(desk))
    offered = [desk.recipient, desk.denis.organisation_id or 0]
    relays.propose(order_for(relay, MONDAY), by=desk.bruno, offered=offered)
    return relay, PersonHerself(relay.person_id)


def decision(seen: MyRelay, *, recipient: int, categories: frozenset[Category] = SHARED, **fields: object) -> Decision:
    """What Awa decides from the page she saw."""
    names = Names(seen.source, "la Mission locale", "souder", "23 novembre 2027")
    given: dict[str, object] = {
        "order": Order(seen.uid, seen.version, uuid4(), MONDAY + HOUR),
        "recipient": recipient,
        "categories": categories,
        "is_explicit_on_health": False,
        "readable": with_names(text_on(MONDAY.date()), names, seen.categories),
        "text": seen.letter(categories),
    }
    return Decision(**(given | fields))  # type: ignore[arg-type]


def linked(desk: Desk) -> tuple[int, PersonHerself]:
    """Awa's account, to which she linked the file that Bruno holds."""
    episode, account = make_episode(desk), make_person_account()
    invitation = invite(episode.person.uid, by=desk.bruno, at=MONDAY)
    herself = accept_invitation(invitation.token, invitation.code, account_id=account.id, at=MONDAY + HOUR)
    return account.id, herself


# linking


def test_only_the_code_and_the_link_together_link_a_file(desk: Desk) -> None:
    episode, account = make_episode(desk), make_person_account()
    invitation = invite(episode.person.uid, by=desk.bruno, at=MONDAY)
    with pytest.raises(NotAllowed):
        accept_invitation(invitation.token, "000000x", account_id=account.id, at=MONDAY)
    assert files_of_account(account.id) == ()
    accept_invitation(invitation.token, invitation.code, account_id=account.id, at=MONDAY)
    assert [file.person_uid for file in files_of_account(account.id)] == [episode.person.uid]
    with pytest.raises(NotAllowed):
        accept_invitation(invitation.token, invitation.code, account_id=account.id, at=MONDAY)


def test_another_organisation_cannot_invite_and_a_file_has_one_account(desk: Desk) -> None:
    account_id, herself = linked(desk)
    uid = files_of_account(account_id)[0].person_uid
    with pytest.raises(NotFound):
        invite(uid, by=desk.chloe, at=MONDAY)
    other = make_person_account("autre@exemple.fr")
    again = invite(uid, by=desk.bruno, at=MONDAY)
    with pytest.raises(RuleViolated):
        accept_invitation(again.token, again.code, account_id=other.id, at=MONDAY)
    assert files_of_account(other.id) == ()


def test_a_new_invitation_replaces_the_former_one_and_an_old_one_has_ended(desk: Desk) -> None:
    episode, account = make_episode(desk), make_person_account()
    first = invite(episode.person.uid, by=desk.bruno, at=MONDAY)
    second = invite(episode.person.uid, by=desk.bruno, at=MONDAY + HOUR)
    for token, code, at in ((first.token, first.code, MONDAY), (second.token, second.code, MONDAY + timedelta(40))):
        with pytest.raises(NotAllowed):
            accept_invitation(token, code, account_id=account.id, at=at)


def test_she_takes_a_file_out_and_nobody_else_does(desk: Desk) -> None:
    account_id, _ = linked(desk)
    link_uid = files_of_account(account_id)[0].link_uid
    with pytest.raises(NotFound):
        unlink(link_uid, account_id=make_person_account("autre@exemple.fr").id, at=MONDAY)
    unlink(link_uid, account_id=account_id, at=MONDAY + HOUR)
    unlink(link_uid, account_id=account_id, at=MONDAY + HOUR)
    assert files_of_account(account_id) == ()
    assert PersonLink.objects.filter(unlinked_at__isnull=False).count() == 1


def test_a_file_opened_after_a_relay_she_sent_joins_her_space(desk: Desk) -> None:
    account_id, herself = linked(desk)
    relay = Relay.objects.create(
        kind="referral", person_id=herself.person_id, episode=make_episode(desk), categories=["identity"],
        source_id=desk.bruno.organisation_id or 0, source_adviser_id=desk.bruno.user_id or 0,
        summary="x", due_on=MONDAY.date(),
        created_at=MONDAY,
    )  # fmt: skip
    theirs = make_episode(Desk(desk.chloe, desk.bruno, desk.denis)).person
    assert not link_own_file(theirs, relay, at=MONDAY), "a relay that she did not send links nothing"
    relay.choice_channel = "paper"
    assert not link_own_file(theirs, relay, at=MONDAY), "a paper links nothing"
    relay.choice_channel = "account"
    assert link_own_file(theirs, relay, at=MONDAY)
    assert {file.person_uid for file in files_of_account(account_id)} == {relay.person.uid, theirs.uid}


# choosing and sending


def test_she_chooses_a_door_ticks_and_sends_and_the_very_text_is_kept(desk: Desk) -> None:
    relay, herself = proposed(desk)
    seen = my_relay([herself], relay.uid, at=MONDAY)
    assert [door.organisation_id for door in seen.doors] == [desk.recipient, desk.denis.organisation_id]
    made = decision(seen, recipient=desk.recipient)
    assert choose_and_send(made, by=herself).state is RelayState.SENT
    assert choose_and_send(made, by=herself).state is RelayState.SENT, "the same click again changes nothing"
    consent = Consent.objects.get()
    assert (consent.organisation_id, set(consent.categories)) == (desk.recipient, {"identity", "project"})
    assert ConsentReading.objects.get(consent=consent).text == made.readable.whole
    assert my_sharing([herself], consent.uid, at=MONDAY + HOUR).text == made.readable.whole


def test_what_she_does_not_tick_does_not_go(desk: Desk) -> None:
    relay, herself = proposed(desk)
    seen = my_relay([herself], relay.uid, at=MONDAY)
    fewer = frozenset({Category.IDENTITY})
    choose_and_send(decision(seen, recipient=desk.recipient, categories=fewer), by=herself)
    relay.refresh_from_db()
    assert relay.categories == ["identity"]
    assert relay.shown == relay.sent


def test_a_refused_sending_leaves_no_consent_behind_and_is_journaled(desk: Desk) -> None:
    relay, herself = proposed(desk)
    seen = my_relay([herself], relay.uid, at=MONDAY)
    wrong: list[tuple[type[DomainError], dict[str, object]]] = [
        (BadInput, {"categories": frozenset()}),
        (RuleViolated, {"recipient": desk.bruno.organisation_id}),
        (RuleViolated, {"text": "autre chose"}),
        (RuleViolated, {"categories": SHARED | {Category.SITUATION}}),
        (BadInput, {"categories": SHARED | {Category.HEALTH}}),
        (StaleVersion, {"order": Order(seen.uid, seen.version + 1, uuid4(), MONDAY)}),
    ]
    for error, fields in wrong:
        with pytest.raises(error):
            choose_and_send(decision(seen, **({"recipient": desk.recipient} | fields)), by=herself)  # type: ignore[arg-type]
    assert Consent.objects.count() == 0
    assert my_relay([herself], relay.uid, at=MONDAY).awaits_her
    assert JournalEntry.objects.filter(person_id=herself.person_id, is_refused=True).count() == len(wrong)


def test_somebody_else_neither_reads_nor_sends_her_relay(desk: Desk) -> None:
    relay, herself = proposed(desk)
    seen = my_relay([herself], relay.uid, at=MONDAY)
    denis = PersonHerself(make_episode(desk).person_id)
    with pytest.raises(NotFound):
        my_relay([denis], relay.uid, at=MONDAY)
    with pytest.raises(NotFound):
        choose_and_send(decision(seen, recipient=desk.recipient), by=denis)
    assert my_relays([denis], at=MONDAY) == ()


# stopping


def test_one_click_stops_a_sharing_and_its_relay(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    before = my_sharings([herself], at=MONDAY + HOUR)
    assert [sharing.is_live for sharing in before] == [True]
    token = make_stop_link(before[0].uid, at=MONDAY)
    assert stop_by_link(token, at=MONDAY + HOUR) == 1
    assert stop_by_link(token, at=MONDAY + HOUR) == 0
    after = my_sharings([herself], at=MONDAY + 2 * HOUR)
    assert [(sharing.is_live, sharing.revoked_at) for sharing in after] == [(False, MONDAY + HOUR)]
    assert my_relay([herself], relay.uid, at=MONDAY).state is RelayState.WITHDRAWN
    with pytest.raises(NotAllowed):
        stop_by_link("x" * 43, at=MONDAY)


def test_a_sharing_stops_in_fact_thirty_days_after_its_relay_and_says_so_two_weeks_before(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    order = order_for(relay, MONDAY + HOUR)
    relays.cancel(order, by=desk.bruno)
    ended = MONDAY + HOUR
    (sharing,) = my_sharings([herself], at=ended)
    assert sharing.ends_at == ended + timedelta(days=30)
    assert not sharing.is_ending
    (later,) = my_sharings([herself], at=ended + timedelta(days=16))
    assert later.is_ending
    (over,) = my_sharings([herself], at=ended + timedelta(days=30))
    assert not over.is_live


# papers


def paper(desk: Desk) -> tuple[Consent, PersonHerself]:
    """A consent that Bruno recorded on paper in Awa's name."""
    episode = make_episode(desk)
    draft = ConsentDraft(
        episode.person.uid, desk.recipient, SHARED, MONDAY + timedelta(90), "relay-1-fr-full", proof="Classeur 3"
    )
    return record_consent(draft, by=desk.bruno, at=MONDAY), PersonHerself(episode.person_id)


def test_for_two_days_she_is_asked_whether_a_paper_is_hers(desk: Desk) -> None:
    _, herself = paper(desk)
    asked = [my_sharings([herself], at=MONDAY + timedelta(hours=h))[0].asks_if_hers for h in (0, 47, 48)]
    assert asked == [True, True, False]


def test_a_paper_that_is_not_hers_stops_and_the_organisation_must_explain(desk: Desk) -> None:
    row, herself = paper(desk)
    for _ in range(2):
        say_of_paper(row.uid, is_hers=False, by=herself, at=MONDAY + HOUR)
    row.refresh_from_db()
    assert row.revoked_at == MONDAY + HOUR
    (request,) = my_requests([herself], at=MONDAY + HOUR)
    assert request.kind is RequestKind.PAPER
    assert not my_sharings([herself], at=MONDAY + HOUR)[0].asks_if_hers


def test_a_confirmed_paper_is_not_asked_again_and_still_stops(desk: Desk) -> None:
    row, herself = paper(desk)
    say_of_paper(row.uid, is_hers=True, by=herself, at=MONDAY + HOUR)
    assert my_sharings([herself], at=MONDAY + HOUR)[0].is_live
    assert RightsRequest.objects.count() == 0
    with pytest.raises(NotFound):
        say_of_paper(row.uid, is_hers=True, by=PersonHerself(make_episode(desk).person_id), at=MONDAY)


def test_what_she_agreed_to_herself_is_no_paper(desk: Desk) -> None:
    consent = make_consent(desk, make_episode(desk))
    with pytest.raises(RuleViolated):
        say_of_paper(consent.uid, is_hers=True, by=PersonHerself(consent.person_id), at=MONDAY)


# asking


def test_a_request_is_kept_answered_once_and_read_by_both(desk: Desk) -> None:
    herself = PersonHerself(make_episode(desk).person_id)
    draft = RequestDraft(RequestKind.CORRECTION, "Mon prénom est Awa, pas Ava.", uid=uuid4())
    uid = ask(draft, by=herself, at=MONDAY)
    assert ask(draft, by=herself, at=MONDAY) == uid
    (waiting,) = requests_to_answer(by=desk.bruno, at=MONDAY)
    assert (waiting.words, waiting.due_on) == (draft.words, MONDAY.date().replace(month=12))
    assert requests_to_answer(by=desk.chloe, at=MONDAY) == ()
    with pytest.raises(NotFound):
        answer_request(uid, words="Non", by=desk.chloe, at=MONDAY)
    answer_request(uid, words="C’est corrigé.", by=desk.bruno, at=MONDAY + HOUR)
    with pytest.raises(RuleViolated):
        answer_request(uid, words="Encore", by=desk.bruno, at=MONDAY + HOUR)
    (answered,) = my_requests([herself], at=MONDAY + HOUR)
    assert (answered.answer, answered.answered_at) == ("C’est corrigé.", MONDAY + HOUR)


def test_a_request_without_a_word_is_refused_when_words_are_needed(desk: Desk) -> None:
    herself = PersonHerself(make_episode(desk).person_id)
    with pytest.raises(BadInput):
        ask(RequestDraft(RequestKind.CORRECTION, "  "), by=herself, at=MONDAY)
    ask(RequestDraft(RequestKind.ERASURE, ""), by=herself, at=MONDAY)


# who looked, my people, opinions


def test_who_looked_is_the_journal_whole(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    lines = JournalEntry.objects.filter(person_id=herself.person_id).count()
    looks = who_looked([herself], at=MONDAY + HOUR, size=1000)
    assert looks.total == sum(look.times for look in looks.lines) == lines > 0
    assert {look.name for look in looks.lines if not look.is_hers} >= {"Bruno", "Chloé"}
    pages = [who_looked([herself], at=MONDAY, page=n, size=2, without_hers=True).lines for n in (1, 2)]
    assert pages[0] != pages[1]
    denis = PersonHerself(make_episode(desk).person_id)
    assert all(look.name != "Chloé" for look in who_looked([denis], at=MONDAY).lines)


def test_my_people_are_my_lead_and_who_took_my_relay(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    assert [(p.name, p.is_lead) for p in my_people([herself], at=MONDAY)] == [("Bruno", True)]
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    assert [(p.name, p.is_lead) for p in my_people([herself], at=MONDAY)] == [("Bruno", True), ("Chloé", False)]


def test_an_opinion_is_asked_at_the_end_only_and_may_change(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    with pytest.raises(RuleViolated):
        say_opinion(relay.uid, found=Found.YES, went=WentWell.WELL, by=herself, at=MONDAY)
    relays.cancel(order_for(relay, MONDAY + HOUR), by=desk.bruno)
    say_opinion(relay.uid, found=Found.YES, went=WentWell.WELL, by=herself, at=MONDAY)
    say_opinion(relay.uid, found=Found.NO, went=WentWell.BADLY, by=herself, at=MONDAY)
    relay = Relay.objects.get(pk=relay.pk)
    assert (relay.opinion.found, relay.opinion.went) == ("no", "badly")
    with pytest.raises(NotFound):
        say_opinion(relay.uid, found=Found.YES, went=WentWell.WELL, by=PersonHerself(0), at=MONDAY)


def test_an_ending_is_told_once_and_to_her_alone(desk: Desk) -> None:
    relay = make_sent(desk)
    relays.cancel(order_for(relay, MONDAY + HOUR), by=desk.bruno)
    late = MONDAY + HOUR + timedelta(days=17)
    assert tell_endings(MONDAY + timedelta(days=2)) == 0
    assert [tell_endings(late), tell_endings(late + HOUR)] == [1, 1]
    assert OutboxMessage.objects.filter(kind="relay.sharing_ending.person").count() == 1
    assert tell_endings(MONDAY + timedelta(days=60)) == 0


def test_counts_of_opinions_come_after_the_half_year_and_never_of_few(desk: Desk) -> None:
    for number in range(7):
        relay = make_sent(desk, RelayKind.REFERRAL)
        relays.cancel(order_for(relay, MONDAY + HOUR), by=desk.bruno)
        found = Found.YES if number < 5 else Found.NO
        say_opinion(relay.uid, found=found, went=WentWell.WELL, by=PersonHerself(relay.person_id), at=MONDAY)
    assert opinions(by=desk.bruno, on=date(2026, 12, 31)) == ()
    (half,) = opinions(by=desk.bruno, on=date(2027, 1, 1))
    assert (half.starts_on, half.found.total, half.found.parts) == (date(2026, 7, 1), 7, {})
    (outside,) = opinions(by=ANONYMOUS, on=date(2027, 1, 1))
    assert outside.found.total is None


def test_she_answers_a_question_and_reads_what_is_for_her_only(desk: Desk) -> None:
    relay = make_sent(desk)
    herself = PersonHerself(relay.person_id)
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    relays.request_info(
        order_for(relay, MONDAY + HOUR), by=desk.chloe, question="Le devis est-il signé ?", is_for_person=True
    )
    seen = my_relay([herself], relay.uid, at=MONDAY + HOUR)
    assert seen.asks_her
    order = order_for(relay, MONDAY + 2 * HOUR)
    relays.give_info(order, by=herself, answer="Oui, depuis hier.")
    after = my_relay([herself], relay.uid, at=MONDAY + 2 * HOUR)
    assert after.state is RelayState.ACKNOWLEDGED
    assert [message.text for message in after.messages if message.is_hers] == ["Oui, depuis hier."]
