"""What the worker does by itself, and how often. Each duty may run twice, or late, or in two workers: rows decide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ensemblier.accounts.actions.sessions import forget_old_sessions
from ensemblier.animation.actions.community import bring_unanswered
from ensemblier.animation.actions.registrations import send_event_reminders
from ensemblier.animation.actions.upkeep import forget, remind_commitments, send_digests
from ensemblier.journey.actions.appointments import send_appointment_reminders
from ensemblier.journey.actions.indicator_alerts import tell_late
from ensemblier.journey.actions.loops import tell_coordinators
from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.actions.queue import sweep_ignored
from ensemblier.journey.actions.relays import run_clock
from ensemblier.journey.actions.reminders import send_reminders
from ensemblier.journey.actions.restoring import keep_outside
from ensemblier.journey.actions.retention import run_retention
from ensemblier.journey.actions.rights_alerts import tell_endings
from ensemblier.journey.actions.stand_ins import keep_stand_ins
from ensemblier.kernel.orm.delivery import carriers_of_settings, deliver_due


@dataclass(frozen=True, slots=True)
class Duty:
    """`run(now)` says in a few words what it did, "" when there was nothing to do."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


def _deliver(now: datetime) -> str:
    done = deliver_due(carriers_of_settings(), at=now)
    if not done.total:
        return ""
    return f"{done.sent} message(s) parti(s), {done.later} remis à plus tard, {done.parked} mis de côté"


def _address(now: datetime) -> str:
    nobody = address_notices(now)["nobody"]
    return f"{nobody} avis pour quelqu'un que rien ne permet de joindre" if nobody else ""


def _clock(now: datetime) -> str:
    done = run_clock(now)
    if not done.expired + done.released + done.erased:
        return ""
    return f"{done.expired} relais échu(s), {done.released} rendu(s) au guichet, {done.erased} brouillon(s) effacé(s)"


def _remind(now: datetime) -> str:
    said, queued = send_reminders(now) + send_appointment_reminders(now), sweep_ignored(now)
    return f"{said} rappel(s), {queued} relais resté(s) sans suite confié(s) au guichet" if said + queued else ""


def _stand_in(now: datetime) -> str:
    done = keep_stand_ins(now)
    if not done.opened + done.closed:
        return ""
    return f"{done.opened} dossier(s) ouvert(s) à qui remplace, {done.closed} refermé(s)"


def _retain(now: datetime) -> str:
    done = run_retention(now)
    if not done.has_acted:
        return ""
    return (
        f"{done.archived} dossier(s) archivé(s), {done.warned} personne(s) prévenue(s), {done.erased} effacé(s), "
        f"{sum(done.rows.values())} autre(s) ligne(s)"
    )


def _indicators(now: datetime) -> str:
    told = tell_late(now)
    return f"{told} rappel(s) du socle d’indicateurs" if told else ""


def _forget(now: datetime) -> str:
    count = forget_old_sessions(at=now)
    return f"{count} session(s) finie(s) oubliée(s)" if count else ""


def _endings(now: datetime) -> str:
    told = tell_endings(now)
    return f"{told} partage(s) qui s'arrêtent dans les deux semaines" if told else ""


def _loops(now: datetime) -> str:
    told = tell_coordinators(now)
    return f"{told} coordination(s) prévenue(s) de boucles ouvertes" if told else ""


def _outside(now: datetime) -> str:
    keep_outside(now)  # nothing to say of it: who stopped what is nobody's news
    return ""


def _events(now: datetime) -> str:
    told = send_event_reminders(now)
    return f"{told} rappel(s) d'événement" if told else ""


def _commitments(now: datetime) -> str:
    told, brought = remind_commitments(now), bring_unanswered(now)
    return f"{told} engagement(s) rappelé(s), {brought} question(s) portée(s) à un groupe" if told + brought else ""


def _digests(now: datetime) -> str:
    sent = send_digests(now)
    return f"{sent} lettre(s) de territoire" if sent else ""


def _animation(now: datetime) -> str:
    done = forget(now)
    return f"{done.guests} inscription(s) sans compte effacée(s)" if done.total else ""


DUTIES = (
    Duty("avis", timedelta(seconds=1), _address),
    Duty("courrier", timedelta(seconds=1), _deliver),
    Duty("échéances", timedelta(minutes=1), _clock),
    Duty("remplacements", timedelta(minutes=1), _stand_in),
    Duty("conservation", timedelta(hours=6), _retain),
    Duty("effacements", timedelta(seconds=1), _outside),
    Duty("indicateurs", timedelta(hours=12), _indicators),
    Duty("sessions", timedelta(hours=1), _forget),
    Duty("rappels", timedelta(minutes=10), _remind),
    Duty("fins de partage", timedelta(hours=6), _endings),
    Duty("boucles ouvertes", timedelta(hours=6), _loops),
    Duty("événements", timedelta(minutes=10), _events),
    Duty("engagements", timedelta(hours=1), _commitments),
    Duty("lettres", timedelta(hours=1), _digests),
    Duty("inscriptions", timedelta(hours=6), _animation),
)
