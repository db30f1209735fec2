"""A page that is one form of a file: what was typed is kept, and a newer version is shown beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.files import FileHead
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, RuleViolated, StaleVersion
from ensemblier.web.acting import acting
from ensemblier.web.errors import sentence
from ensemblier.web.files.frame import in_frame
from ensemblier.web.files.row_forms import RowForm
from ensemblier.web.forms import HouseForm


@dataclass(frozen=True, slots=True)
class Words:
    """What a form page says: its title, a line under it, its button, and what is said when it is done."""

    title: str
    lede: str
    button: str
    done: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Both:
    """A field that somebody else changed meanwhile: the two texts."""

    label: str
    typed: str
    now: str


@dataclass(frozen=True, slots=True)
class Then:
    """`current`: what the row says now, its version too; `leaves`: the file may be closed to the actor afterwards."""

    current: Callable[[], Mapping[str, Any]] | None = None
    leaves: bool = False


def keyed(values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Initial values of a form, with the key of the click to come."""
    return {"key": uuid4(), **(values or {})}


def edit_of(form: RowForm, row: UUID) -> Edit:
    """The edit that a form asks for."""
    data = form.cleaned_data
    return Edit(row=row, version=data["version"] or 0, at=timezone.now(), key=data["key"])


def answered(
    request: HttpRequest,
    head: FileHead,
    form: HouseForm,
    words: Words,
    write: Callable[[Actor], object],
    *,
    then: Then | None = None,
) -> HttpResponse:
    """The page, or the way back to the file once `write` did it."""
    after = then or Then()
    back = reverse("web:file", args=[head.uid]) + (f"#{words.anchor}" if words.anchor else "")
    both: list[Both] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            write(acting(request))
        except StaleVersion as newer:
            if after.current is None:
                raise
            now = after.current()
            both, status = _both(form, now), 409
            form = _again(form, now)
            form.stale_message = sentence(newer)  # type: ignore[attr-defined]
        except (BadInput, RuleViolated) as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, words.done)
            return HttpResponseRedirect(reverse("web:files") if after.leaves else back)
    if form.errors:
        status = 400
    stale = getattr(form, "stale_message", "")
    context = {"form": form, "words": words, "back": back, "both": both, "stale_message": stale}
    return in_frame(request, "files/form.html", head, context, tab="file", status=status)


def _both(form: HouseForm, now: Mapping[str, Any]) -> list[Both]:
    found = []
    for bound in form.visible_fields():
        typed, other = _shown(bound, bound.value()), _shown(bound, now.get(bound.name))
        if typed != other:
            found.append(Both(str(bound.label), typed, other))
    return found


def _shown(bound: Any, value: Any) -> str:
    """A value as a reader of the form sees it."""
    choices = dict(getattr(bound.field, "choices", ()) or ())
    if value is None or value is False:
        return "" if value is None else "non"
    if value is True or value == "on":
        return "oui"
    return str(choices.get(str(value), value))


def _again(form: HouseForm, now: Mapping[str, Any]) -> HouseForm:
    """The same form, what was typed in it, from the version of now: saving again is then a decision."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"], data["key"] = str(now.get("version", 0)), str(uuid4())
    return type(form)(data, initial=form.initial)
