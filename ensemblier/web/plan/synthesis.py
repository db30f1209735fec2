"""The synthesis: written by the adviser, read and signed by both, taken away on paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.signatures import Pen
from ensemblier.journey.actions.synthesis import propose_synthesis, sign_synthesis, write_synthesis
from ensemblier.journey.core.synthesis import MAX_TEXT, Section
from ensemblier.journey.queries.synthesis import SynthesisView, list_syntheses, read_synthesis, starting_texts
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, StaleVersion
from ensemblier.web.errors import sentence
from ensemblier.web.plan.form_page import FormPage, answered
from ensemblier.web.plan.forms import RowForm, SignForm
from ensemblier.web.plan.plan import paper
from ensemblier.web.plan.side import Side, now

TAB = "synthesis"


class SynthesisForm(RowForm):
    """One field for each part; an empty one is left out of the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in Section:
            widget = forms.Textarea(attrs={"rows": 4, "class": "form-control"})
            self.fields[section.value] = forms.CharField(
                label=_(section.label), required=False, max_length=MAX_TEXT, widget=widget
            )

    @staticmethod
    def values(row: SynthesisView) -> Mapping[str, Any]:
        """What the draft says."""
        return {"version": row.version, **{s.value: row.edition.texts.get(s, "") for s in Section}}

    def texts(self) -> dict[Section, str]:
        """What was typed."""
        return {section: self.cleaned_data[section.value] for section in Section}


def syntheses(request: HttpRequest, side: Side) -> HttpResponse:
    """Every synthesis, newest first."""
    found = list_syntheses(side.file, by=side.by, at=now())
    draft = next((view for view in found if view.proposed_at is None), None)
    return side.show(request, "plan/synthesis.html", {"syntheses": found, "draft": draft}, tab=TAB)


def _draft(side: Side) -> SynthesisView | None:
    return next((v for v in list_syntheses(side.file, by=side.by, at=now()) if v.proposed_at is None), None)


def write(request: HttpRequest, side: Side) -> HttpResponse:
    """Write the draft of the next one."""
    if side.is_person:
        raise NotFound(_("La synthèse est écrite par le conseiller ; vous la relisez et la signez avec lui."))
    draft = _draft(side)
    start = {section.value: text for section, text in starting_texts(side.file, by=side.by, at=now()).items()}
    form = SynthesisForm(request.POST or None, initial=dict(SynthesisForm.values(draft)) if draft else start)

    def current() -> Mapping[str, Any]:
        found = _draft(side)
        return SynthesisForm.values(found) if found else {}

    words = FormPage(
        TAB, _("Écrire la synthèse"), _("Enregistrer"), side.url("synthesis"), _("C’est enregistré."),
        lede=_("Des phrases courtes, au présent, en disant « vous ». Rien que la personne ne sache déjà."),
        now=current,
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: write_synthesis(side.file, form.texts(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def propose(request: HttpRequest, side: Side, synthesis: UUID) -> HttpResponse:
    """Propose the draft, and sign it."""
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    return _signed(request, side, synthesis, number)


def sign(request: HttpRequest, side: Side, synthesis: UUID) -> HttpResponse:
    """Sign a proposed one."""
    return _signed(request, side, synthesis, None)


def _signed(request: HttpRequest, side: Side, uid: UUID, version: int | None) -> HttpResponse:
    back = HttpResponseRedirect(side.url("synthesis"))
    form = SignForm(request.POST or None)
    if not form.is_valid():
        messages.warning(request, _("Écrivez votre nom pour signer."))
        return back
    data, by = form.cleaned_data, side.writer(request)
    pen = Pen(data["name"], "" if side.is_person else data["proof"])
    try:
        if version is None:
            sign_synthesis(side.file, uid, data["shown"], pen, by=by, at=now())
        else:
            propose_synthesis(side.file, uid, pen, Edit(by, now(), version))
    except (StaleVersion, RuleViolated, BadInput) as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("C’est signé."))
    return back


def synthesis_pdf(request: HttpRequest, side: Side, synthesis: UUID) -> HttpResponse:
    """One synthesis on paper, tagged for screen readers."""
    found = read_synthesis(side.file, synthesis, by=side.by, at=now())
    html = render_to_string("plan/synthesis_paper.html", {"one": found, "side": side}, request=request)
    return paper(html, "synthese.pdf")
