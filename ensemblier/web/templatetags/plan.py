"""Words and marks of the plan and its neighbours: `{% load plan %}`."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.appointments import OPEN_APPOINTMENTS, AppointmentMove, AppointmentState
from ensemblier.journey.core.plan import Doer, StepKind, StepState
from ensemblier.journey.queries.appointments import AppointmentView
from ensemblier.journey.queries.plan import StepView
from ensemblier.web.templatetags import french

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: Context, name: str, *args: Any) -> str:
    """The address of a page of this side (adviser or person)."""
    return str(context["side"].url(name, *args))


@register.filter
def euros(cents: int | None) -> str:
    """ "7 320 €", "12,50 €"; "non connu" when nobody has said."""
    if cents is None:
        return _("non connu")
    whole, rest = divmod(cents, 100)
    sign = "," if french.language() == "fr" else "."
    return french.number_words(whole) + (f"{sign}{rest:02d}" if rest else "") + f"{french.WIDE}€"


@register.filter
def near(day: date, today: date) -> str:
    """ "aujourd’hui", "demain", "dans 3 jours", "en retard de 2 jours"; "le 12 décembre 2026" beyond a fortnight."""
    days = (day - today).days
    if days < 0:
        return ngettext("en retard de %(n)s jour", "en retard de %(n)s jours", -days) % {"n": -days}
    if days <= 1:
        return _("demain") if days else _("aujourd’hui")
    return _("dans %(n)s jours") % {"n": days} if days <= 14 else _("le %(day)s") % {"day": french.day_words(day)}


@register.filter
def eve(day: date) -> date:
    """The last day of a period whose end is excluded."""
    return day - timedelta(days=1)


@register.simple_tag
def operators(found: Iterable[Operator], names: dict[Operator, str]) -> str:
    """Operators by name, in the order given, which ranks nobody."""
    return ", ".join(names.get(operator, operator.value) for operator in found) or _("aucune")


@register.simple_tag(takes_context=True)
def step_mark(context: Context, step: StepView) -> tuple[str, str, str]:
    """(kind of badge, icon, words) of where a step is, for who reads."""
    side, today = context["side"], context["today"]
    if step.state is StepState.DONE:
        return "done", "check-circle", _("Fait")
    if step.state is StepState.GIVEN_UP:
        return "end", "slash-circle", _("Abandonné")
    if step.waits:
        return "wait", "hourglass-split", _("Attend une autre étape")
    if step.doer is side.doer:
        return "you", "flag", _("À vous, %(when)s") % {"when": near(step.due_on, today)} if step.due_on else _("À vous")
    if step.state is StepState.GOING_ON:
        return "on", "arrow-right-circle", _("En cours")
    return "wait", "hourglass-split", _("À venir")


@register.simple_tag(takes_context=True)
def doer_words(context: Context, doer: str, partner: str = "") -> str:
    """Who does a step: the partner by name, the others in the words of who reads."""
    return partner or str(context["side"].doers[Doer(doer).value])


@register.filter
def field_words(name: str) -> str:
    """What a field of a step is called in a difference."""
    return {
        "title": _("quoi"),
        "kind": _("nature"),
        "detail": _("précisions"),
        "doer": _("qui"),
        "partner": _("partenaire"),
        "due_on": _("pour quand"),
        "after": _("après"),
        "after_id": _("après"),
        "given_up": _("abandonné"),
        "word": _("pourquoi"),
        "state": _("où on en est"),
        "done_on": _("faite le"),
    }.get(name, name)


@register.simple_tag
def told(name: str, value: str) -> str:
    """A value of a difference, in words: codes as labels, days as dates."""
    if not value:
        return _("rien")
    if name == "kind":
        return _(StepKind(value).label)
    if name == "doer":
        return _(Doer(value).label)
    if name == "state":
        return _(StepState(value).label)
    return french.day_words(date.fromisoformat(value)) if name in {"due_on", "done_on"} else value


@register.simple_tag
def appointment_mark(one: AppointmentView) -> tuple[str, str, str]:
    """(kind of badge, icon, words) of an appointment, for who reads."""
    if one.state is AppointmentState.PROPOSED and AppointmentMove.CONFIRM in one.may:
        return "you", "flag", _("À vous de confirmer")
    if one.state in OPEN_APPOINTMENTS and AppointmentMove.HOLD in one.may:
        return "you", "flag", _("A-t-il eu lieu ?")
    return {
        AppointmentState.PROPOSED: ("wait", "hourglass-split", _("Attend une réponse")),
        AppointmentState.CONFIRMED: ("on", "check-circle", _("Confirmé")),
        AppointmentState.HELD: ("done", "check-circle", _("Tenu")),
        AppointmentState.MISSED: ("end", "slash-circle", _("Manqué")),
        AppointmentState.CANCELLED: ("end", "slash-circle", _("Annulé")),
    }[one.state]
