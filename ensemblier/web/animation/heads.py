"""Pages of the animation: read one, open one, change it, and what hangs on it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.heads import Ground, change_head, open_head
from ensemblier.animation.actions.rows import Move, Place, add_row, change_row, move_commitment, remove_row, take_charge
from ensemblier.animation.core.heads import ROWS_OF, HeadKind, RowKind
from ensemblier.animation.core.kinds import Progress
from ensemblier.animation.queries.heads import HeadPage, cells_for, head_page
from ensemblier.animation.queries.rows import page_of_row, row_values
from ensemblier.animation.queries.ties import organisations_around, organisations_in
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.routing.queries.agreement_list import agreements
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.forms import HEAD_FORMS, ROW_FORMS, Choices, MoveForm, template_of, with_ground
from ensemblier.web.places.pages import commune_typed, show, today
from ensemblier.web.places.zones import zone_asked
from ensemblier.web.pro.form_page import Words, answered

WRITERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
ORGANISERS = WRITERS | {Role.ADVISER, Role.TEAM_LEAD, Role.DIRECTORY_EDITOR}
SECTION = "web:animation"


def kind_asked(text: str) -> HeadKind:
    """The kind of page in an address. Raises NotFound."""
    if text not in set(HeadKind):
        raise NotFound(_("Cette adresse ne mène à rien."))
    return HeadKind(text)


def row_kind_asked(text: str) -> RowKind:
    """The kind of row in an address. Raises NotFound."""
    if text not in set(RowKind):
        raise NotFound(_("Cette adresse ne mène à rien."))
    return RowKind(text)


def href(kind: HeadKind, uid: UUID) -> str:
    """The address of a page."""
    return reverse("web:animation-head", args=[kind.value, uid])


def kept(found: HeadPage) -> HeadPage:
    """The page, for those who keep it: nobody fills in a form that would be refused. Raises NotAllowed."""
    if not found.may_keep:
        raise NotAllowed(_("Cette page est tenue par une autre structure, ou par une autre fonction que la vôtre."))
    return found


@page(reads=True, who=Who.EVERYONE)
def head(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """A cell, a shared problem, a group…"""
    actor = actor_of(request)
    found = head_page(kind_asked(kind), uid, actor=actor, on=today())
    context = {
        "page": found, "section": SECTION, "acting_field": acting_field(actor), "on": today(),
        "has_fictitious": found.is_fictitious,
    }  # fmt: skip
    return show(request, "animation/head.html", context)


def _choices(communes: frozenset[str], actor: Actor, kind: HeadKind) -> dict[str, Choices]:
    found: dict[str, Choices] = {"organisation": organisations_in(communes, on=today())}
    if kind is HeadKind.PARTNERSHIP:
        found["agreement"] = [(each.uid, each.title) for each in agreements(actor=actor, on=today())]
    return found


@page(reads=False, who=WRITERS)
def new(request: HttpRequest, kind: str, code: str, what: str) -> HttpResponse:
    """Open a page for a territory."""
    zone, asked, actor = zone_asked(kind, code), kind_asked(what), actor_of(request)
    communes = frozenset(zone.communes)
    form = HEAD_FORMS[asked](
        request.POST or None, choices=_choices(communes, actor, asked), initial={"key": uuid4(), "started_on": today()}
    )
    with_ground(asked, form, cells_for(communes, actor=actor))
    opened: list[UUID] = []

    def write(by: Actor) -> None:
        values = form.values()
        more = {view.code for text in values.pop("more", []) if (view := commune_typed(text, on=today())) is not None}
        name = values["name"] if asked is HeadKind.CELL else zone.name
        ground = Ground(name, communes | more, values.pop("cell", None))
        if asked is HeadKind.PROBLEM:
            values["template"] = template_of(values)
        key = form.cleaned_data["key"] or uuid4()
        opened.append(open_head(asked, ground, values, by=by, at=timezone.now(), key=key))

    title = _("Ouvrir %(what)s") % {"what": _(asked.label)}
    back = reverse("web:animation-territory", args=[kind, code])
    lede = _("Territoire : %(name)s.") % {"name": zone.name}
    response = answered(request, form, Words(title, lede, _("Enregistrer"), back, _("C’est ouvert.")), write)
    return HttpResponseRedirect(href(asked, opened[0])) if opened else response


@page(reads=False, who=WRITERS | ORGANISERS)
def change(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Change what a page says."""
    asked, actor = kind_asked(kind), actor_of(request)
    found = kept(head_page(asked, uid, actor=actor, on=today()))
    initial = {**found.values, "version": found.version}
    choices: dict[str, Choices] = {"organisation": organisations_around(found.holder[0], on=today())}
    if asked is HeadKind.PARTNERSHIP:
        choices["agreement"] = [(each.uid, each.title) for each in agreements(actor=actor, on=today())]
        initial["agreement"] = str(found.agreement_uid or "")
    if asked is HeadKind.DECIDER:
        initial["organisation"] = str(found.organisation_uid or "")
    form = HEAD_FORMS[asked](request.POST or None, choices=choices, initial=initial)
    words = Words(_("Modifier"), found.name, _("Enregistrer"), href(asked, uid), _("C’est enregistré."))

    def write(by: Actor) -> None:
        change_head(asked, uid, form.values(), by=by, version=form.cleaned_data["version"] or 0)

    return answered(request, form, words, write)


def _row_choices(found: HeadPage, kind: RowKind) -> dict[str, Choices]:
    if kind is RowKind.YEAR:
        indicators = next((each.rows for each in found.sections if each.kind is RowKind.INDICATOR), ())
        return {"indicator": [(row.uid, row.name) for row in indicators]}
    around = organisations_around(found.holder[0], on=today())
    known = {row.organisation for each in found.sections for row in each.rows if row.organisation}
    others = sorted(known - set(around), key=lambda row: row[1].casefold())
    return {"organisation": [*around, *others]}


@page(reads=False, who=ORGANISERS)
def add(request: HttpRequest, kind: str, uid: UUID, what: str) -> HttpResponse:
    """Add a row to a page."""
    asked, row_kind = kind_asked(kind), row_kind_asked(what)
    found = kept(head_page(asked, uid, actor=actor_of(request), on=today()))
    if row_kind not in ROWS_OF.get(asked, ()):
        raise NotFound(_("Cette adresse ne mène à rien."))
    initial: dict[str, Any] = {"key": uuid4(), "since": today(), "held_on": today(), "decided_on": today()}
    initial["year"] = today().year
    form = ROW_FORMS[row_kind](request.POST or None, choices=_row_choices(found, row_kind), initial=initial)
    words = Words(_(row_kind.adds), found.name, _("Enregistrer"), href(asked, uid), _("C’est enregistré."))

    def write(by: Actor) -> None:
        add_row(asked, uid, row_kind, form.values(), by=by, key=form.cleaned_data["key"] or uuid4())

    return answered(request, form, words, write)


@page(reads=False, who=ORGANISERS)
def change_line(request: HttpRequest, what: str, row: UUID) -> HttpResponse:
    """Change a row of a page."""
    kind, actor = row_kind_asked(what), actor_of(request)
    head_kind, uid = page_of_row(kind, row)
    found = kept(head_page(head_kind, uid, actor=actor, on=today()))
    form = ROW_FORMS[kind](request.POST or None, choices=_row_choices(found, kind), initial=dict(row_values(kind, row)))
    words = Words(_(kind.label), found.name, _("Enregistrer"), href(head_kind, uid), _("C’est enregistré."))

    def write(by: Actor) -> None:
        change_row(Place(kind, row, form.cleaned_data["version"] or 0), form.values(), by=by)

    return answered(request, form, words, write)


@page(reads=False, who=ORGANISERS)
def remove_line(request: HttpRequest, what: str, row: UUID) -> HttpResponse:
    """Take away a row that was written by mistake."""
    kind = row_kind_asked(what)
    head_kind, uid = page_of_row(kind, row)
    if request.method == "POST":
        remove_row(Place(kind, row), by=acting(request))
        messages.success(request, _("C’est retiré."))
    return HttpResponseRedirect(href(head_kind, uid))


@page(reads=False, who=ORGANISERS)
def take(request: HttpRequest, what: str, row: UUID) -> HttpResponse:
    """Say that one sits there, or sees to it."""
    kind = row_kind_asked(what)
    head_kind, uid = page_of_row(kind, row)
    if request.method == "POST":
        take_charge(Place(kind, row), by=acting(request))
        messages.success(request, _("C’est noté à votre nom."))
    return HttpResponseRedirect(href(head_kind, uid))


@page(reads=False, who=ORGANISERS)
def move(request: HttpRequest, row: UUID) -> HttpResponse:
    """Say how far a commitment went."""
    head_kind, uid = page_of_row(RowKind.COMMITMENT, row)
    values = dict(row_values(RowKind.COMMITMENT, row))
    found = head_page(head_kind, uid, actor=actor_of(request), on=today())
    if not any(each.uid == row and each.is_mine for section in found.sections for each in section.rows):
        raise NotAllowed(_("Seule la structure qui s’est engagée dit où elle en est."))
    form = MoveForm(request.POST or None, initial=values)
    back, done = href(head_kind, uid), _("Le groupe le voit.")
    words = Words(_("Où en est cet engagement ?"), values["words"], _("Le dire au groupe"), back, done)

    def write(by: Actor) -> None:
        data = form.cleaned_data
        said = Move(Progress(data["progress"]), data["outcome"])
        move_commitment(Place(RowKind.COMMITMENT, row, data["version"] or 0), said, by=by, on=today())

    return answered(request, form, words, write)
