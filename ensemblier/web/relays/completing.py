"""Answering a question with something of the file: ticked inside the person's agreement, read again, then sent."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions.complements import ComplementDraft, Preview, give_complement, look_at_complement
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.relay_messages import MAX_TEXT
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.inbox import RelayPage
from ensemblier.journey.core.states import Move, Party
from ensemblier.journey.queries.packets import Prefill, prefill
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.offline import private
from ensemblier.web.places.pages import today
from ensemblier.web.relays.forms import GestureForm
from ensemblier.web.relays.sending_forms import MAX_WORDS

_SENT = _("Votre réponse est partie, avec ce que vous avez relu. La personne le lit aussi.")
_CHOICES = tuple(category for category in Category if category is not Category.DOCUMENTS)


class ComplementForm(GestureForm):
    """What is added, category by category; only those that she consented to are offered. Nothing is ticked before."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    answer = forms.CharField(
        label=_("Votre message"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents, un par un"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, known: Prefill, consented: frozenset[Category], **kwargs: Any) -> None:
        kwargs["initial"] = {f"words_{category.value}": text for category, text in known.words.items()}
        super().__init__(*args, **kwargs)
        self.known, self.offered = known, [category for category in _CHOICES if category in consented]
        for category in self.offered:
            self._add(category)
        documents = self.fields["documents"]
        if Category.DOCUMENTS not in consented or not known.documents:
            del self.fields["documents"]
        elif isinstance(documents, forms.ChoiceField):
            documents.choices = [(str(uid), name) for uid, name in known.documents]

    def _add(self, category: Category) -> None:
        label = gettext(category.label)
        self.fields[f"share_{category.value}"] = forms.BooleanField(
            label=gettext("Ajouter : %(what)s") % {"what": label}, required=False
        )
        if category is not Category.IDENTITY:
            self.fields[f"words_{category.value}"] = forms.CharField(
                label=gettext("Ce qui est écrit : %(what)s") % {"what": label},
                required=False,
                max_length=MAX_WORDS,
                widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            )

    @property
    def shares(self) -> list[tuple[Any, Any]]:
        """(box, words) of each category; the identity has no words of its own: the file says it."""
        return [
            (self[f"share_{c.value}"], None if c is Category.IDENTITY else self[f"words_{c.value}"])
            for c in self.offered
        ]

    def draft(self) -> ComplementDraft:
        """What was ticked."""
        data = self.cleaned_data
        ticked = [category for category in self.offered if data[f"share_{category.value}"]]
        return ComplementDraft(
            words={category: str(data.get(f"words_{category.value}", "")) for category in ticked},
            documents=tuple(UUID(uid) for uid in data.get("documents", ())),
            answer=data["answer"],
        )


@page(reads=False, who=ADVISERS)
def complete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """First what is added, then the exact text; nothing leaves before it was read."""
    relay = relay_page(uid, by=actor_of(request), at=timezone.now())
    if relay.party is not Party.SOURCE or relay.file_uid is None or Move.GIVE_INFO not in relay.moves:
        return HttpResponseRedirect(reverse("web:relay", args=[uid]))
    known = prefill(relay.file_uid, actor=actor_of(request), on=today())
    form = ComplementForm(request.POST or None, known=known, consented=relay.consented, version=relay.version)
    preview, stale = None, ""
    if request.method == "POST" and "changer" not in request.POST and form.is_valid():
        try:
            if "envoyer" in request.POST:
                return _sent(request, uid, form)
            preview = look_at_complement(uid, form.draft(), by=acting(request), at=timezone.now())
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated, NotFound) as error:
            form.add_domain_error(sentence(error), error.field)
    return _shown(request, relay, form, preview=preview, stale=stale)


def _sent(request: HttpRequest, uid: UUID, form: ComplementForm) -> HttpResponse:
    data = form.cleaned_data
    order = Order(uid, data["version"], data["key"], timezone.now())
    give_complement(order, form.draft(), by=acting(request), read=data["read"])
    messages.success(
        request, gettext("Votre réponse est partie, avec ce que vous avez relu. La personne le lit aussi.")
    )
    return HttpResponseRedirect(reverse("web:relay", args=[uid]))


def _shown(
    request: HttpRequest, relay: RelayPage, form: ComplementForm, *, preview: Preview | None, stale: str
) -> HttpResponse:
    context = {
        "relay": relay,
        "form": form,
        "preview": preview,
        "typed": list(request.POST.lists()) if preview else [],
        "key": uuid4(),
        "stale": stale,
        "question": next((m for m in reversed(relay.messages) if m.kind == "question"), None),
        "acting_field": acting_field(actor_of(request)),
        "section": "web:relays",
    }
    status = 409 if stale else 400 if form.errors else 200
    return private(render(request, "relays/complement.html", context, status=status))
