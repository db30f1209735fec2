"""Imports: RIS, BibTeX, CSV, the ministry's sheets, articles, feeds, a thesaurus; nothing by halves, twice is once."""

import json

import pytest

from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.library.actions.imports import FileForm, import_notices, import_thesaurus
from ensemblier.library.adapters.readers import read_thesaurus
from ensemblier.library.core.kinds import ResourceKind
from ensemblier.library.models import Resource
from ensemblier.library.queries.search import search_library
from tests.factories.library import TODAY, make_resource

pytestmark = pytest.mark.django_db

RIS = "TY  - JOUR\nTI  - Étude locale\nAU  - Legay, Agnès\nPY  - 2019\nER  - \n\nTY  - JOUR\nAU  - Sans titre\nER  - \n"
BIB = "@article{a1, title={Une {\\'E}tude}, year={2020}, author={Legay, Agnès and Gayraud, Laure}}\n"
BIB += "@article{b2, year={x}}"
CSV = "Titre;Nature;Auteurs;Date;Mots-clés\nGuide des saisonniers;outil;Awa|Bruno;2024-05;saison|montagne\n"
CSV += ";fiche;;;\nX;;;hier;\n"
SHEETS = json.dumps(
    [
        {"title": "Le CEP", "pubId": "a1", "date": "13/11/2025", "description": "<b>Le</b> conseil",
         "sections": [{"text": "Il est <script>gratuit</script>"}], "url": "https://travail.exemple.fr/cep"},
        {"pubId": "a2"}, "x",
    ]
)  # fmt: skip
ARTICLES = json.dumps(
    {"type": "code", "children": [
        {"type": "section", "data": {"title": "x"}, "children": [
            {"type": "article", "data": {"num": "L6111-6", "texte": "Toute personne peut…", "id": "LEGIARTI1",
                                         "dateDebut": 1546300800000, "dateFin": 32472144000000}},
            {"type": "article", "data": {"num": "L1", "texte": "Ancien", "dateDebut": 0, "dateFin": 86400000}},
        ]}]}
)  # fmt: skip
RSS = (
    b"<rss><channel><title>Lettre</title><item><title>Forum &lt;b&gt;emploi&lt;/b&gt;</title><guid>g1</guid>"
    b"<link>javascript:alert(1)</link><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Lettre</title><entry><title>Atelier</title><id>u1</id>'
    b'<link href="https://x.exemple.fr/1"/><updated>2026-11-16T08:00:00Z</updated></entry></feed>'
)
CASES = {
    FileForm.RIS: (RIS.encode(), 1, 1, "Étude locale"),
    FileForm.BIBTEX: (BIB.encode(), 1, 1, "Une"),
    FileForm.CSV: (CSV.encode(), 1, 2, "Guide des saisonniers"),
    FileForm.SHEETS: (SHEETS.encode(), 1, 2, "Le CEP"),
    FileForm.ARTICLES: (ARTICLES.encode(), 2, 0, "Article L6111-6 du code du travail"),
    FileForm.FEED: (RSS, 1, 0, "Forum emploi"),
}


@pytest.mark.parametrize("form", CASES)
def test_a_file_gives_its_notices_once(form: FileForm) -> None:
    content, new, refused, title = CASES[form]
    done = import_notices(content, form, "essai", actor=SYSTEM, on=TODAY)
    assert (done.new, done.refused_count) == (new, refused)
    assert title in Resource.objects.order_by("pk")[0].title
    again = import_notices(content, form, "essai", actor=SYSTEM, on=TODAY)
    assert (again.new, again.changed, again.same) == (0, 0, new)


def test_atom_is_read() -> None:
    import_notices(ATOM, FileForm.FEED, "essai", actor=SYSTEM, on=TODAY)
    row = Resource.objects.get()
    assert (row.title, row.source_url, str(row.issued_on)) == ("Atelier", "https://x.exemple.fr/1", "2026-11-16")


def test_a_link_that_runs_is_dropped_and_markup_is_words() -> None:
    import_notices(RSS, FileForm.FEED, "essai", actor=SYSTEM, on=TODAY)
    row = Resource.objects.get()
    assert (row.title, row.source_url) == ("Forum emploi", "")


def test_an_article_says_when_it_holds() -> None:
    import_notices(ARTICLES.encode(), FileForm.ARTICLES, "essai", actor=SYSTEM, on=TODAY)
    now, then = Resource.objects.order_by("-valid_from")
    assert (str(now.valid_from), now.valid_to) == ("2019-01-01", None)
    assert str(then.valid_to) == "1970-01-02"
    assert now.kind == ResourceKind.LAW


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha">]><rss><channel><item><title>&a;</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (ENTITIES, FileForm.FEED),
        (b"<rss>", FileForm.FEED),
        (b"{", FileForm.SHEETS),
        (b"{}", FileForm.SHEETS),
        (b"[" * 200_000, FileForm.ARTICLES),
        (b"Nom;Date\nx;y\n", FileForm.CSV),
        (b"", FileForm.CSV),
    ],
)
def test_bad_files_are_refused_with_a_sentence(content: bytes, form: FileForm) -> None:
    with pytest.raises(BadInput):
        import_notices(content, form, "essai", actor=SYSTEM, on=TODAY)
    assert not Resource.objects.exists()


def test_only_the_platform_imports() -> None:
    with pytest.raises(NotAllowed):
        import_notices(RIS.encode(), FileForm.RIS, "x", actor=Actor(user_id=1), on=TODAY)
    with pytest.raises(NotAllowed):
        import_thesaurus(b"[]", "x", actor=Actor(user_id=1))


def test_a_thesaurus_gives_synonyms() -> None:
    entries = ["accident de travail, at", {"term": "Logement", "equivalent": ["Habitation"]}, {"term": ""}]
    assert read_thesaurus(json.dumps(entries)) == {
        "at": ("accident", "travail"),
        "habitation": ("logement",),
        "logement": ("habitation",),
    }
    make_resource(None, "Trouver un logement")
    assert import_thesaurus(json.dumps(entries).encode(), "essai", actor=SYSTEM) == 3
    (hit,) = search_library("habitation", actor=ANONYMOUS, on=TODAY).hits
    assert not hit.is_exact
