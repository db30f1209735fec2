"""Which files stand in her space: linking one from an invitation, taking one out. Only she does either."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.accounts.core.links import LinkPurpose
from ensemblier.accounts.queries.links import link_of
from ensemblier.journey.actions.links import accept_invitation, unlink
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.person.door import account_of, files_of, now


class CodeForm(HouseForm):
    """The code that came another way than the link."""

    code = forms.CharField(
        label=gettext_lazy("Le code que la structure vous a donné"),
        help_text=gettext_lazy("Six chiffres, dits ou écrits à part du lien."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Écrivez le code.")},
    )


@page(reads=True, who=Who.PERSON)
def files(request: HttpRequest) -> HttpResponse:
    """The list, and how to add one."""
    return private(render(request, "person/files.html", {"files": files_of(request)}))


@page(reads=False, who=Who.PERSON)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: the code, then the file is hers to read."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(token, form.cleaned_data["code"], account_id=account_of(request), at=now())
            messages.success(request, _("Votre dossier est dans votre espace."))
            return HttpResponseRedirect(reverse("web:my-space"))
        except (NotAllowed, RuleViolated) as error:
            form.add_domain_error(sentence(error), "code")
    found = link_of(token, LinkPurpose.INVITATION, at=now())
    is_open = found is not None and found.is_open
    values = {"form": form, "is_open": is_open}
    return private(render(request, "person/link.html", values, status=_status(is_open, form)))


@page(reads=False, who=Who.PERSON)
def take_out(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Takes a file out of her space; GET asks to confirm."""
    if request.method == "POST":
        unlink(uid, account_id=account_of(request), at=now())
        messages.success(request, _("Ce dossier n’est plus dans votre espace. Il reste dans la structure."))
        return HttpResponseRedirect(reverse("web:my-files"))
    found = [file for file in files_of(request) if file.link_uid == uid]
    return private(render(request, "person/unlink.html", {"file": found[0] if found else None}))


def _status(is_open: bool, form: CodeForm) -> int:
    if not is_open:
        return 404
    return 400 if form.errors else 200
