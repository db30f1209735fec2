"""Coming, being away, leaving: invitations by link and code, substitutes, rights that end on a day."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.invitations import (
    GONE,
    Invited,
    accept_as,
    accept_signed_in,
    accept_with_password,
    cancel_invitation,
    invite,
    open_invitation,
)
from ensemblier.accounts.actions.staff import (
    change_roles,
    close_account,
    end_member_absence,
    leave_organisation,
    record_member_absence,
)
from ensemblier.accounts.core.oidc import Identity
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Invitation, Membership, Session, User, UserIdentity
from ensemblier.accounts.queries.members import actor_for, members_of
from ensemblier.accounts.queries.staff import absences_of, away_on, replaced_by, waiting_invitations
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.kernel.period import Period
from tests.factories.accounts import PASSWORD, make_member, make_user
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate()
WHO = Invited("ines@exemple.fr", "Inès Roux", frozenset({Role.ADVISER, Role.DESK}))


def member(name: str, organisation: Organisation, *roles: Role) -> Actor:
    """Somebody who acts for an organisation today."""
    user = make_user(name)
    make_member(user, organisation, *roles)
    return actor_for(user.pk, organisation.uid, on=TODAY, label=name)


def invited_by(actor: Actor, who: Invited = WHO) -> tuple[str, str]:
    """(token, code) of an invitation."""
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"https://ensemblier.exemple.fr/invitation/{token}/"

    return invite(who, actor=actor, address_of=address, at=NOW), tokens[0]


def test_an_invitation_is_accepted_once_with_the_link_and_the_code() -> None:
    mission = make_organisation()
    lea = member("Léa", mission, Role.ACCOUNT_MANAGER)
    code, token = invited_by(lea)
    letter = OutboxMessage.objects.get()
    assert token in letter.body and code not in letter.body and "Mission" not in letter.subject + letter.body
    with pytest.raises(NotAllowed):
        open_invitation(token, "000000" if code != "000000" else "111111", at=NOW)
    uid = open_invitation(token, code, at=NOW)
    user = accept_with_password(uid, name="Inès Roux", password=PASSWORD, at=NOW)
    ines = actor_for(user, mission.uid, on=TODAY)
    assert ines.roles == {"adviser", "desk"} and User.objects.get(pk=user).email == "ines@exemple.fr"
    with pytest.raises(NotFound, match=GONE):
        accept_with_password(uid, name="Autre", password=PASSWORD, at=NOW)
    with pytest.raises(NotAllowed):
        open_invitation(token, code, at=NOW)


def test_who_may_invite_and_to_what() -> None:
    mission, apec = make_organisation(), make_organisation("Apec")
    lea, bruno = member("Léa", mission, Role.ACCOUNT_MANAGER), member("Bruno", mission, Role.ADVISER)
    for actor, who in ((bruno, WHO), (lea, Invited("a@exemple.fr", "A", frozenset({Role.ADMINISTRATOR})))):
        with pytest.raises(NotAllowed):
            invited_by(actor, who)
    for wrong, field in (
        (Invited("ines", "Inès", frozenset({Role.DESK})), "email"),
        (Invited("ines@exemple.fr", "Inès", frozenset()), "roles"),
        (Invited("ines@exemple.fr", "", frozenset({Role.DESK})), "name"),
    ):
        with pytest.raises(BadInput) as refused:
            invited_by(lea, wrong)
        assert refused.value.field == field
    invited_by(lea)
    assert [one.name for one in waiting_invitations(actor=lea, at=NOW)] == ["Inès Roux"]
    chloe = member("Chloé", apec, Role.ACCOUNT_MANAGER)
    assert waiting_invitations(actor=chloe, at=NOW) == []
    uid = Invitation.objects.get().uid
    with pytest.raises(NotAllowed):
        cancel_invitation(uid, actor=chloe, at=NOW)
    cancel_invitation(uid, actor=lea, at=NOW)
    with pytest.raises(NotFound):
        accept_with_password(uid, name="Inès", password=PASSWORD, at=NOW)
    with pytest.raises(RuleViolated):
        cancel_invitation(uid, actor=lea, at=NOW)


def identity(email: str, subject: str = "ines-chez-elle") -> Identity:
    """Somebody whom a provider identified."""
    return Identity("https://fournisseur.example", subject, email, True, "")


def test_an_identity_joins_by_an_invitation_and_never_by_its_e_mail_alone() -> None:
    mission = make_organisation()
    lea = member("Léa", mission, Role.ACCOUNT_MANAGER)
    code, token = invited_by(lea)
    uid = open_invitation(token, code, at=NOW)
    with pytest.raises(NotAllowed, match="une autre adresse"):
        accept_as(uid, identity("denis@exemple.fr"), at=NOW)
    with pytest.raises(NotFound):
        accept_as(uid, identity("ines@exemple.fr"), at=NOW + timedelta(days=8))
    user = accept_as(uid, identity("ines@exemple.fr"), at=NOW)
    assert UserIdentity.objects.get().user_id == user and not User.objects.get(pk=user).has_usable_password()
    code, token = invited_by(lea, Invited("lea@exemple.fr", "Léa", frozenset({Role.DESK})))
    with pytest.raises(RuleViolated, match="déjà un compte"):
        accept_as(open_invitation(token, code, at=NOW), identity("lea@exemple.fr", "un-voleur"), at=NOW)
    assert UserIdentity.objects.count() == 1, "le compte de Léa n'est pas pris par son adresse"


def test_who_has_an_account_joins_one_more_organisation_with_it() -> None:
    mission, apec = make_organisation(), make_organisation("Apec")
    lea, ines = member("Léa", mission, Role.ACCOUNT_MANAGER), make_user("Inès", email="ines@exemple.fr")
    make_member(ines, apec, Role.ADVISER)
    code, token = invited_by(lea)
    uid = open_invitation(token, code, at=NOW)
    with pytest.raises(RuleViolated, match="connectez-vous"):
        accept_with_password(uid, name="Inès", password=PASSWORD, at=NOW)
    with pytest.raises(NotAllowed):
        accept_signed_in(uid, user_id=make_user("Denis").pk, at=NOW)
    accept_signed_in(uid, user_id=ines.pk, at=NOW)
    assert actor_for(ines.pk, mission.uid, on=TODAY).roles == {"adviser", "desk"}
    assert actor_for(ines.pk, apec.uid, on=TODAY).roles == {"adviser"}


def test_an_absence_has_days_and_a_substitute_of_the_same_organisation() -> None:
    mission, apec = make_organisation(), make_organisation("Apec")
    bruno, ines = member("Bruno", mission, Role.ADVISER), member("Inès", mission, Role.ADVISER)
    lead, chloe = member("Léa", mission, Role.TEAM_LEAD), member("Chloé", apec, Role.ADVISER)
    days = Period(date(2026, 12, 1), date(2026, 12, 6))
    assert bruno.user_id and ines.user_id and chloe.user_id

    def away(actor: Actor, substitute: int | None, period: Period = days) -> object:
        return record_member_absence(bruno.user_id or 0, period=period, substitute_id=substitute, actor=actor)

    for actor, substitute, error in (
        (ines, None, NotAllowed),
        (bruno, bruno.user_id, RuleViolated),
        (bruno, chloe.user_id, NotFound),
        (chloe, None, NotAllowed),
    ):
        with pytest.raises(error):
            away(actor, substitute)
    with pytest.raises(BadInput):
        away(bruno, None, Period(date(2026, 12, 1)))
    uid = away(lead, ines.user_id)
    with pytest.raises(RuleViolated, match="déjà écrite"):
        away(bruno, None, Period(date(2026, 12, 5), date(2026, 12, 9)))
    found = away_on([bruno.user_id, ines.user_id], mission.pk, on=date(2026, 12, 5))
    assert [one.substitute_name for one in found.values()] == ["Inès"]
    assert away_on([bruno.user_id], mission.pk, on=date(2026, 12, 6)) == {}
    assert [one.name for one in replaced_by(ines.user_id, mission.pk, on=date(2026, 12, 1))] == ["Bruno"]
    with pytest.raises(NotFound):
        end_member_absence(uid, on=date(2026, 12, 3), actor=chloe)  # type: ignore[arg-type]
    end_member_absence(uid, on=date(2026, 12, 3), actor=bruno)  # type: ignore[arg-type]
    assert [one.last_day for one in absences_of(actor=lead, on=TODAY)] == [date(2026, 12, 2)]
    assert absences_of(actor=chloe, on=TODAY) == []


def test_leaving_ends_every_right_on_its_day_and_leaves_somebody_to_manage() -> None:
    mission = make_organisation()
    lea, bruno = member("Léa", mission, Role.ACCOUNT_MANAGER), member("Bruno", mission, Role.ADVISER, Role.DESK)
    assert lea.user_id and bruno.user_id
    with pytest.raises(NotAllowed):
        leave_organisation(lea.user_id, on=TODAY, actor=bruno)
    with pytest.raises(RuleViolated, match="seule personne"):
        leave_organisation(lea.user_id, on=TODAY, actor=lea)
    end = TODAY + timedelta(days=10)
    assert leave_organisation(bruno.user_id, on=end, actor=lea) == 2
    assert actor_for(bruno.user_id, on=end - timedelta(days=1)).roles == {"adviser", "desk"}
    assert actor_for(bruno.user_id, on=end).organisation_id is None
    with pytest.raises(NotFound):
        leave_organisation(bruno.user_id, on=end, actor=lea)


def test_roles_change_at_once_and_somebody_still_manages() -> None:
    mission = make_organisation()
    lea, bruno = member("Léa", mission, Role.ACCOUNT_MANAGER), member("Bruno", mission, Role.ADVISER)
    assert lea.user_id and bruno.user_id
    change_roles(bruno.user_id, frozenset({Role.ADVISER, Role.TEAM_LEAD}), on=TODAY, actor=lea)
    assert actor_for(bruno.user_id, on=TODAY).roles == {"adviser", "team_lead"}
    change_roles(bruno.user_id, frozenset({Role.TEAM_LEAD}), on=TODAY, actor=lea)
    assert actor_for(bruno.user_id, on=TODAY).roles == {"team_lead"}
    for roles, error in ((frozenset(), BadInput), (frozenset({Role.ADMINISTRATOR}), NotAllowed)):
        with pytest.raises(error):
            change_roles(bruno.user_id, roles, on=TODAY, actor=lea)
    with pytest.raises(RuleViolated, match="seule personne"):
        change_roles(lea.user_id, frozenset({Role.ADVISER}), on=TODAY, actor=lea)
    assert len(members_of(mission.pk, actor=lea, on=TODAY)) == 2


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    bruno = make_user("Bruno")
    client.force_login(bruno)
    with pytest.raises(NotAllowed):
        close_account(bruno.pk, actor=member("Léa", make_organisation(), Role.ACCOUNT_MANAGER))
    close_account(bruno.pk, actor=SYSTEM)
    assert not Session.objects.exists() and client.get("/compte/").status_code == 302


def test_the_pages_lead_from_the_invitation_to_the_welcome(client: Client) -> None:
    mission = make_organisation()
    member("Léa", mission, Role.ACCOUNT_MANAGER, Role.COORDINATOR)
    client.force_login(User.objects.get(name="Léa"))
    form = {"acting_for": mission.pk, "name": "Inès Roux", "email": "ines@exemple.fr", "roles": ["adviser"]}
    said = client.post("/equipe/inviter/", form).content.decode()
    digits = "".join(re.findall(r"<strong>(\d{3}).?(\d{3})</strong>", said)[0])
    link = re.search(r"http://testserver(/invitation/\S+)", OutboxMessage.objects.get().body)
    assert link and "Inès Roux" in client.get("/equipe/").content.decode()
    hers = Client()
    assert "Mission" not in hers.get(link[1]).content.decode(), "rien avant le code"
    assert hers.post(link[1], {"proof": digits})["Location"] == "/rejoindre/"
    assert "Rejoindre" in hers.get("/rejoindre/").content.decode()
    assert hers.post("/rejoindre/", {"name": "Inès Roux", "password": "court"}).status_code == 400
    joined = hers.post("/rejoindre/", {"name": "Inès Roux", "password": PASSWORD})
    assert joined["Location"] == "/connexion/premiere-fois/", "un compte réel donne d'abord une seconde preuve"
    assert Membership.objects.filter(user__email="ines@exemple.fr").count() == 1
    welcome = client.get("/bienvenue/").content.decode()
    assert "Inès Roux" in welcome and "Bienvenue" in welcome
