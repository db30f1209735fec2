"""The "Journal" tab: who opened the file, when; freezing it; erasing it because its person asks."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.holds import HoldDraft, freeze_file, lift_freeze
from ensemblier.journey.actions.planned_erasures import confirm_erasure, plan_erasure, stop_erasure
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.retention import HoldReason
from ensemblier.journey.queries.file_journal import file_journal
from ensemblier.journey.queries.files import file_head
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting
from ensemblier.web.files.editing import Words, answered, keyed
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.files.row_forms import OFF, RowForm, day, one_of
from ensemblier.web.places.pages import today

TAB = "file-journal"


class FreezeForm(RowForm):
    """Why, until when."""

    reason = one_of(HoldReason, gettext_lazy("Pour quelle raison ?"), initial=HoldReason.LITIGATION.value)
    why = forms.CharField(
        label=gettext_lazy("En une phrase"), max_length=300, widget=forms.TextInput(attrs=OFF),
        help_text=gettext_lazy("La personne lira cette phrase."),
    )  # fmt: skip
    until = day(gettext_lazy("Jusqu’au (ce jour compris)"), required=True)

    def draft(self) -> HoldDraft:
        """What is asked; the last day is whole."""
        data = self.cleaned_data
        end = datetime.combine(data["until"] + timedelta(days=1), time(), tzinfo=PARIS)
        return HoldDraft(data["reason"], data["why"], end)


class ErasureForm(RowForm):
    """How she asked for it."""

    why = forms.CharField(
        label=gettext_lazy("Comment l’a-t-elle demandé ?"), max_length=300, widget=forms.TextInput(attrs=OFF),
        help_text=gettext_lazy("Par exemple : demande reçue dans son espace le 3 novembre."),
    )  # fmt: skip


@page(reads=True, who=ADVISERS)
def journal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The lines that the reader may read, fifty at a time; what is frozen or about to be erased."""
    number = request.GET.get("page", "1")
    count = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    actor = actor_of(request)
    shown = file_journal(actor=actor, uid=uid, on=today(), page=max(count, 1))
    context = {"journal": shown, "is_lead": Role.TEAM_LEAD in actor.roles}
    return in_frame(request, "files/journal.html", shown.head, context)


@page(reads=False, who=ADVISERS)
def freeze(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Freeze the file: a team lead only."""
    head = file_head(actor=actor_of(request), uid=uid, on=today())
    form = FreezeForm(request.POST or None, initial=keyed())
    words = Words(
        _("Geler ce dossier"),
        _("Un litige, ou le visa des archives : le dossier se lit, plus personne n’y écrit, et il ne s’efface pas."),
        _("Geler le dossier"),
        _("Le dossier est gelé."),
    )

    def write(actor: Actor) -> None:
        freeze_file(uid, form.draft(), by=actor, at=timezone.now())

    return answered(request, head, form, words, write)


@page(reads=False, who=ADVISERS)
def erase(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write that she asks for the erasure. Nothing is erased before a colleague agrees and she is told."""
    head = file_head(actor=actor_of(request), uid=uid, on=today())
    form = ErasureForm(request.POST or None, initial=keyed())
    words = Words(
        _("Effacer ce dossier"),
        _(
            "À sa demande seulement. Une autre personne, référente d’équipe, confirme ; la personne est prévenue "
            "et a une semaine pour tout emporter ou tout arrêter. Ensuite, rien ne se retrouve."
        ),
        _("Demander l’effacement"),
        _("C’est écrit. Une autre personne doit confirmer."),
    )

    def write(actor: Actor) -> None:
        plan_erasure(uid, form.cleaned_data["why"], by=actor, at=timezone.now())

    return answered(request, head, form, words, write)


@page(reads=False, who=ADVISERS)
def decide(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One button: `degeler`, `confirmer` or `abandonner`. By address, it changes nothing."""
    file_head(actor=actor_of(request), uid=uid, on=today())
    back = HttpResponseRedirect(reverse("web:file-journal", args=[uid]))
    if request.method != "POST":
        return back
    actor, now = acting(request), timezone.now()
    planned = request.POST.get("erasure", "")
    if name == "degeler":
        lift_freeze(uid, by=actor, at=now)
        messages.success(request, _("Le gel est levé : le dossier s’écrit de nouveau."))
    elif name == "confirmer":
        due = confirm_erasure(_uid(planned), by=actor, at=now)
        said = _("C’est confirmé. La personne est prévenue ; le dossier s’efface le %(day)s.")
        messages.success(request, said % {"day": f"{due.astimezone(PARIS):%d/%m/%Y}"})
    elif name == "abandonner":
        stop_erasure(_uid(planned), by=actor, at=now)
        messages.success(request, _("L’effacement est abandonné. Rien n’a changé."))
    return back


def _uid(text: str) -> UUID:
    """The erasure that a button names; one that exists nowhere when it names none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
