"""My account: my second proofs, my sessions, my recovery codes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.actions.factors import remove_factor, renew_recovery_codes
from ensemblier.accounts.actions.sessions import end_other_sessions, end_session
from ensemblier.accounts.queries.factors import factors_of
from ensemblier.accounts.queries.sessions import sessions_of
from ensemblier.web.access import Who, page
from ensemblier.web.entrance.providers import offered


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("web:security"))


@require_safe
@page(reads=True, who=Who.SIGNED_IN)
def security(request: HttpRequest) -> HttpResponse:
    """What protects the account, and where it is open."""
    user = request.user.pk or 0
    context = {
        "factors": factors_of(user),
        "providers": offered("professionals"),
        "sessions": sessions_of(user, current=request.session.session_key or ""),
    }
    return render(request, "accounts/security.html", context)


@require_POST
@page(reads=False, who=Who.SIGNED_IN)
def remove(request: HttpRequest, kind: str, factor: int) -> HttpResponse:
    """Take a second proof away."""
    remove_factor(request.user.pk or 0, kind=kind, factor_id=factor)
    messages.success(request, _("Cette preuve est retirée."))
    return _back()


@require_POST
@page(reads=False, who=Who.SIGNED_IN)
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    codes = renew_recovery_codes(request.user.pk or 0)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "onward": reverse("web:security")})


@require_POST
@page(reads=False, who=Who.SIGNED_IN)
def close(request: HttpRequest) -> HttpResponse:
    """End one session of this account, or all but this one."""
    number = request.POST.get("session", "")
    if number:
        end_session(request.user.pk or 0, number)
        messages.success(request, _("Cette session est fermée."))
    else:
        count = end_other_sessions(request.user.pk or 0, current=request.session.session_key or "")
        messages.success(request, _("Toutes les autres sessions sont fermées (%(n)s).") % {"n": count})
    return _back()
