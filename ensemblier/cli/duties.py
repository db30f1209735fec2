"""What the worker does by itself, and how often. Each duty may run twice, or late, or in two workers: rows decide."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ensemblier.accounts.actions.sessions import forget_old_sessions
from ensemblier.animation.actions.community import bring_unanswered
from ensemblier.animation.actions.registrations import send_event_reminders
from ensemblier.animation.actions.upkeep import forget, remind_commitments, send_digests
from ensemblier.cli.words import _
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
from ensemblier.kernel.words import marked
from ensemblier.library.actions.alerts import tell_what_is_new


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
    return _(
        "%(sent)s message(s) parti(s), %(later)s remis à plus tard, %(parked)s mis de côté",
        sent=done.sent,
        later=done.later,
        parked=done.parked,
    )


def _address(now: datetime) -> str:
    nobody = address_notices(now)["nobody"]
    return _("%(nobody)s avis pour quelqu'un que rien ne permet de joindre", nobody=nobody) if nobody else ""


def _clock(now: datetime) -> str:
    done = run_clock(now)
    if not done.expired + done.released + done.erased:
        return ""
    return _(
        "%(expired)s relais échu(s), %(released)s rendu(s) au guichet, %(erased)s brouillon(s) effacé(s)",
        expired=done.expired,
        released=done.released,
        erased=done.erased,
    )


def _remind(now: datetime) -> str:
    said, queued = send_reminders(now) + send_appointment_reminders(now), sweep_ignored(now)
    return (
        _("%(said)s rappel(s), %(queued)s relais resté(s) sans suite confié(s) au guichet", said=said, queued=queued)
        if said + queued
        else ""
    )


def _stand_in(now: datetime) -> str:
    done = keep_stand_ins(now)
    if not done.opened + done.closed:
        return ""
    return f"{done.opened} dossier(s) ouvert(s) à qui remplace, {done.closed} refermé(s)"


def _retain(now: datetime) -> str:
    done = run_retention(now)
    if not done.has_acted:
        return ""
    return _(
        "%(archived)s dossier(s) archivé(s), %(warned)s personne(s) prévenue(s), %(erased)s effacé(s), "
        "%(rows)s autre(s) ligne(s)",
        archived=done.archived,
        warned=done.warned,
        erased=done.erased,
        rows=sum(done.rows.values()),
    )


def _indicators(now: datetime) -> str:
    told = tell_late(now)
    return f"{told} rappel(s) du socle d’indicateurs" if told else ""


def _forget(now: datetime) -> str:
    count = forget_old_sessions(at=now)
    return _("%(count)s session(s) finie(s) oubliée(s)", count=count) if count else ""


def _endings(now: datetime) -> str:
    told = tell_endings(now)
    return _("%(told)s partage(s) qui s'arrêtent dans les deux semaines", told=told) if told else ""


def _loops(now: datetime) -> str:
    told = tell_coordinators(now)
    return _("%(told)s coordination(s) prévenue(s) de boucles ouvertes", told=told) if told else ""


def _outside(now: datetime) -> str:
    keep_outside(now)  # nothing to say of it: who stopped what is nobody's news
    return ""


def _events(now: datetime) -> str:
    told = send_event_reminders(now)
    return _("%(told)s rappel(s) d'événement", told=told) if told else ""


def _commitments(now: datetime) -> str:
    told, brought = remind_commitments(now), bring_unanswered(now)
    if not told + brought:
        return ""
    return _(
        "%(told)s engagement(s) rappelé(s), %(brought)s question(s) portée(s) à un groupe", told=told, brought=brought
    )


def _digests(now: datetime) -> str:
    sent = send_digests(now)
    return _("%(sent)s lettre(s) de territoire", sent=sent) if sent else ""


def _searches(now: datetime) -> str:
    told = tell_what_is_new(now)
    return _("%(told)s recherche(s) gardée(s) avec du nouveau", told=told) if told else ""


def _animation(now: datetime) -> str:
    done = forget(now)
    return _("%(guests)s inscription(s) sans compte effacée(s)", guests=done.guests) if done.total else ""


DUTIES = (
    Duty(marked("avis"), timedelta(seconds=1), _address),
    Duty(marked("courrier"), timedelta(seconds=1), _deliver),
    Duty(marked("échéances"), timedelta(minutes=1), _clock),
    Duty(marked("remplacements"), timedelta(minutes=1), _stand_in),
    Duty(marked("conservation"), timedelta(hours=6), _retain),
    Duty(marked("effacements"), timedelta(seconds=1), _outside),
    Duty(marked("indicateurs"), timedelta(hours=12), _indicators),
    Duty(marked("sessions"), timedelta(hours=1), _forget),
    Duty(marked("rappels"), timedelta(minutes=10), _remind),
    Duty(marked("fins de partage"), timedelta(hours=6), _endings),
    Duty(marked("boucles ouvertes"), timedelta(hours=6), _loops),
    Duty(marked("événements"), timedelta(minutes=10), _events),
    Duty(marked("engagements"), timedelta(hours=1), _commitments),
    Duty(marked("lettres"), timedelta(hours=1), _digests),
    Duty(marked("recherches gardées"), timedelta(hours=1), _searches),
    Duty(marked("inscriptions"), timedelta(hours=6), _animation),
)
