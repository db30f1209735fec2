"""Reads: how to cite a resource, in the forms that bibliography managers take."""

import json
from dataclasses import dataclass
from enum import StrEnum

from ensemblier.library.adapters.bibliography import to_bibtex, to_ris
from ensemblier.library.core.citations import Cited, as_text, csl
from ensemblier.library.core.views import ResourceView


class CitationForm(StrEnum):
    """The forms of a citation."""

    BIBTEX = "bib"
    RIS = "ris"
    CSL_JSON = "json"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """What the address answers."""
        return {
            "bib": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "json": "application/vnd.citationstyles.csl+json",
            "txt": "text/plain",
        }[self.value]

    @property
    def label(self) -> str:
        """The usual name."""
        return {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "txt": "texte"}[self.value]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation to download."""

    name: str
    media_type: str
    text: str


def cited(view: ResourceView, *, permalink: str) -> Cited:
    """What a citation says of a notice."""
    return Cited(
        key=view.identifier or f"ressource-{str(view.row.uid)[:8]}",
        kind=view.row.kind,
        title=view.row.title,
        authors=view.row.authors,
        publisher=view.row.publisher,
        series=view.row.series,
        number=view.row.number,
        pages=view.pages,
        issued=view.row.issued,
        language=view.language,
        doi=view.doi,
        link=view.link or permalink,
        identifier=view.identifier,
        keywords=view.keywords,
        abstract=view.row.abstract,
        licence=view.licence.label if view.licence else "",
    )


def citation(view: ResourceView, form: CitationForm, *, permalink: str) -> Citation:
    """The citation of a notice in one form."""
    item = cited(view, permalink=permalink)
    text = {
        CitationForm.BIBTEX: lambda: to_bibtex(item),
        CitationForm.RIS: lambda: to_ris(item),
        CitationForm.CSL_JSON: lambda: json.dumps([csl(item)], ensure_ascii=False, indent=1),
        CitationForm.TEXT: lambda: as_text(item) + "\n",
    }[form]()
    return Citation(f"{item.slug}.{form.value}", form.media_type, text)
