"""After a relay: the source says what comes next, and two people say that a relay was a mistake."""

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Done, Order
from ensemblier.journey.actions.relays import mark_error
from ensemblier.journey.core.movers import party_of
from ensemblier.journey.core.proposals import UNANSWERED, Sequel
from ensemblier.journey.core.states import Move, Party
from ensemblier.journey.models import Relay, RelayErrorReport, RelaySequel
from ensemblier.journey.queries.holding import acts_for_source, is_known_to
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated

UNKNOWN_RELAY = "Ce relais n’existe pas, ou n’existe plus."


def give_sequel(order: Order, *, by: Actor, decision: Sequel, words: str = "") -> None:
    """The source answers a relay that was declined, failed or got no answer; it no longer waits. Said twice, once kept.

    Raises NotFound (not the source's), RuleViolated (the relay asks for none).
    """
    with acting(by):
        relay = Relay.objects.filter(uid=order.relay).first()
        if relay is None or not acts_for_source(relay, by) or by.user_id is None:
            raise NotFound(UNKNOWN_RELAY)
        if relay.state not in UNANSWERED:
            raise RuleViolated("Ce relais n’attend pas de suite.")
        said = {"decision": decision.value, "words": words.strip()[:300], "decided_by_id": by.user_id, "at": order.at}
        RelaySequel.objects.get_or_create(relay=relay, defaults=said)


def report_error(order: Order, *, by: Actor) -> None:
    """Say that a relay concerns the wrong person: nothing closes before an administrator, somebody else, confirms.

    Raises NotFound (not a party).
    """
    with acting(by):
        relay = Relay.objects.filter(uid=order.relay).first()
        party = party_of(relay.value, Move.GIVE_INFO, by) if relay else Party.OUTSIDER
        is_side = party in (Party.SOURCE, Party.RECIPIENT)
        if relay is None or by.user_id is None or not is_side or not is_known_to(relay, party, by):
            raise NotFound(UNKNOWN_RELAY)
        said = {"reported_by_id": by.user_id, "organisation_id": by.organisation_id, "at": order.at}
        RelayErrorReport.objects.get_or_create(relay=relay, defaults=said)


def confirm_error(order: Order, *, by: Actor) -> Done:
    """A second person, who administers the platform, closes a relay that was reported. Sees nothing of its content.

    Raises NotAllowed, NotFound (nobody reported it), RuleViolated (the same person).
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed("Une saisie par erreur est confirmée par qui administre la plateforme.")
    with acting(by, relay=order.relay):
        report = RelayErrorReport.objects.filter(relay__uid=order.relay).first()
    if report is None:
        raise NotFound("Personne n’a signalé ce relais comme une erreur.")
    return mark_error(order, by=by, second_person=report.reported_by_id)
