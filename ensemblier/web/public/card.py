"""What a page says of one door and of its counters, as HTML.

Written here and not in templates: whoever asks first from a commune has them made, up to five cards and fifteen lines
of a table. Every word is escaped, except those of `Why.html`, which were.
"""

from collections.abc import Callable, Mapping
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from ensemblier.directory.core.views import RegionalDesk
from ensemblier.web.english import in_english
from ensemblier.web.public.presentation import DoorCard, Further, Place
from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.icons import arch_svg, icon_svg

_FIXED = {
    "nearest": gettext_noop("Le plus proche"),
    "travel": gettext_noop("Trajet"),
    "estimated": gettext_noop("temps estimé"),
    "hours": gettext_noop("Horaires"),
    "no_hours": gettext_noop("Horaires non connus. Appelez avant de vous déplacer."),
    "appointment": gettext_noop("Premier rendez-vous"),
    "remote": gettext_noop("Sans se déplacer"),
    "no_phone": gettext_noop("Sans téléphone :"),
    "accessibility": gettext_noop("Accessibilité"),
    "no_place": gettext_noop(
        "Nous ne connaissons pas encore de lieu près de chez vous pour cette porte. Elle vous est ouverte quand même."
    ),
    "call_region": gettext_noop("Appelez le numéro régional, ou demandez à être rappelé."),
    "portal": gettext_noop("Demandez à être rappelé, ou passez par le portail de votre région :"),
    "callback": gettext_noop("Demandez à être rappelé."),
    "prepare": gettext_noop("À préparer pour le premier rendez-vous"),
    "regional_number": gettext_noop("Numéro régional : %(n)s"),
    "call": gettext_noop("Appeler le %(n)s"),
    "call_me": gettext_noop("Me faire rappeler"),
    "door": gettext_noop("Porte"),
    "place": gettext_noop("Lieu"),
}


@french.once_by_language
def _fixed() -> Mapping[str, str]:
    put = french.writer()
    return {key: put(gettext(words)) for key, words in _FIXED.items()}


@french.once_by_language
def door_card(door: DoorCard, desk: RegionalDesk | None, paper: bool) -> SafeString:
    """One door; `paper`: nothing to press."""
    put, fixed = french.writer(), _fixed()
    name, key = escape(door.name), f"p-{door.operator}"
    doubt = "" if door.is_express else " e-why-doubt"
    whys = "".join([f'<div class="e-why{doubt}">{why.html}</div>' for why in door.why])
    where = _facts(door.place, put) if door.place else _no_place(door, desk)
    lines = "".join([f"<li>{icon_svg('check2')}<span>{put(line)}</span></li>" for line in door.prepare])
    source = f'<p class="e-src">{put(door.place.source)}</p>' if door.place else ""
    return SafeString(
        f'<article class="e-card e-door" aria-labelledby="{key}">\n<div class="e-door-title">{arch_svg(door.operator)}'
        f'<div><h3 id="{key}">{name}</h3><p>{put(door.tagline)}</p></div></div>\n{whys}\n{where}\n'
        f'<div><p><strong>{fixed["prepare"]}</strong></p><ul class="e-checks">{lines}</ul></div>\n'
        f'<div class="e-actions">{_actions(door, paper)}</div>\n{source}</article>'
    )


def _facts(place: Place, put: Callable[[str], str]) -> str:
    """Where, how far, when: the list of a counter."""
    fixed, site = _fixed(), place.site
    is_french = french.language() == "fr"
    hours = [capfirst(put(line if is_french else in_english(line))) for line in site.hours_text]
    mail = escape(site.email)
    by_mail = f' {fixed["no_phone"]} <a href="mailto:{mail}">{mail}</a>' if mail else ""
    where = f'<span lang="fr">{put(place.address)}</span>{_tag(place.unsure)}'
    how_far = put(place.travel) + (_tag(fixed["estimated"]) if place.is_estimated else "")
    access = _fact("universal-access", "accessibility", put(site.accessibility), ' lang="fr"')
    return (
        f'<dl class="e-facts e-facts-grid">{_fact("geo-alt", "nearest", where)}'
        f"{_fact('car-front-fill', 'travel', how_far)}"
        f"{_fact('clock', 'hours', '<br>'.join(hours) or fixed['no_hours'])}"
        f"{_fact('calendar-event', 'appointment', put(place.appointment))}"
        f"{_fact('laptop', 'remote', put(place.remote) + by_mail)}{access if site.accessibility else ''}</dl>"
    )


def _fact(icon: str, key: str, html: str, attribute: str = "") -> str:
    return f"<div><dt>{icon_svg(icon)}{_fixed()[key]}</dt><dd{attribute}>{html}</dd></div>"


def _tag(words: str) -> str:
    return f' <span class="e-tag e-tag-est">{words}</span>' if words else ""


def _no_place(door: DoorCard, desk: RegionalDesk | None) -> str:
    """No counter is known: the door stays open, and here is how."""
    fixed = _fixed()
    if door.phone:
        how = fixed["call_region"]
    elif desk and desk.portal_url:
        url = escape(desk.portal_url)
        how = f'{fixed["portal"]} <a href="{url}" rel="noreferrer">{url}</a>'
    else:
        how = fixed["callback"]
    return f'<p class="e-note e-note-plain">{fixed["no_place"]} {how}</p>'


def _actions(door: DoorCard, paper: bool) -> str:
    fixed, found = _fixed(), ""
    if door.phone:
        words = fixed["regional_number" if door.is_regional_phone else "call"]
        number = escape(french.phone_words(door.phone))
        found = (
            f'<a class="e-btn" href="tel:{escape(french.phone_digits(door.phone))}">'
            f"{icon_svg('telephone')}{words % {'n': number}}</a>"
        )
    if not paper:
        hidden = f'<span class="e-hidden"> : {escape(door.name)}</span>'
        found += f'<a class="e-btn e-btn-2" href="#rappel">{fixed["call_me"]}{hidden}</a>'
    return found


def callback_choices(doors: tuple[DoorCard, ...]) -> SafeString:
    """Who may call back: each door, by its nearest counter when one is known."""
    found = []
    for door in doors:
        who = f"{door.operator}@{door.place.site.organisation_uid}" if door.place else f"{door.operator}"
        button = f'<input type="radio" name="qui" value="{who}" required>'
        found.append(f'<label class="e-choice">{button}<span>{escape(door.name)}</span></label>')
    return SafeString("".join(found))


@french.once_by_language
def table_rows(doors: tuple[DoorCard, ...]) -> SafeString:
    """The counters of the map, one line each: door, place, travel."""
    put, fixed = french.writer(), _fixed()
    lines = []
    for door in doors:
        places: list[Place | Further] = [door.place, *door.others] if door.place else []
        for place in places:
            unsure = f" ({escape(place.unsure)})" if place.unsure else ""
            where = f'<span lang="fr">{put(place.address)}</span>{unsure}'
            lines.append(
                f'<tr><th scope="row">{escape(door.name)}</th><td data-label="{fixed["place"]}">{where}</td>'
                f'<td data-label="{fixed["travel"]}">{put(place.travel)}</td></tr>'
            )
    return SafeString("".join(lines))
