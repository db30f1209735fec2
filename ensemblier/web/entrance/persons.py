"""A person enters her own space: a link to her address and a code on this screen, or FranceConnect."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ensemblier.accounts.actions.person_sign_in import ask_to_enter, enter
from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.directory.queries.demonstration import is_loaded
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound
from ensemblier.kernel.messages import is_fictitious
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.homes import person_onward
from ensemblier.web.entrance.pending import place_of
from ensemblier.web.entrance.providers import offered, provider_goodbye, see_off
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.sessions import sign_in_person, sign_out_person


class AddressForm(HouseForm):
    """The address where the link goes."""

    email = forms.CharField(
        label=_("Votre adresse électronique"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ProofForm(HouseForm):
    """The second proof of a link."""

    proof = forms.CharField(
        label=_("Code à 6 chiffres"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@page(reads=False, who=Who.EVERYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an address, then shows the code: the same page whether the address is known or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "providers": offered("persons"), "next": person_onward(request)}
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            code = ask_to_enter(email, address_of=_enter_address(request), place=place_of(request), at=timezone.now())
        except (BadInput, NotAllowed) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            shows_letter = is_loaded() and is_fictitious(email)
            sent = {"code": f"{code[:3]} {code[3:]}", "email": email, "shows_letter": shows_letter}
            return private(render(request, "accounts/person_sent.html", sent))
    return private(render(request, "accounts/person_sign_in.html", context, status=400 if form.errors else 200))


def _enter_address(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("web:person-enter", args=[token]))


@page(reads=False, who=Who.EVERYONE)
def enter_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: reading it changes nothing, the code opens the space."""
    link = link_of(token, LinkPurpose.PERSON_SIGN_IN, at=timezone.now())
    form = ProofForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = enter(token, form.cleaned_data["proof"], at=timezone.now())
        except (NotAllowed, NotFound) as refused:
            form.add_domain_error(sentence(refused), refused.field)
            link = link_of(token, LinkPurpose.PERSON_SIGN_IN, at=timezone.now())
        else:
            sign_in_person(request, account)
            return HttpResponseRedirect(person_onward(request))
    context = {"form": form, "is_open": link is not None and link.is_open}
    return private(render(request, "accounts/person_enter.html", context, status=400 if form.errors else 200))


@require_POST
@page(reads=False, who=Who.EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave one's own space; a professional's session of this browser stays."""
    farewell = provider_goodbye(request, request.person_session)  # type: ignore[attr-defined]
    sign_out_person(request)
    return see_off(request, farewell, reverse("web:question"))
