"""The second proof: asked for after the first one, or added when the account has none yet."""

import json
from typing import Any

import segno
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.actions.factors import (
    add_passkey,
    add_totp,
    check_code,
    check_passkey,
    passkey_to_ask,
    passkey_to_make,
)
from ensemblier.accounts.core.second_factor import draw_secret, provisioning_uri
from ensemblier.accounts.queries.factors import factors_of
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.pending import Pending, enter, open_session, pending_of, place_of, site_of
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm

CHALLENGE, SECRET = "passkey_challenge", "totp_secret"


class CodeForm(HouseForm):
    """A code of six digits, or a recovery code; or the answer of a passkey, filled in by the browser."""

    code = forms.CharField(
        label=_("Code à 6 chiffres, ou code de secours"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )
    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code à 6 chiffres, ou code de secours")


class AddForm(HouseForm):
    """The first code of a new application, or a new passkey; and the name one gives it."""

    code = forms.CharField(
        label=_("Code à 6 chiffres affiché par l’application"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code à 6 chiffres affiché par l’application")


@page(reads=False, who=Who.EVERYONE)
def second_step(request: HttpRequest) -> HttpResponse:
    """Asks for the second proof of somebody whose first one is right."""
    half = pending_of(request)
    if half is None:
        return HttpResponseRedirect(reverse("web:sign-in"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _check(request, half, form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, sentence(refused))
        else:
            return enter(request, half.user_id, half.onward)
    known = factors_of(half.user_id)
    options = passkey_to_ask(half.user_id, site=site_of(request)) if known.has_passkey else ""
    _keep_challenge(request, options)
    return render(request, "accounts/second_step.html", {"form": form, "factors": known, "options": options})


def _check(request: HttpRequest, half: Pending, data: dict[str, str]) -> None:
    now, place = timezone.now(), place_of(request)
    if data["answer"]:
        challenge = _challenge(request)
        check_passkey(half.user_id, data["answer"], challenge=challenge, site=site_of(request), place=place, at=now)
    else:
        check_code(half.user_id, data["code"], place=place, at=now)


@page(reads=False, who=Who.EVERYONE)
def first_factor(request: HttpRequest) -> HttpResponse:
    """The first second proof of an account: nobody enters without one, except in the demonstration."""
    half = pending_of(request)
    if half is None or factors_of(half.user_id).all:
        return HttpResponseRedirect(reverse("web:sign-in"))
    return _add_page(request, half.user_id, half.onward, is_first=True)


@page(reads=False, who=Who.SIGNED_IN)
def add_factor(request: HttpRequest) -> HttpResponse:
    """One more second proof, for somebody who is signed in."""
    return _add_page(request, request.user.pk or 0, reverse("web:security"), is_first=False)


def _add_page(request: HttpRequest, user_id: int, onward: str, *, is_first: bool) -> HttpResponse:
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = _added(request, user_id, form.cleaned_data)
        except BadInput as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            return _welcome(request, user_id, onward, codes, is_first=is_first)
    secret = request.session.setdefault(SECRET, draw_secret())
    options = passkey_to_make(user_id, site=site_of(request))
    _keep_challenge(request, options)
    uri = provisioning_uri(secret, str(json.loads(options)["user"]["name"]))
    picture = segno.make(uri, error="m").svg_inline(scale=5, border=3, light="#fff", omitsize=True)
    context = {
        "form": form, "options": options, "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": mark_safe(picture), "is_first": is_first, "uri": uri,  # noqa: S308 - drawn by segno from our own text
    }  # fmt: skip
    return render(request, "accounts/add_factor.html", context, status=400 if form.errors else 200)


def _added(request: HttpRequest, user_id: int, data: dict[str, str]) -> list[str]:
    now = timezone.now()
    if data["answer"]:
        return add_passkey(
            user_id, answer=data["answer"], challenge=_challenge(request), site=site_of(request), name="", at=now
        )
    return add_totp(user_id, secret=request.session.get(SECRET, ""), code=data["code"], name="", at=now)


def _welcome(request: HttpRequest, user_id: int, onward: str, codes: list[str], *, is_first: bool) -> HttpResponse:
    """Recovery codes are shown once, before going on."""
    request.session.pop(SECRET, None)
    response: HttpResponse = HttpResponseRedirect(onward)
    if is_first:
        open_session(request, user_id, response)
    if not codes:
        return response
    shown = render(request, "accounts/recovery_codes.html", {"codes": codes, "onward": onward})
    shown.cookies.update(response.cookies)
    return shown


def _keep_challenge(request: HttpRequest, options: str) -> None:
    if options:
        request.session[CHALLENGE] = json.loads(options)["challenge"]


def _challenge(request: HttpRequest) -> bytes:
    """The challenge of the page, good for one answer."""
    from webauthn.helpers import base64url_to_bytes

    return base64url_to_bytes(request.session.pop(CHALLENGE, ""))
