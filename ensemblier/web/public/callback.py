"""Asking to be called back: a number, kept until the call and no longer; no name, no situation."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ensemblier.directory.actions.callbacks import KEEP_CALLBACKS_DAYS, CallbackDraft, Visit, ask_callback
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.queries.networks import regional_desk
from ensemblier.kernel.errors import DomainError
from ensemblier.territory.queries.zones import regions
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.offline import keepable, private
from ensemblier.web.public.forms import CommuneForm


class CallbackForm(CommuneForm):
    """A number, who should call, when, and where the person lives: only those near there see the number.

    `qui` is an operator, or an operator and the structure that was shown. The answer page sends the commune's code
    alone; on the page of its own the commune is typed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].required = not self.data.get("commune_code") or "commune" in self.data

    tel = forms.CharField(
        label=gettext_lazy("Mon numéro de téléphone"),
        max_length=60,
        error_messages={"required": gettext_lazy("Écrivez le numéro où vous joindre.")},
    )
    qui = forms.CharField(
        label=gettext_lazy("Qui doit vous rappeler ?"),
        max_length=80,
        error_messages={"required": gettext_lazy("Choisissez qui doit vous rappeler.")},
    )
    moment = forms.CharField(label=gettext_lazy("Le bon moment"), max_length=120, required=False)

    def clean_qui(self) -> tuple[Operator, UUID | None]:
        """The operator, and the structure when one was shown."""
        operator, _separator, organisation = str(self.cleaned_data["qui"]).partition("@")
        try:
            return Operator(operator), UUID(organisation) if organisation else None
        except ValueError:
            raise forms.ValidationError(_("Choisissez qui doit vous rappeler.")) from None

    def draft(self) -> CallbackDraft:
        """What is asked. Call it on a valid form only."""
        values = self.cleaned_data
        operator, organisation = values["qui"]
        code = self.found.code if self.found else values["commune_code"]
        return CallbackDraft(values["tel"], code, operator, organisation, values["moment"])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(reads=False, who=Who.EVERYONE)
def callback(request: HttpRequest) -> HttpResponseBase:
    """The form, and the numbers to call oneself. Somebody without an account is bound by no cookie: no CSRF token."""
    if request.method != "POST":
        return keepable(_show(request, CallbackForm(on=timezone.localdate())))
    form = CallbackForm(request.POST, on=timezone.localdate())
    if form.is_valid():
        try:
            visit = Visit(str(request.META.get("REMOTE_ADDR", "")), timezone.now())
            ask_callback(form.draft(), on=timezone.localdate(), visit=visit)
            return HttpResponseRedirect(reverse("web:callback-done"))
        except DomainError as refusal:
            form.add_error("commune" if "commune" in refusal.field else "tel", sentence(refusal))
    return private(_show(request, form, status=400))


@require_safe
@page(reads=True, who=Who.EVERYONE)
def done(request: HttpRequest) -> HttpResponseBase:
    """It is noted: what happens now."""
    return render(request, "public/callback_done.html", {"days": KEEP_CALLBACKS_DAYS})


def _show(request: HttpRequest, form: CallbackForm, *, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    desks = [(region.name, regional_desk(region.code, on=on)) for region in regions()]
    values = {
        "form": form,
        "operators": sorted(Operator, key=lambda operator: operator.label.casefold()),
        "desks": [(name, desk) for name, desk in desks if desk is not None and desk.phone],
        "days": KEEP_CALLBACKS_DAYS,
    }
    return render(request, "public/callback.html", values, status=status)
