"""Where a person goes once she is in her own space."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme


def person_home() -> str:
    """The first page of her space."""
    try:
        return reverse("web:my-space")
    except NoReverseMatch:
        return reverse("web:question")


def person_onward(request: HttpRequest) -> str:
    """Where she was going, if it is one of our pages; else the first page of her space."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return person_home()
