"""From an orientation to what the answer page says: every word is ready, the template only places it."""

from dataclasses import dataclass
from datetime import date
from html import escape

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Mode, PositionKind
from ensemblier.directory.core.views import RegionalDesk, SiteCard
from ensemblier.kernel.orm.edition import Editions
from ensemblier.routing.core.answer import (
    Doubt,
    Exclusion,
    Level,
    NotConcerned,
    OtherDoor,
    Question,
    Reason,
    Right,
    Undetermined,
)
from ensemblier.routing.core.facts import Status
from ensemblier.routing.core.orientation import Door, Orientation
from ensemblier.territory.core.geo import Travel, TravelMethod
from ensemblier.web.maps import Map
from ensemblier.web.public import choices, wording
from ensemblier.web.public.forms import Said
from ensemblier.web.public.nearby import address_of, map_of
from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.french import once_by_language
from ensemblier.web.templatetags.house import typo


@dataclass(frozen=True, slots=True)
class Why:
    """One rule in words; `html` is its sentence and its text of law to unfold, `sentence` the sentence alone."""

    words: str
    law: str
    sentence: SafeString
    html: SafeString


@dataclass(frozen=True, slots=True)
class Place:
    """A counter in words. `estimated` = the travel time is; `unsure` = what the position is ("" when it is)."""

    site: SiteCard
    address: str
    unsure: str
    travel: str
    is_estimated: bool
    appointment: str
    remote: str
    source: str


@dataclass(frozen=True, slots=True)
class Further:
    """What the table says of a counter that is not the nearest one."""

    address: str
    unsure: str
    travel: str


@dataclass(frozen=True, slots=True)
class DoorCard:
    """One door of the page. `phone` is the counter's, else the regional one (`is_regional_phone`)."""

    operator: Operator
    name: str
    tagline: str
    is_express: bool
    why: tuple[Why, ...]
    place: Place | None
    others: tuple[Further, ...]
    prepare: tuple[str, ...]
    phone: str
    is_regional_phone: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A question whose answer would change the result; `buttons` are (name, value, words) posted with the rest."""

    words: str
    changes: str
    buttons: tuple[tuple[str, str, str], ...]


Names = tuple[tuple[Operator, str], ...]

AGAIN = SafeString("<!--again-->")
"""Where the answers of the person are posted again: put there when the page is whole, so that no piece of a page that
is kept holds them. No text can contain it: what people write is escaped."""


@dataclass(frozen=True, slots=True)
class Closed:
    """An operator that is not a door, and why."""

    name: str
    why: tuple[Why, ...]
    is_excluded: bool
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A titled explanation: another door, a right, a doubt."""

    title: str
    delay: str
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the answer page shows."""

    title: str
    said: Said
    again: SafeString
    express: tuple[DoorCard, ...]
    possible: tuple[DoorCard, ...]
    express_title: str
    possible_title: str
    asks: tuple[Ask, ...]
    closed: tuple[Closed, ...]
    other_doors: tuple[Line, ...]
    doubts: tuple[Line, ...]
    rights: tuple[Line, ...]
    agreements: tuple[Why, ...]
    right_reasons: tuple[Why, ...]
    orientation: Orientation
    map: Map | None
    has_fictitious: bool

    @property
    def doors(self) -> tuple[DoorCard, ...]:
        """All open doors, in the order of the page."""
        return self.express + self.possible


def present(orientation: Orientation, said: Said, editions: Editions | None = None) -> Page:
    """The page of an orientation; `editions`: those of the reference tables from which it was read."""
    cards = tuple(_door(door, orientation, said) for door in orientation.doors)
    express = tuple(card for card in cards if card.is_express)
    possible = tuple(card for card in cards if not card.is_express)
    sites = [site for door in orientation.doors for site in door.sites]
    desk = orientation.desk
    return Page(
        title=_title(orientation, len(express), len(possible)),
        said=said,
        again=_hidden(said.again),
        express=express,
        possible=possible,
        express_title=wording.group_express(len(express)),
        possible_title=wording.group_possible(len(possible)),
        asks=_asks(orientation, said),
        closed=_closed(orientation.undetermined, orientation.excluded, orientation.not_concerned),
        other_doors=_other_doors(orientation.other_doors),
        doubts=_doubts(orientation.doubts, tuple(orientation.names.items())),
        rights=_rights(orientation.rights),
        agreements=_whys(orientation.agreements),
        right_reasons=_whys(orientation.right_reasons),
        orientation=orientation,
        map=map_of(said.commune, orientation.doors, editions),
        has_fictitious=any(site.is_fictitious for site in sites) or bool(desk and desk.is_fictitious),
    )


def _hidden(pairs: tuple[tuple[str, str], ...]) -> SafeString:
    """The answers of the person, to be posted again by each form of the page."""
    fields = [f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in pairs]
    return SafeString("".join(fields))


def _title(orientation: Orientation, express: int, possible: int) -> str:
    if not express and not possible and orientation.is_right_open is False:
        return _("Ce conseil n’est pas prévu pour votre situation d’aujourd’hui")
    return wording.title(express, possible)


def _by(fr: str, en: str) -> str:
    return en if french.language() == "en" and en else fr


def _names(operators: tuple[Operator, ...], names: dict[Operator, str]) -> str:
    return ", ".join(_(names.get(operator) or operator.label) for operator in operators)


@once_by_language
def _why(reason: Reason) -> Why:
    since = french.day_words(reason.valid_from) if reason.valid_from else ""
    dated = _("Règle en vigueur depuis le %(day)s.") % {"day": since} if since else ""
    law = format_html('<span lang="fr">{}.</span> {}', typo(reason.reference), typo(dated))
    words = _by(reason.plain_fr, reason.plain_en)
    sentence = format_html("<p>{}</p>", typo(words))
    values = {"law": law, "source_url": reason.source_url, "rule_id": reason.rule_id}
    unfold = mark_safe(render_to_string("components/loi.html", {"why": values}))  # noqa: S308 - from our template
    return Why(words, law, sentence, SafeString(sentence + unfold))


@once_by_language
def _whys(reasons: tuple[Reason, ...]) -> tuple[Why, ...]:
    return tuple(_why(reason) for reason in reasons)


def _door(door: Door, orientation: Orientation, said: Said) -> DoorCard:
    return _card(door, orientation.desk, wording.preparation(door.operator, said.facts))


@once_by_language
def _card(door: Door, desk: RegionalDesk | None, prepare: tuple[str, ...]) -> DoorCard:
    own = next((site.phone for site in door.sites[:1] if site.phone), "")
    regional = desk.phone if desk and not own and door.operator is Operator.REGIONAL_OPERATOR else ""
    return DoorCard(
        operator=door.operator,
        name=_(door.name),
        tagline=str(wording.TAGLINES[door.operator]),
        is_express=door.level is Level.EXPRESS,
        why=_whys(door.because),
        place=place_of(door.sites[0]) if door.sites else None,
        others=tuple(Further(address_of(s), _unsure(s), travel_words(s.travel, s.km)) for s in door.sites[1:]),
        prepare=prepare,
        phone=own or regional,
        is_regional_phone=bool(regional),
    )


def place_of(site: SiteCard) -> Place:
    """A counter in words."""
    return Place(
        site=site,
        address=address_of(site),
        unsure=_unsure(site),
        travel=travel_words(site.travel, site.km),
        is_estimated=site.travel.method is TravelMethod.MODEL,
        appointment=_appointment(site),
        remote=_remote(site),
        source=_source(site),
    )


def _unsure(site: SiteCard) -> str:
    return "" if site.position is PositionKind.EXACT else _(site.position.label)


def travel_words(travel: Travel, km: float | None) -> str:
    """ "Environ 13 min en voiture, 9 km à vol d’oiseau."; says when it is not known."""
    straight = travel.km if travel.km is not None else km
    if travel.minutes is None:
        if straight is None:
            return _("Trajet non connu.")
        return _("Durée non connue, %(km)s à vol d’oiseau.") % {"km": french.km_words(straight)}
    words = {"minutes": french.minutes_words(travel.minutes), "km": french.km_words(straight or 0)}
    if straight is not None and straight < 1:
        return _("Sans doute à pied : %(km)s à vol d’oiseau. Environ %(minutes)s en voiture.") % words
    return _("Environ %(minutes)s en voiture, %(km)s à vol d’oiseau.") % words


def _appointment(site: SiteCard) -> str:
    if site.next_permanence is not None:
        return _("Prochaine permanence : %(when)s.") % {"when": french.moment_words(site.next_permanence)}
    if site.first_appointment_days is None:
        return _("Délai non connu.")
    days = site.first_appointment_days
    words = ngettext("Dans %(n)s jour environ", "Dans %(n)s jours environ", days) % {"n": days}
    if site.first_appointment_on:
        words += _(" (déclaré le %(day)s)") % {"day": french.day_words(site.first_appointment_on)}
    return words + "."


def _remote(site: SiteCard) -> str:
    if Mode.REMOTE in site.modes:
        return _("Possible à distance. Dites-le en prenant rendez-vous.")
    if site.modes:
        return _("Sur place. Si c’est difficile, demandez un rendez-vous à distance ou plus près.")
    return _("Non connu. Vous pouvez demander un rendez-vous à distance.")


def _source(site: SiteCard) -> str:
    name = site.source_name or _("source non connue")
    if site.reviewed_on is None:
        return _("Source : %(name)s. Date de vérification non connue.") % {"name": name}
    words = {"name": name, "day": french.day_words(site.reviewed_on)}
    if site.is_stale:
        return _("Source : %(name)s, vérifié le %(day)s : à revoir, appelez avant de vous déplacer.") % words
    return _("Source : %(name)s, vérifié le %(day)s.") % words


def _asks(orientation: Orientation, said: Said) -> tuple[Ask, ...]:
    asks = _questions(orientation.questions, tuple(orientation.names.items()))
    regional = Operator.REGIONAL_OPERATOR
    if not said.asks_contract or any(door.operator is regional for door in orientation.doors):
        return asks
    yes, no = ("situation", str(Status.EMPLOYEE_PRIVATE), _("Oui, sous contrat")), ("contrat", "non", _("Non"))
    seasonal = Ask(_("Êtes-vous sous contrat en ce moment ?"), _names((regional,), orientation.names), (yes, no))
    return (seasonal, *asks)


@once_by_language
def _questions(questions: tuple[Question, ...], names: Names) -> tuple[Ask, ...]:
    return tuple(_ask(question, _names(question.changes, dict(names))) for question in questions)


def _ask(question: Question, changes: str) -> Ask:
    key = question.key
    if key in wording.QUESTION_LINKS:
        buttons: tuple[tuple[str, str, str], ...] = ()
    elif key == "age":
        buttons = tuple(("age", str(c.value), str(c.words)) for c in choices.AGES if c.value != choices.UNKNOWN)
    elif key == "purpose":
        buttons = tuple(("but", str(c.value), str(c.words)) for c in choices.PURPOSES if c.value != choices.UNKNOWN)
    else:
        buttons = (("points", key, _("Oui")), ("non", key, _("Non")))
    return Ask(_by(question.text_fr, question.text_en), changes, buttons)


@once_by_language
def _closed(
    undetermined: tuple[Undetermined, ...], excluded: tuple[Exclusion, ...], others: tuple[NotConcerned, ...]
) -> tuple[Closed, ...]:
    found = [Closed(_(u.name), _whys(u.because[:1]), False, is_unknown=True) for u in undetermined]
    found += [Closed(_(e.name), _whys(e.because), True) for e in excluded]
    found += [Closed(_(n.name), _whys(n.because), False) for n in others]
    return tuple(sorted(found, key=lambda closed: closed.name))


@once_by_language
def _other_doors(doors: tuple[OtherDoor, ...]) -> tuple[Line, ...]:
    return tuple(Line(_by(d.name, d.name_en), "", _whys(d.because)) for d in doors)


@once_by_language
def _doubts(doubts: tuple[Doubt, ...], names: Names) -> tuple[Line, ...]:
    return tuple(Line(_names(d.operators, dict(names)), "", (_why(d.reason),)) for d in doubts)


@once_by_language
def _rights(rights: tuple[Right, ...]) -> tuple[Line, ...]:
    return tuple(Line(_by(r.title_fr, r.title_en), r.delay, (_why(r.reason),)) for r in rights)


def printed_on(day: date) -> str:
    """The line that only paper shows."""
    return _("Imprimé le %(day)s.") % {"day": french.day_words(day)}
