"""A forgotten password: asking for a link, and the page that the link opens."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.actions.passwords import ask_password, change_password
from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.directory.queries.demonstration import is_loaded
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.kernel.messages import is_fictitious
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.pending import go_on, onward_of, place_of
from ensemblier.web.entrance.persons import ProofForm
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private


class ForgottenForm(HouseForm):
    """The address of the account."""

    email = forms.CharField(
        label=gettext_lazy("L’adresse de votre compte"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class NewPasswordForm(ProofForm):
    """The code of the screen that asked, and the new password."""

    password = forms.CharField(
        label=gettext_lazy("Un nouveau mot de passe"),
        help_text=gettext_lazy("12 caractères au moins. Une phrase que vous seul connaissez convient."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@page(reads=False, who=Who.EVERYONE)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for an address, then shows the code: the same page whether the address has an account or not."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            code = ask_password(
                email,
                address_of=lambda token: request.build_absolute_uri(reverse("web:new-password", args=[token])),
                place=place_of(request),
                at=timezone.now(),
            )
        except (BadInput, NotAllowed) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            shows_letter = is_loaded() and is_fictitious(email)
            sent = {"code": f"{code[:3]} {code[3:]}", "email": email, "shows_letter": shows_letter}
            return private(render(request, "accounts/password_sent.html", sent))
    return private(render(request, "accounts/forgotten.html", {"form": form}, status=400 if form.errors else 200))


@page(reads=False, who=Who.EVERYONE)
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: reading it changes nothing; the code and a new password do, once."""
    link = link_of(token, LinkPurpose.PASSWORD, at=timezone.now())
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user_id = change_password(token, data["proof"], data["password"], at=timezone.now())
        except (BadInput, NotAllowed) as refused:
            form.add_domain_error(sentence(refused), refused.field)
            link = link_of(token, LinkPurpose.PASSWORD, at=timezone.now())
        else:
            messages.success(request, _("Votre mot de passe est changé. Vos autres sessions sont fermées."))
            return go_on(request, user_id, onward_of(request))
    context = {"form": form, "is_open": link is not None and link.is_open}
    return private(render(request, "accounts/new_password.html", context, status=400 if form.errors else 200))
