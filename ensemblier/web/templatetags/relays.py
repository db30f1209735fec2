"""`{% load relays %}`: the badge of a relay's state, as this reader reads it: whose turn it is decides its shape.

And the line of a relay in a list, written here and not in a template since a desk shows a hundred of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.inbox import RelayPage, RelayRow
from ensemblier.journey.core.proposals import UNANSWERED
from ensemblier.journey.core.states import Party, RelayState
from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.house import said, typo
from ensemblier.web.templatetags.icons import icon_svg

register = template.Library()
S = RelayState


@dataclass(frozen=True, slots=True)
class Badge:
    """Shape (you, wait, on, done, end), icon and words."""

    kind: str
    icon_name: str
    words: str | Promise


_BADGES = {
    S.DRAFT: Badge("wait", "pencil", _("Brouillon")),
    S.AWAITING_PERSON: Badge("wait", "person-raised-hand", _("Attend l’accord de la personne")),
    S.SENT: Badge("wait", "send", _("Envoyé")),
    S.ACKNOWLEDGED: Badge("on", "eye", _("Pris en main")),
    S.INFO_REQUESTED: Badge("wait", "question-circle", _("Précision demandée")),
    S.ACCEPTED: Badge("on", "calendar-check", _("Accepté")),
    S.IN_PROGRESS: Badge("on", "people", _("En cours")),
    S.COMPLETED: Badge("done", "check-circle", _("Terminé")),
    S.DECLINED: Badge("done", "arrow-90deg-left", _("Décliné")),
    S.WITHDRAWN: Badge("end", "stop-circle", _("Arrêté par la personne")),
    S.CANCELLED: Badge("end", "x-circle", _("Annulé par l’expéditeur")),
    S.FAILED: Badge("done", "telephone-x", _("Contact non abouti")),
    S.EXPIRED: Badge("done", "clock-history", _("Sans réponse à temps")),
    S.ENTERED_IN_ERROR: Badge("end", "exclamation-octagon", _("Saisi par erreur")),
}
_YOURS = Badge("you", "send", _("À vous"))
_IN_YOUR_HANDS = Badge("on", "eye", _("Pris en main par vous"))


@register.simple_tag(name="relay_badge")
def badge(relay: RelayRow | RelayPage) -> Badge:
    """The badge as this reader reads it."""
    known = _BADGES[relay.state]
    is_mine = relay.is_mine if isinstance(relay, RelayRow) else relay.is_named
    answered = relay.has_sequel if isinstance(relay, RelayRow) else bool(relay.sequel)
    if relay.party is Party.RECIPIENT:
        if relay.state is S.SENT:
            return _YOURS
        return _IN_YOUR_HANDS if relay.state is S.ACKNOWLEDGED and is_mine else known
    waits = relay.state is S.INFO_REQUESTED or (relay.state in UNANSWERED and not answered)
    return Badge("you", known.icon_name, known.words) if waits else known


_WORDS = {
    "nobody": gettext_noop("Une personne"),
    "need": gettext_noop("Besoin :"),
    "channel": gettext_noop("À joindre %(how)s."),
    "late": gettext_noop("En retard : c’était pour %(day)s"),
    "due": gettext_noop("Avant la fin du %(day)s"),
    "appointment": gettext_noop("Rendez-vous proposé %(when)s"),
    "holder": gettext_noop("En main : %(name)s"),
}
_NOBODY = UUID(int=0)


@french.once_by_language
def _fixed() -> Mapping[str, str]:
    put = french.writer()
    return {key: put(gettext(words)) for key, words in _WORDS.items()}


@cache
def _around() -> tuple[str, ...]:
    """The address of a relay, before and after its number."""
    return tuple(reverse("web:relay", args=[_NOBODY]).split(str(_NOBODY)))


@register.simple_tag(name="relay_line")
def line(row: RelayRow) -> SafeString:
    """The line of a relay as its reader may see it."""
    fixed = _fixed()
    before, after = _around()
    who = escape(row.name) or fixed["nobody"] + (f", {typo(row.envelope.place)}" if row.envelope.place else "")
    named = f'<h3><a href="{before}{row.uid}{after}">{who}</a></h3>'
    return SafeString(f'{named}\n{_need(row)}<p class="e-inline">{_state(row)}\n{_when(row)}</p>')


def _need(row: RelayRow) -> str:
    if not row.envelope.need:
        return ""
    fixed, channel = _fixed(), row.envelope.channel
    how = f" {fixed['channel'] % {'how': said(channel)}}" if channel else ""
    other = f' <span class="e-soft">{escape(row.other)}</span>' if row.other else ""
    return f"<p>{fixed['need']} {said(row.envelope.need)}.{how}{other}</p>\n"


def _state(row: RelayRow) -> str:
    shown = badge(row)
    return f'<span class="e-state e-state-{shown.kind}">{icon_svg(shown.icon_name)}{typo(str(shown.words))}</span>'


def _when(row: RelayRow) -> str:
    fixed, found = _fixed(), ""
    if row.due_on:
        day = {"day": french.day_words(row.due_on, weekday=True)}
        late = f'<strong class="e-when-near">{fixed["late"] % day}</strong>'
        found += late if row.is_late else f"<span>{fixed['due'] % day}</span>"
    if row.appointment_at and row.state is S.ACCEPTED:
        found += f"<span>{fixed['appointment'] % {'when': french.moment_words(row.appointment_at)}}</span>"
    if row.holder and not row.is_mine:
        found += f'<span class="e-soft">{fixed["holder"] % {"name": escape(row.holder)}}</span>'
    return found
