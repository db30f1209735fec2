"""Knowing each other: the question of the month, declared cooperation, circles of partners, letters of territories."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F

from ensemblier.animation.actions.checked import audit, written
from ensemblier.animation.core.access import check_keeper, check_organiser
from ensemblier.animation.core.events import plain
from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.core.kinds import Motive, TieForm
from ensemblier.animation.models import (
    CircleLetter,
    CircleMember,
    ContactReport,
    DeclaredTie,
    DigestSubscription,
    EventFeed,
    PartnerCircle,
    SurveyTaken,
)
from ensemblier.animation.queries.keepers import head_row, keepers_of
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.fingerprints import fingerprint
from ensemblier.kernel.orm.outbox import cancel_queued, enqueue_all
from ensemblier.territory.core.views import ZoneView

MAX_ANSWERS = 20
MAX_IMPORT = 2000


@transaction.atomic
def answer_month(answers: Collection[tuple[UUID, Motive]], *, by: Actor, on: date) -> bool:
    """With whom one worked this month, and for what. Only counts of the organisation stay; False: already answered.

    An empty answer counts as an answer ("nobody"). Raises NotAllowed, NotFound, BadInput.
    """
    own, month = check_organiser(by), on.replace(day=1)
    if len(set(answers)) > MAX_ANSWERS:
        raise BadInput("Vingt structures au plus : gardez celles qui comptent.")
    found = dict(Organisation.objects.filter(uid__in={uid for uid, _ in answers}).values_list("uid", "pk"))
    if missing := {uid for uid, _ in answers} - set(found):
        raise NotFound("Une structure choisie n’est plus dans l’annuaire.", field=str(next(iter(missing))))
    if own in found.values():
        raise BadInput("Choisissez les autres structures : la vôtre est connue.")
    try:
        with transaction.atomic():
            SurveyTaken.objects.create(user_id=by.user_id or 0, organisation_id=own, month=month)
    except IntegrityError:
        return False
    for uid, motive in sorted(set(answers), key=str):
        key: dict[str, Any] = {"organisation_id": own, "other_id": found[uid], "month": month, "motive": motive.value}
        ContactReport.objects.get_or_create(**key)
        ContactReport.objects.filter(**key).update(answers=F("answers") + 1)
    return True


@dataclass(frozen=True, slots=True)
class Tie:
    """A cooperation to declare: with whom, in what form, from when to when."""

    other: UUID
    form: TieForm
    since: date
    until: date | None = None
    words: str = ""


@transaction.atomic
def declare_tie(tie: Tie, *, by: Actor, at: datetime, key: UUID) -> UUID:
    """Declare what one's organisation does, or did, with another one off the platform. Raises NotFound, BadInput."""
    own = check_organiser(by)
    if DeclaredTie.objects.filter(uid=key).exists():
        return key
    other = Organisation.objects.filter(uid=tie.other).first()
    if other is None or other.pk == own:
        raise NotFound("Choisissez une autre structure de l’annuaire.", field="other")
    if tie.since > at.date():
        raise BadInput("Une coopération se déclare une fois commencée.", field="since")
    row = DeclaredTie(
        uid=key, organisation_id=own, other=other, form=tie.form.value, words=plain(tie.words), since=tie.since,
        until=tie.until, declared_at=at,
    )  # fmt: skip
    audit(by, written(row), "declare")
    return key


@transaction.atomic
def take_back_tie(uid: UUID, *, by: Actor) -> None:
    """Take back what was declared by mistake. Raises NotFound."""
    row = DeclaredTie.objects.filter(uid=uid, organisation_id=check_organiser(by)).first()
    if row is None:
        raise NotFound("Votre structure n’a pas déclaré cela.")
    audit(by, row, "remove")
    row.delete()


def _circle(uid: UUID, by: Actor) -> PartnerCircle:
    row = head_row(HeadKind.CIRCLE, uid, for_update=True)
    check_keeper(by, keepers_of(row))
    return row  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `refused`: (line number, why)."""

    added: int
    already: int
    left: int
    refused: tuple[tuple[int, str], ...]


@transaction.atomic
def import_members(uid: UUID, text: str, *, by: Actor, at: datetime) -> Imported:
    """Add the addresses of a pasted table (address; name; structure) to a circle; a wrong line is said, not stored.

    Somebody who left is not brought back. Raises NotFound, NotAllowed, BadInput (nothing to read, too much).
    """
    circle = _circle(uid, by)
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines or len(lines) > MAX_IMPORT:
        raise BadInput(
            "Collez de 1 à %(most)s lignes : une adresse, un nom, une structure.", field="text",
            values={"most": MAX_IMPORT},
        )  # fmt: skip
    known = dict(CircleMember.objects.filter(circle=circle).values_list("email_key", "left_at"))
    new: dict[str, CircleMember] = {}
    refused: list[tuple[int, str]] = []
    already = left = 0
    for number, line in enumerate(lines, start=1):
        email, name, organisation = _cells(line)
        if not _reads(email):
            refused.append((number, line[:80]))
            continue
        key = fingerprint(email, purpose="circle")
        if key in known:
            left, already = left + (known[key] is not None), already + (known[key] is None)
        elif key in new:
            already += 1
        else:
            new[key] = CircleMember(
                circle=circle, email=email, email_key=key, name=name, organisation_name=organisation, added_at=at
            )
    CircleMember.objects.bulk_create(new.values())
    audit(by, circle, "import")
    return Imported(len(new), already, left, tuple(refused))


def _cells(line: str) -> tuple[str, str, str]:
    separator = next((sign for sign in (";", "\t") if sign in line), ",")
    cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    padded = [" ".join(cell.split()) for cell in cells] + ["", "", ""]
    return padded[0].strip("<>"), padded[1][:200], padded[2][:255]


def _reads(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


@transaction.atomic
def write_to_circle(uid: UUID, subject: str, body: str, *, by: Actor, at: datetime, key: UUID) -> int:
    """Send a letter to a circle, once for each click; returns to how many. Raises NotFound, NotAllowed, BadInput."""
    circle = _circle(uid, by)
    subject, body = " ".join(subject.split()), plain(body)
    if not subject or not body:
        raise BadInput("Une lettre a un objet et un texte.", field="subject" if body else "body")
    if CircleLetter.objects.filter(uid=key).exists():
        return 0
    members = list(CircleMember.objects.filter(circle=circle, left_at__isnull=True).order_by("id"))
    if not members:
        raise RuleViolated("Ce cercle n’a pas encore d’adresse.")
    CircleLetter.objects.create(
        uid=key, circle=circle, subject=subject[:120], body=body, sent_at=at, recipients=len(members)
    )
    foot = "--\nVous recevez cette lettre comme partenaire : {name}. Pour ne plus rien recevoir, un clic :\n{href}\n"
    enqueue_all(
        [
            OutMessage(
                kind="circle.letter", channel=Channel.EMAIL, to=member.email, subject=subject[:120],
                body=f"{body}\n\n" + foot.format(name=circle.name, href=leave_href(member.uid)),
                key=uuid5(member.uid, str(key)), subject_uid=member.uid,
            )
            for member in members
        ],
        at=at,
    )  # fmt: skip
    audit(by, circle, "write")
    return len(members)


def leave_href(uid: UUID) -> str:
    """The address of the one click by which one leaves."""
    return f"{settings.PUBLIC_URL}/quitter/{uid}/"


@transaction.atomic
def leave(uid: UUID, *, at: datetime) -> bool:
    """One click: no more letters, and the address is erased at once (a fingerprint stays). Twice changes nothing.

    `uid`: of a place in a circle, or of a subscription. False: nothing of that name any more.
    """
    if DigestSubscription.objects.filter(uid=uid).delete()[0]:
        cancel_queued(uid, at=at)
        return True
    member = CircleMember.objects.filter(uid=uid).first()
    if member is None:
        return False
    if member.left_at is None:
        erased = {"email": "", "name": "", "organisation_name": "", "left_at": at}
        CircleMember.objects.filter(pk=member.pk).update(**erased)
        cancel_queued(uid, at=at)
    return True


@transaction.atomic
def subscribe(zone: ZoneView, *, by: Actor, at: datetime) -> UUID:
    """Receive the week of a territory by mail. Twice is once. Raises NotAllowed."""
    if by.user_id is None:
        raise NotAllowed("Identifiez-vous pour recevoir la lettre du territoire.")
    row, _ = DigestSubscription.objects.get_or_create(
        user_id=by.user_id, zone_kind=zone.kind.value, zone_code=zone.code,
        defaults={"zone_name": zone.name, "since": at},
    )  # fmt: skip
    return row.uid


@transaction.atomic
def renew_feed(*, by: Actor) -> UUID:
    """A new secret address for one's own calendar; the old one opens nothing any more. Raises NotAllowed."""
    if by.user_id is None:
        raise NotAllowed("Identifiez-vous pour abonner votre agenda.")
    EventFeed.objects.filter(user_id=by.user_id).delete()
    return EventFeed.objects.create(user_id=by.user_id).key
