"""Knowing each other: the question of the month, declared cooperation, one's card, circles of partners."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.ties import (
    Tie,
    answer_month,
    declare_tie,
    import_members,
    take_back_tie,
    write_to_circle,
)
from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.core.kinds import Motive, TieForm
from ensemblier.animation.queries.cards import own_card
from ensemblier.animation.queries.heads import head_page
from ensemblier.animation.queries.ties import declared_ties, has_answered, neighbours
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.forms import WritingForm, area, chosen, day, line, one_of
from ensemblier.web.animation.heads import ORGANISERS, WRITERS, href, kept
from ensemblier.web.animation.territory import qr
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import show, today
from ensemblier.web.pro.form_page import Words, answered

SECTION = "web:animation"
LINES = 3


class MonthForm(WritingForm):
    """With whom, and for what: three lines, none is needed, nothing is chosen beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [("", _("personne d’autre")), *((str(uid), name) for uid, name in kwargs["choices"]["organisation"])]
        for number in range(1, LINES + 1):
            label = _("%(n)s. Avec qui ?") % {"n": number}
            look = forms.Select(attrs={"class": "form-select"})
            self.fields[f"who_{number}"] = forms.ChoiceField(label=label, choices=others, required=False, widget=look)
            why = one_of(Motive, _("Pour quoi surtout ?"), required=False)
            why.choices = [("", _("aucun choix")), *((each.value, gettext(each.label).capitalize()) for each in Motive)]
            why.widget.attrs["class"] = "form-select"
            self.fields[f"why_{number}"] = why

    def answers(self) -> frozenset[tuple[UUID, Motive]]:
        """What was answered: the lines that name somebody."""
        data = self.cleaned_data
        named = [number for number in range(1, LINES + 1) if data.get(f"who_{number}")]
        return frozenset((UUID(data[f"who_{n}"]), Motive(data[f"why_{n}"] or Motive.OTHER)) for n in named)


@page(reads=False, who=ORGANISERS)
def month(request: HttpRequest) -> HttpResponse:
    """The question of the month: thirty seconds, and nobody's name is kept with the answer."""
    actor, on = actor_of(request), today()
    form = MonthForm(request.POST or None, choices={"organisation": neighbours(actor=actor, on=on)})
    if request.method == "POST" and form.is_valid():
        try:
            is_new = answer_month(form.answers(), by=acting(request), on=on)
        except BadInput as error:
            form.add_domain_error(sentence(error))
        else:
            said = (
                gettext("Merci. Seul un compte de votre structure est gardé.")
                if is_new
                else gettext("Vous aviez déjà répondu ce mois-ci.")
            )
            messages.success(request, said)
            return HttpResponseRedirect(reverse("web:animation"))
    context = {
        "form": form, "section": SECTION, "acting_field": acting_field(actor), "on": on,
        "is_done": has_answered(actor=actor, on=on),
    }  # fmt: skip
    return show(request, "animation/month.html", context, status=400 if form.errors else 200)


class TieFormPage(WritingForm):
    """A cooperation to declare."""

    other = chosen(_("Avec quelle structure"))
    form = one_of(TieForm, _("Sous quelle forme"))
    since = day(_("Depuis le"), required=True)
    until = day(_("Jusqu’au"), help_text=_("Vide si elle dure encore."))
    words = line(_("En clair"), required=False, size=500, help_text=_("Aucun nom de personne accompagnée."))

    def tie(self) -> Tie:
        """What was declared."""
        data = self.cleaned_data
        return Tie(data["other"], TieForm(data["form"]), data["since"], data["until"], data["words"])


@page(reads=False, who=ORGANISERS)
def declared(request: HttpRequest) -> HttpResponse:
    """What one's organisation does with others beside the platform, so that nothing is under-counted."""
    actor, on = actor_of(request), today()
    initial = {"key": uuid4(), "since": on - timedelta(days=365)}
    form = TieFormPage(request.POST or None, choices={"other": neighbours(actor=actor, on=on)}, initial=initial)
    back = reverse("web:declared-ties")
    lede = gettext(
        "Vos coopérations d’avant, ou d’à côté : un appel, une réunion, une action commune. Sans nom de personne."
    )
    words = Words(gettext("Déclarer une coopération"), lede, gettext("Déclarer"), back, gettext("C’est déclaré."))

    def write(by: Actor) -> None:
        declare_tie(form.tie(), by=by, at=timezone.now(), key=form.cleaned_data["key"] or uuid4())

    if "nouvelle" in request.GET or request.method == "POST":
        return answered(request, form, words, write)
    context = {
        "rows": declared_ties(actor=actor),
        "section": SECTION,
        "acting_field": acting_field(actor),
        "lede": lede,
    }
    return show(request, "animation/declared.html", context)


@page(reads=False, who=ORGANISERS)
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was declared by mistake."""
    if request.method == "POST":
        take_back_tie(uid, by=acting(request))
        messages.success(request, gettext("C’est retiré."))
    return HttpResponseRedirect(reverse("web:declared-ties"))


@page(reads=True, who=frozenset(Role))
def card(request: HttpRequest) -> HttpResponse:
    """One's professional card, to be shown at an event: the other's telephone reads it."""
    found = own_card(actor=actor_of(request))
    return show(request, "animation/card.html", {"card": found, "picture": qr(found.text), "section": SECTION})


@page(reads=True, who=frozenset(Role))
def card_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    found = own_card(actor=actor_of(request))
    headers = {"Content-Disposition": 'attachment; filename="carte.vcf"', "Cache-Control": "no-store"}
    return HttpResponse(found.text, content_type="text/vcard; charset=utf-8", headers=headers)


class ImportForm(WritingForm):
    """Addresses to bring into a circle."""

    text = area(
        _("Une ligne par partenaire : adresse ; nom ; structure"), size=400_000, rows=10,
        help_text=_("Collez un tableau, ou des lignes. Qui a quitté le cercle n’y revient pas."),
    )  # fmt: skip


@page(reads=False, who=WRITERS)
def bring(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring addresses into a circle."""
    found = kept(head_page(HeadKind.CIRCLE, uid, actor=actor_of(request), on=today()))
    form = ImportForm(request.POST or None)
    back = href(HeadKind.CIRCLE, uid)

    def write(by: Actor) -> None:
        done = import_members(uid, form.cleaned_data["text"], by=by, at=timezone.now())
        said = ngettext("%(n)s adresse ajoutée.", "%(n)s adresses ajoutées.", done.added) % {"n": done.added}
        messages.info(request, said)
        if done.left:
            messages.info(request, gettext("%(n)s déjà parties, laissées tranquilles.") % {"n": done.left})
        if done.refused:
            lines = " ; ".join(f"{number} : {text}" for number, text in done.refused[:10])
            messages.warning(request, gettext("Lignes qui ne se lisent pas – %(lines)s") % {"lines": lines})

    words = Words(
        gettext("Ajouter des partenaires"), found.name, gettext("Ajouter"), back, gettext("L’import est fini.")
    )
    return answered(request, form, words, write)


class LetterForm(WritingForm):
    """A letter to a circle."""

    subject = line(
        _("Objet"), size=120, help_text=_("Ni nom, ni structure, ni situation : un objet se lit par-dessus l’épaule.")
    )
    body = area(
        _("Votre lettre"), size=10000, rows=10, help_text=_("Le lien pour ne plus rien recevoir est ajouté au bas.")
    )


@page(reads=False, who=WRITERS)
def write(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write to a circle."""
    found = kept(head_page(HeadKind.CIRCLE, uid, actor=actor_of(request), on=today()))
    form = LetterForm(request.POST or None, initial={"key": uuid4()})

    def send(by: Actor) -> None:
        data = form.cleaned_data
        write_to_circle(
            uid, data["subject"], data["body"], by=by, at=timezone.now(), key=data["key"] or uuid4()
        )  # fmt: skip

    lede = ngettext("%(n)s adresse la recevra.", "%(n)s adresses la recevront.", found.count) % {"n": found.count}
    words = Words(
        gettext("Écrire au cercle"),
        f"{found.name}. {lede}",
        gettext("Envoyer"),
        href(HeadKind.CIRCLE, uid),
        gettext("La lettre part."),
    )
    return answered(request, form, words, send)
