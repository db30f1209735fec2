"""An adviser brings her list: looked at first, taken in on her word, and given back to her own system."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.caseload import Taken, export_list, import_list, read_list
from ensemblier.journey.core.caseload import Caseload, CaseRow
from ensemblier.kernel.errors import DomainError
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private

ADVISER = frozenset({Role.ADVISER})
_SALT, _HOUR = "caseload", 3600


class ListForm(HouseForm):
    """A file, or the one just looked at, which comes back signed: nothing of it waits on the server."""

    file = forms.FileField(required=False, label=gettext_lazy("Votre liste (CSV ou XLSX, 1 000 lignes au plus)"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = self.base_fields["file"].label


@page(reads=False, who=ADVISER)
def bring(request: HttpRequest) -> HttpResponse:
    """The form; with a file, what would be done; with the look confirmed, the files opened."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    try:
        if form.cleaned_data["seen"]:
            done = import_list(_rows(form.cleaned_data["seen"]), by=acting(request), at=timezone.now())
            messages.success(
                request,
                _("%(opened)s dossiers ouverts, %(known)s déjà là.") % {"opened": done.opened, "known": done.known},
            )
            return HttpResponseRedirect(reverse("web:files"))
        upload = form.cleaned_data["file"]
        found = read_list(upload.read() if upload else b"")
        would = (
            import_list(found.rows, by=acting(request), at=timezone.now(), dry_run=True) if not found.flaws else None
        )
    except DomainError as error:
        form.add_domain_error(sentence(error), "file")
        return _show(request, form)
    except signing.BadSignature:
        form.add_domain_error(_("Plus d’une heure a passé : choisissez de nouveau votre fichier."), "file")
        return _show(request, form)
    return _show(request, form, found, would)


@require_safe
@page(reads=False, who=ADVISER)
def give_back(request: HttpRequest) -> HttpResponse:
    """What happened here, as a file for her own system."""
    response = HttpResponse(
        export_list(by=actor_of(request), at=timezone.now()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="retour-{timezone.localdate():%Y-%m-%d}.csv"'
    return private(response)


def _show(
    request: HttpRequest, form: ListForm, found: Caseload | None = None, would: Taken | None = None
) -> HttpResponse:
    values: dict[str, Any] = {"form": form, "found": found, "would": would, "seen": "", "section": "web:files"}
    values["acting_field"] = acting_field(actor_of(request))
    if found is not None and would is not None:
        values["seen"] = signing.dumps([_plain(row) for row in found.rows], salt=_SALT, compress=True)
    return private(render(request, "desk/caseload.html", values, status=400 if form.errors else 200))


def _plain(row: CaseRow) -> dict[str, Any]:
    return asdict(row) | {"born": row.born.isoformat() if row.born else None}


def _rows(seen: str) -> tuple[CaseRow, ...]:
    rows = signing.loads(seen, salt=_SALT, max_age=_HOUR)
    return tuple(CaseRow(**(row | {"born": date.fromisoformat(row["born"]) if row["born"] else None})) for row in rows)
