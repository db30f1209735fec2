"""A partner without an account: the envelope behind a link, then, with the code, the relay and the same gestures."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.partners import ask_new_link, open_as_partner
from ensemblier.journey.core.movers import PartnerByLink
from ensemblier.journey.queries.documents import read_carried
from ensemblier.journey.queries.partners import envelope_behind
from ensemblier.journey.queries.relays import relay_page
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.plan.documents import attached
from ensemblier.web.relays.forms import GestureForm
from ensemblier.web.relays.gestures import BY_LINK, GESTURES, forms_of
from ensemblier.web.relays.words import next_words, told

OPENED = "partner"
LASTS = timedelta(minutes=30)


class CodeForm(HouseForm):
    """Who answers, and the code told by telephone."""

    name = forms.CharField(
        label=_("Votre nom"), max_length=120, help_text=_("La personne et l’expéditeur savent qui répond.")
    )
    proof = forms.CharField(
        label=_("Le code donné par téléphone"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@page(reads=False, who=Who.EVERYONE)
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: reading it changes nothing and names nobody; the code opens the relay."""
    now = timezone.now()
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            by = open_as_partner(token, proof=data["proof"], name=data["name"], at=now, key=data["key"])
        except (BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            _remember(request, by)
            return HttpResponseRedirect(reverse("web:partner", args=[by.relay]))
    context = {"form": form, "envelope": envelope_behind(token, at=now), "token": token, "asked": False}
    return private(render(request, "partner/enter.html", context, status=400 if form.errors else 200))


@page(reads=False, who=Who.EVERYONE)
def another_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that no longer opens: its sender is told. The answer is the same whatever the link was."""
    if request.method == "POST":
        ask_new_link(token, at=timezone.now())
    context = {"envelope": None, "token": token, "asked": request.method == "POST"}
    return private(render(request, "partner/enter.html", context))


def _remember(request: HttpRequest, by: PartnerByLink) -> None:
    """The relay that this browser opened, for half an hour; the session gets a new number."""
    request.session.cycle_key()
    kept = {"relay": str(by.relay), "organisation": by.organisation_id, "name": by.name}
    request.session[OPENED] = kept | {"at": timezone.now().isoformat()}


def _partner(request: HttpRequest, uid: UUID) -> PartnerByLink:
    """Whom this browser was opened for, and for this relay alone. Raises NotFound."""
    held = request.session.get(OPENED)
    if held is None or held["relay"] != str(uid) or datetime.fromisoformat(held["at"]) + LASTS < timezone.now():
        raise NotFound("Ouvrez de nouveau le lien reçu par courriel : la page s’est fermée après une demi-heure.")
    return PartnerByLink(uid, held["organisation"], held["name"])


@page(reads=True, who=Who.EVERYONE)
def relay(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The relay, as its recipient may see it."""
    return _shown(request, uid, _partner(request, uid))


@page(reads=True, who=Who.EVERYONE)
def document(request: HttpRequest, uid: UUID, document: UUID) -> HttpResponse:
    """Download a document that the relay carries."""
    return attached(read_carried(uid, document, by=_partner(request, uid), at=timezone.now()))


@page(reads=False, who=Who.EVERYONE)
def gesture(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """One gesture, the same as an adviser's. Refused, the page comes back with what was typed."""
    by, stale = _partner(request, uid), ""
    if request.method != "POST" or name not in BY_LINK:
        return HttpResponseRedirect(reverse("web:partner", args=[uid]))
    form = GESTURES[name].form(request.POST, auto_id=f"{name}_%s")
    if form.is_valid():
        order = Order(uid, form.cleaned_data["version"], form.cleaned_data["key"], timezone.now())
        try:
            GESTURES[name].write(order, by, form)
        except StaleVersion as newer:
            stale = sentence(newer)
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, str(GESTURES[name].done))
            return HttpResponseRedirect(reverse("web:partner", args=[uid]))
    return _shown(request, uid, by, bound=form, which=name, stale=stale)


def _shown(
    request: HttpRequest,
    uid: UUID,
    by: PartnerByLink,
    *,
    bound: GestureForm | None = None,
    which: str = "",
    stale: str = "",
) -> HttpResponse:
    known = relay_page(uid, by=by, at=timezone.now())
    offered = forms_of(known, bound=bound, which=which)
    context = {
        "relay": known,
        "relay_words": told(known),
        "next": next_words(known),
        "forms": {name: form for name, form in offered.items() if name.replace("_", "-") in BY_LINK},
        "which": which,
        "stale": stale,
        "partner_key": uid,
        "by": by,
        "acting_field": "",
        "opens": "",
    }
    status = 409 if stale else 400 if bound is not None else 200
    return private(render(request, "partner/relay.html", context, status=status))
