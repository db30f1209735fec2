"""Signing in, signing out, choosing a language."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ensemblier.web.access import Who, page


class SignInForm(AuthenticationForm):
    """Address and password; the same sentence whether the address or the password is wrong."""

    error_messages = {  # noqa: RUF012 - Django's own form declares it so
        "invalid_login": _("L’adresse ou le mot de passe n’est pas le bon. Vérifiez-les, puis réessayez."),
        "inactive": _("Ce compte est fermé. Demandez à la personne qui administre votre structure."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        address, password = self.fields["username"], self.fields["password"]
        address.label, password.label = _("Adresse électronique"), _("Mot de passe")
        address.widget = forms.EmailInput(attrs={"class": "form-control", "autocomplete": "username"})
        password.widget.attrs.update({"class": "form-control", "autocomplete": "current-password"})


class SignIn(LoginView):
    """The sign-in page of professionals."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm


class SignOut(LogoutView):
    """Signing out, by POST only."""


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
