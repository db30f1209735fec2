"""Level 1 without identity, and taking a colleague's place."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.access import Term, substitute
from ensemblier.journey.actions.contacts import record_contact
from ensemblier.journey.core.contacts import Answer, ContactChannel, ContactDraft
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.queries.contacts import contacts_of
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.routing.core.facts import Status
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.files.row_forms import OFF, RowForm, area, day, one_of
from ensemblier.web.places.pages import commune_typed, today

DESKS = frozenset({Role.ADVISER, Role.DESK})
_UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


class ContactForm(RowForm):
    """Somebody came or called: what was asked, with what she left. No name, no number."""

    request = forms.CharField(
        label=gettext_lazy("Sa demande, avec ses mots"), max_length=500, required=False,
        widget=forms.TextInput(attrs=OFF | {"autofocus": True}),
    )  # fmt: skip
    channel = one_of(ContactChannel, gettext_lazy("Comment"), initial=ContactChannel.ON_SITE.value)
    commune = forms.CharField(
        label=gettext_lazy("Commune"), max_length=120, required=False, widget=forms.TextInput(attrs=OFF)
    )
    statuses = forms.MultipleChoiceField(
        label=gettext_lazy("Situation, si elle la dit"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(each.value, _(each.label)) for each in Status],
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Besoins, si elle en dit"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(each.value, _(each.label)) for each in NeedTheme],
    )  # fmt: skip
    answer = one_of(Answer, gettext_lazy("Elle repart avec"), initial=Answer.INFORMED.value)
    given = area(gettext_lazy("Ce qui lui a été dit"), rows=2)

    def draft(self) -> ContactDraft:
        """What was typed."""
        data = self.cleaned_data
        found = commune_typed(data["commune"].strip(), on=today())
        return ContactDraft(
            channel=data["channel"],
            answer=data["answer"],
            request=data["request"],
            given=data["given"][:500],
            commune_id=found.code if found else None,
            statuses=frozenset(map(Status, data["statuses"])),
            themes=frozenset(map(NeedTheme, data["themes"])),
        )


@page(reads=False, who=DESKS)
def welcome(request: HttpRequest) -> HttpResponse:
    """A contact of level 1: it counts and helps, without a file."""
    actor = actor_of(request)
    form = ContactForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            uid = record_contact(draft, by=acting(request), at=timezone.now(), key=form.cleaned_data["key"])
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, _("Ce contact est compté. Rien n’identifie la personne."))
            if draft.answer is Answer.FILE and Role.ADVISER in actor.roles:
                return HttpResponseRedirect(reverse("web:open-file-from", args=[uid]))
            return HttpResponseRedirect(reverse("web:welcome"))
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows, counts = contacts_of(actor=actor, since=first)
    context = {
        "form": form, "rows": rows, "counts": counts, "total": sum(each.count for each in counts), "month": first,
        "acting_field": acting_field(actor), "opens_files": Role.ADVISER in actor.roles,
    }  # fmt: skip
    response = render(request, "files/welcome.html", context, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


class SubstituteForm(RowForm):
    """Which file, why, until when."""

    reference = forms.CharField(
        label=gettext_lazy("Adresse ou référence du dossier"), max_length=300,
        help_text=gettext_lazy("Votre collègue, ou son agenda, vous la donne. Rien ne se cherche par un nom ici."),
        widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Pourquoi ?"), max_length=300, widget=forms.TextInput(attrs=OFF),
        help_text=gettext_lazy("La personne lira cette phrase."),
    )  # fmt: skip
    until = day(gettext_lazy("Jusqu’au (ce jour compris)"), required=True)

    def clean_reference(self) -> UUID:
        """The identifier in what was pasted."""
        found = _UID.search(str(self.cleaned_data["reference"]))
        if found is None:
            raise forms.ValidationError(_("Cette référence n’est pas complète."))
        return UUID(found.group())

    def term(self, at: datetime) -> Term:
        """From now until the end of that day."""
        last: date = self.cleaned_data["until"]
        end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
        return Term(at, end, self.cleaned_data["why"].strip())


@page(reads=False, who=ADVISERS)
def replacing(request: HttpRequest) -> HttpResponse:
    """Open a colleague's file in her place: a reason, an end, and the person is told."""
    form = SubstituteForm(request.POST or None, initial={"until": today() + timedelta(days=14)})
    if request.method == "POST" and form.is_valid():
        uid: UUID = form.cleaned_data["reference"]
        try:
            substitute(uid, by=acting(request), term=form.term(timezone.now()))
        except (RuleViolated, BadInput) as error:
            form.add_domain_error(sentence(error), error.field)
        except NotFound:
            form.add_error("reference", _("Votre structure n’a pas de dossier de cette référence."))
        else:
            messages.success(request, _("Le dossier vous est ouvert. La personne verra pourquoi et jusqu’à quand."))
            return HttpResponseRedirect(reverse("web:file", args=[uid]))
    context: dict[str, Any] = {"form": form, "acting_field": acting_field(actor_of(request)), "section": "web:files"}
    return render(request, "files/replace.html", context, status=400 if form.errors else 200)
