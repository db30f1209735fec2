"""Signing in, signing out, choosing a language."""

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.actions.sign_in import check_sign_in
from ensemblier.kernel.errors import NotAllowed
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.pending import go_on, onward_of, place_of
from ensemblier.web.entrance.providers import offered, provider_goodbye, see_off
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm


class SignInForm(HouseForm):
    """Address and password; the same sentence whether the address or the password is wrong."""

    username = forms.CharField(
        label=_("Adresse électronique"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Mot de passe"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


@page(reads=False, who=Who.EVERYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page of professionals: ProConnect when it is set up, or an address and a password."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = check_sign_in(data["username"], data["password"], place=place_of(request), now=timezone.now())
        except NotAllowed as refused:
            form.add_error(None, sentence(refused))
        else:
            return go_on(request, user.pk, onward_of(request))
    onward = request.POST.get("next") or request.GET.get("next") or ""
    context = {"form": form, "next": onward, "providers": offered("professionals")}
    return render(request, "accounts/sign_in.html", context)


@require_POST
@page(reads=False, who=Who.EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends here, and at the provider that opened it."""
    farewell = provider_goodbye(request, request.session)
    logout(request)
    return see_off(request, farewell, reverse("web:question"))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keeps the language in a cookie that holds nothing else, and goes back to where the reader was."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("vers", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("web:question")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=31_536_000,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
    return response
