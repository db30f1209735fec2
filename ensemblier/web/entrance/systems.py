"""The systems of a structure: tokens that read the interface for programs, addresses told when a relay moves."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ensemblier.accounts.actions.tokens import make_token, revoke_token
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.tokens import TokenScope
from ensemblier.accounts.queries.members import memberships_of
from ensemblier.accounts.queries.tokens import tokens_of
from ensemblier.journey.actions.webhooks import subscribe, unsubscribe
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.queries.webhooks import webhooks_of
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private

MANAGER = frozenset({Role.ACCOUNT_MANAGER})
FORM = "accounts/team_form.html"


class TokenForm(HouseForm):
    """Which system, what it opens, until when."""

    name = forms.CharField(
        label=gettext_lazy("Quel système ?"),
        max_length=80,
        help_text=gettext_lazy("Par exemple : i-milo, serveur de nuit."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que le jeton ouvre"), widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope.value, _(scope.label).capitalize()) for scope in TokenScope],
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Jusqu’au (ce jour compris)"),
        help_text=gettext_lazy("Un an au plus."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WebhookForm(HouseForm):
    """The address to call."""

    url = forms.CharField(
        label=gettext_lazy("Adresse à appeler"), max_length=400, help_text=gettext_lazy("Elle commence par https."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip


@page(reads=True, who=MANAGER)
def systems(request: HttpRequest) -> HttpResponse:
    """Tokens and addresses in force."""
    actor = actor_of(request)
    context = {
        "tokens": [(one, sorted(one.scopes)) for one in tokens_of(actor=actor, at=timezone.now())],
        "webhooks": webhooks_of(actor=actor),
        "acting_field": acting_field(actor),
    }
    return private(render(request, "accounts/systems.html", context))


@page(reads=False, who=MANAGER)
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; it shows once."""
    end = timezone.localdate() + timedelta(days=180)
    form = TokenForm(request.POST or None, initial={"until": end, "scopes": [TokenScope.RELAY_STATES.value]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        until = datetime.combine(data["until"] + timedelta(days=1), time(), tzinfo=PARIS)
        scopes = frozenset(TokenScope(each) for each in data["scopes"])
        try:
            token = make_token(data["name"], scopes=scopes, until=until, actor=acting(request), at=timezone.now())
        except (BadInput, RuleViolated) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            shown = {"secret": token, "until": data["until"]}
            return private(render(request, "accounts/secret_once.html", shown))
    context = {
        "title": _("Un jeton pour un système"),
        "lede": _("Il ne lit ni nom ni contenu : des numéros de relais, leurs états, leurs échéances."),
        "button": _("Faire le jeton"),
    }
    return _form(request, form, context)


@page(reads=False, who=MANAGER)
def new_webhook(request: HttpRequest) -> HttpResponse:
    """Name an address; its secret shows, and can be read again on the page."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = acting(request)
        try:
            rows = memberships_of(actor.user_id or 0, on=timezone.localdate())
            uid = next(row.organisation_uid for row in rows if row.organisation_id == actor.organisation_id)
            subscribe(uid, form.cleaned_data["url"], at=timezone.now(), by=actor)
        except (BadInput, RuleViolated) as refused:
            form.add_domain_error(sentence(refused), refused.field)
        else:
            messages.success(request, _("Ce système sera prévenu. Son secret est sur cette page."))
            return HttpResponseRedirect(reverse("web:systems"))
    context = {
        "title": _("Prévenir un système"),
        "lede": _("À chaque changement d’état d’un relais, un appel signé : des numéros et des états, rien d’autre."),
        "button": _("Prévenir ce système"),
    }
    return _form(request, form, context)


def _form(request: HttpRequest, form: HouseForm, words: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "acting_field": acting_field(actor_of(request)), **words}
    return private(render(request, FORM, context, status=400 if form.errors else 200))


@page(reads=False, who=MANAGER)
@require_POST
def end_token(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Revoke a token, at once."""
    revoke_token(uid, actor=acting(request), at=timezone.now())
    messages.success(request, _("Le jeton n’ouvre plus rien."))
    return HttpResponseRedirect(reverse("web:systems"))


@page(reads=False, who=MANAGER)
@require_POST
def end_webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell a system nothing more."""
    unsubscribe(uid, at=timezone.now(), by=acting(request))
    messages.success(request, _("Ce système n’est plus prévenu."))
    return HttpResponseRedirect(reverse("web:systems"))
