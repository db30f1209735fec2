"""Telling an organisation by mail, once a month, that it is about to be late with its indicators (R. 6111-5)."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.members import holders_of
from ensemblier.journey.actions.indicators import LateOperator, late_operators
from ensemblier.journey.core.relay import PARIS
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.outbox import enqueue_all

TOLD = (Role.TEAM_LEAD, Role.ACCOUNT_MANAGER)


def tell_late(at: datetime) -> int:
    """One letter a month to each team lead and account manager of an organisation that tarries; how many letters."""
    today = at.astimezone(PARIS).date()
    letters = []
    for late in late_operators(today):
        addresses = {user.email for role in TOLD for user in holders_of(late.organisation_id, role, on=today)}
        letters += [_letter(late, to, f"{today:%Y-%m}") for to in sorted(addresses)]
    enqueue_all(letters, at=at)
    return len(letters)


def _letter(late: LateOperator, to: str, month: str) -> OutMessage:
    return OutMessage(
        kind="indicators.late",
        channel=Channel.EMAIL,
        to=to,
        subject="Indicateurs : une échéance approche",
        body=(
            "Bonjour,\n\n"
            f"Votre structure n’a rien transmis du socle d’indicateurs depuis {late.months} mois. La limite est de "
            f"{late.limit} mois (article R. 6111-5 du code du travail).\n\n"
            f"Préparer le fichier et noter l’envoi : {settings.PUBLIC_URL}/indicateurs/\n\n"
            "Ensemblier\n"
        ),
        key=uuid5(NAMESPACE_URL, f"indicators {late.organisation_id} {month} {to.lower()}"),
    )
