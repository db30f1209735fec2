"""Pages that explain: rights, rules and their sources, accessibility, data, the page on a partner's site."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ensemblier.directory.actions.callbacks import KEEP_CALLBACKS_DAYS
from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.rules import Outcome
from ensemblier.routing.queries.rules import CitedText, RuleView, rule_book
from ensemblier.web.access import Who, page
from ensemblier.web.offline import keepable
from ensemblier.web.templatetags import french

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.EXPRESS: _("porte prévue"),
    Outcome.POSSIBLE: _("porte possible"),
    Outcome.DESIGNATED: _("porte désignée"),
    Outcome.EXCLUDED: _("porte écartée par la loi"),
    Outcome.NOT_CONCERNED: _("pas concernée"),
    Outcome.OTHER_DOOR: _("autre porte"),
    Outcome.DOUBT: _("doute des textes"),
    Outcome.RIGHT: _("droit ou délai"),
    Outcome.CLOSED: _("qui a droit au conseil"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as the page shows it."""

    id: str
    title: str
    words: str
    outcome: str
    dates: str
    is_past: bool
    sources: tuple[CitedText, ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of one operator, or of one kind."""

    key: str
    title: str
    rows: tuple[RuleRow, ...]


@require_safe
@page(reads=True, who=Who.EVERYONE)
def rights(request: HttpRequest) -> HttpResponseBase:
    """What everybody may ask for, and the rights that follow from a situation, with their texts."""
    groups = rule_groups(timezone.localdate(), french.language())
    chosen = tuple(group for group in groups if group.key in ("right", "closed"))
    return keepable(render(request, "public/rights.html", {"groups": chosen}))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every rule of the orientation, with its dates and references."""
    groups = rule_groups(timezone.localdate(), french.language())
    total = sum(len(group.rows) for group in groups)
    digest = rule_book(read_on=timezone.localdate()).digest[:12]
    return keepable(render(request, "public/rules.html", {"groups": groups, "total": total, "digest": digest}))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """What was checked, what was not, and whom to tell."""
    return keepable(render(request, "public/accessibility.html"))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def privacy(request: HttpRequest) -> HttpResponseBase:
    """What is kept (nearly nothing), how long, and why."""
    return keepable(render(request, "public/privacy.html", {"days": KEEP_CALLBACKS_DAYS}))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def embed(request: HttpRequest) -> HttpResponseBase:
    """How a partner puts the five questions on its own site: a frame, or a plain link."""
    values = {
        "widget": request.build_absolute_uri(reverse("web:widget")),
        "question": request.build_absolute_uri(reverse("web:question")),
    }
    return keepable(render(request, "public/embed.html", values))


@lru_cache(maxsize=4)
def rule_groups(on: date, language: str) -> tuple[RuleGroup, ...]:
    """The rules by operator (alphabetical, no rank), then by kind; `on` says which ones belong to the past."""
    found = rule_book(read_on=on)
    by_key: dict[str, list[RuleRow]] = {}
    for rule in found.rules:
        for key in [str(operator) for operator in rule.operators] or [str(rule.outcome)]:
            by_key.setdefault(key, []).append(_row(rule, on, language))
    names = {str(operator): str(_(operator.label)) for operator in Operator}
    operators = sorted((key for key in by_key if key in names), key=lambda key: names[key].casefold())
    kinds = [str(outcome) for outcome in Outcome if str(outcome) in by_key]
    titles = names | {str(outcome): str(words).capitalize() for outcome, words in OUTCOMES.items()}
    return tuple(RuleGroup(key, titles[key], tuple(by_key[key])) for key in operators + kinds)


def _row(rule: RuleView, on: date, language: str) -> RuleRow:
    english = language == "en"
    return RuleRow(
        id=rule.id,
        title=rule.title_en if english else rule.title_fr,
        words=rule.plain_en if english else rule.plain_fr,
        outcome=str(OUTCOMES[rule.outcome]),
        dates=_dates(rule),
        is_past=rule.valid_to is not None and rule.valid_to <= on,
        sources=rule.texts,
    )


def _dates(rule: RuleView) -> str:
    parts = []
    if rule.valid_from:
        parts.append(str(_("depuis le %(day)s")) % {"day": french.day_words(rule.valid_from)})
    if rule.valid_to:
        parts.append(str(_("jusqu’à la veille du %(day)s")) % {"day": french.day_words(rule.valid_to)})
    return ", ".join(parts)
