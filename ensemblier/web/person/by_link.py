"""Choosing without an account: a link from a message and a second proof open one relay, for half an hour."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.actions.links import open_link
from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.queries.links import person_of_relay
from ensemblier.journey.queries.rights_relays import MyRelay, my_relay
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.person.choosing import choice_page, send_page
from ensemblier.web.person.door import now
from ensemblier.web.person.relays import order_of

CHOOSING = "choosing"
"""Key of the person's session: the relay that her link opened, and until when."""
LASTS = timedelta(minutes=30)


class ProofForm(HouseForm):
    """The second proof."""

    proof = forms.CharField(
        label=gettext_lazy("Votre année de naissance, en 4 chiffres"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Écrivez votre année de naissance.")},
    )


@page(reads=False, who=Who.EVERYONE)
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link: GET changes nothing and says nothing; the proof opens the choice."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            uid = open_link(token, LinkPurpose.RELAY_CHOICE, form.cleaned_data["proof"], now())
            _session(request).cycle_key()
            _session(request)[CHOOSING] = {"relay": str(uid), "until": (now() + LASTS).isoformat()}
            return HttpResponseRedirect(reverse("web:choice", args=[uid]))
        except NotAllowed as error:
            form.add_domain_error(sentence(error), "proof")
    link = link_of(token, LinkPurpose.RELAY_CHOICE, at=now())
    is_open = link is not None and link.is_open
    status = 404 if not is_open else 400 if form.errors else 200
    return private(render(request, "person/choice_link.html", {"form": form, "is_open": is_open}, status=status))


@page(reads=True, who=Who.EVERYONE)
def choice(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The relay, and the doors."""
    return choice_page(request, _mine(request, uid), _addresses(uid))


@page(reads=False, who=Who.EVERYONE)
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Reading, ticking, sending."""
    return send_page(request, _mine(request, uid), _addresses(uid))


@page(reads=False, who=Who.EVERYONE)
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """None of these, or stop."""
    found = _mine(request, uid)
    if request.method != "POST":
        values = {"relay": found, "key": uuid4(), "to": _addresses(uid)}
        return private(render(request, "person/relay_stop.html", values))
    withdraw_relay(order_of(request, found), by=found.herself)
    messages.success(request, _("C’est arrêté. Personne ne lit plus rien par ce relais."))
    return HttpResponseRedirect(reverse("web:choice", args=[uid]))


def _mine(request: HttpRequest, uid: UUID) -> MyRelay:
    """The relay that her link opened. Raises NotFound for any other, and when the half hour is over."""
    opened = _session(request).get(CHOOSING) or {}
    if opened.get("relay") != str(uid) or datetime.fromisoformat(opened["until"]) < now():
        raise NotFound(_("Ouvrez de nouveau le lien de votre message : cette page s’est refermée."))
    return my_relay([person_of_relay(uid)], uid, at=now())


def _session(request: HttpRequest) -> Any:
    return request.person_session  # type: ignore[attr-defined]


def _addresses(uid: UUID) -> dict[str, str]:
    return {
        "here": reverse("web:choice", args=[uid]),
        "send": reverse("web:choice-send", args=[uid]),
        "stop": reverse("web:choice-stop", args=[uid]),
        "back": "",
    }
