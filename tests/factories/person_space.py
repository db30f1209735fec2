"""Awa's own space: her account, the file she linked, and a relay with two doors that waits for her."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.links import accept_invitation, invite
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.rights_choice import Decision, choose_and_send
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, with_names
from ensemblier.journey.core.explained import KeptDoor, Why
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Episode, Relay
from ensemblier.journey.queries.rights_relays import my_relay
from tests.factories.accounts import make_person_account, sign_in_person
from tests.factories.journey import Desk, make_desk_of_two, order_for

WORDS = {
    Category.IDENTITY: "",
    Category.SITUATION: "Sans emploi depuis le 2 novembre.",
    Category.PROJECT: "Devenir soudeuse. Un essai de deux semaines fait en octobre.",
}


@dataclass
class Space:
    """What the tests of the space look at."""

    desk: Desk
    account: PersonAccountView
    episode: Episode
    herself: PersonHerself
    at: datetime
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self) -> Client:
        """Awa's browser, signed in to her space."""
        client = Client()
        sign_in_person(client, self.account)
        return client


def make_space(days_ago: int = 3) -> Space:
    """Awa linked the file that Bruno holds."""
    desk, account = make_desk_of_two(), make_person_account()
    at = timezone.now() - timedelta(days=days_ago)
    awa = PersonDraft(given_name="Awa", family_name="Diallo", phone="+33600000001", email="awa@exemple.fr")
    episode = open_file(awa, request="Devenir soudeuse sans partir d’ici", by=desk.bruno, at=at)
    invitation = invite(episode.person.uid, by=desk.bruno, at=at)
    herself = accept_invitation(invitation.token, invitation.code, account_id=account.id, at=at)
    return Space(desk, account, episode, herself, at)


def door_of_the_young(organisation: int) -> KeptDoor:
    """What she was told of Chloé's door on the day the relay was prepared."""
    fr, en = "Vous avez moins de 26 ans ; la Mission locale est faite pour vous.", "You are under 26."
    why = Why("ML-JEUNE", fr, en, "Code du travail, article L5314-2", "https://www.legifrance.gouv.fr/")
    return KeptDoor("mission_locale", True, (why,), frozenset({organisation}), ("ML-JEUNE",))


def make_proposed(space: Space, kind: RelayKind = RelayKind.REFERRAL) -> Relay:
    """A relay that waits for Awa, with Chloé's door and Denis's."""
    draft = relays.RelayDraft(
        episode_uid=space.episode.uid,
        kind=kind,
        summary="Awa prépare une formation de soudeuse et cherche comment la payer.",
        envelope={"need": "préparer une formation et son financement", "place": "bassin de Gap", "channel": "SMS"},
        words=WORDS,
        routing={"on": space.at.date().isoformat(), "doors": [door_of_the_young(space.desk.recipient).stored]},
    )
    relay = relays.prepare_relay(draft, by=space.desk.bruno, at=space.at)
    offered = [space.desk.recipient, space.desk.denis.organisation_id or 0]
    relays.propose(order_for(relay, space.at), by=space.desk.bruno, offered=offered)
    relay.refresh_from_db()
    return relay


def make_sent_by_awa(space: Space, kind: RelayKind = RelayKind.REFERRAL) -> Relay:
    """The same, sent by her to Chloé's, with everything ticked."""
    relay = make_proposed(space, kind)
    at = space.at + timedelta(minutes=5)
    seen = my_relay([space.herself], relay.uid, at=at)
    names = Names(seen.source, "Mission locale de Gap", seen.need, "22 novembre 2027")
    decision = Decision(
        order=Order(relay.uid, seen.version, relay.uid, at),
        recipient=space.desk.recipient,
        categories=seen.categories,
        is_explicit_on_health=False,
        readable=with_names(text_on(at.date()), names, seen.categories),
        text=seen.letter(seen.categories),
    )
    choose_and_send(decision, by=space.herself)
    relay.refresh_from_db()
    return relay
