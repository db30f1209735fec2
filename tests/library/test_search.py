"""The search answers: stems, accents, hyphens, typing errors, synonyms; five when it can, none for nonsense."""

import pytest

from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.library.actions.contents import write_transcript
from ensemblier.library.actions.resources import withdraw_resource
from ensemblier.library.core.questions import FLOOR, covered, plain, typed_words
from ensemblier.library.core.wanted import Wanted
from ensemblier.library.models import Resource, Synonym
from ensemblier.library.queries.search import Answers, search_library, suggestions
from ensemblier.library.sql.index import count_words
from tests.factories.library import TODAY, depositor, make_resource

pytestmark = pytest.mark.django_db
MEMBER = Actor(user_id=1)
TITLES = (
    "Le conseil en évolution professionnelle à l'échelle locale",
    "Financer la formation d'un travailleur saisonnier",
    "Accueillir les saisonniers : le guichet unique",
    "Le forum de l'emploi de Saint-Étienne-en-Dévoluy",
    "Reconnaître les acquis : la validation de l'expérience",
    "Travailler et se former : le projet de transition",
    "Logement des saisonniers en montagne",
    "La saison d'hiver : contrats et droits",
)


@pytest.fixture
def shelves() -> dict[str, Resource]:
    rows = {title: make_resource(None, title) for title in TITLES}
    count_words()
    return rows


def ask(text: str, actor: Actor = ANONYMOUS, **narrowed: str) -> Answers:
    return search_library(text, Wanted(**narrowed), actor=actor, on=TODAY)  # type: ignore[arg-type]


def first(answers: Answers) -> str:
    return answers.hits[0].row.title if answers.hits else ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("evolutions professionnelles", TITLES[0]),  # stems, no accents
        ("saint etienne", TITLES[3]),  # hyphens, both sides
        ("SAINT-ETIENNE-EN-DEVOLUY", TITLES[3]),
        ("vaildation experience", TITLES[4]),  # swapped letters
        ("logemant saisonniers", TITLES[6]),  # a wrong letter
        ("guichet uniqe", TITLES[2]),  # a missing letter
        ("Quel est le projet de transition ?", TITLES[5]),
    ],
)
def test_it_is_found(shelves: dict[str, Resource], text: str, title: str) -> None:
    assert first(ask(text)) == title


def test_what_was_read_otherwise_is_said(shelves: dict[str, Resource]) -> None:
    answers = ask("logemant")
    assert answers.read_as == (("logemant", ("logement",)),)
    assert not answers.exact
    assert [hit.row.title for hit in answers.near] == [TITLES[6]]


def test_exact_answers_come_first_then_near_ones_said_near(shelves: dict[str, Resource]) -> None:
    answers = ask("saisonniers montagne")
    assert [hit.row.title for hit in answers.exact] == [TITLES[6]]
    assert all(not hit.is_exact and hit.share >= FLOOR for hit in answers.near)
    assert [hit.is_exact for hit in answers.hits] == sorted((hit.is_exact for hit in answers.hits), reverse=True)


@pytest.mark.parametrize("text", ["", " ", "x", "!", "'"])
def test_under_two_letters_nothing_is_asked(shelves: dict[str, Resource], text: str) -> None:
    assert ask(text).is_too_short


def test_two_letters_are_enough(shelves: dict[str, Resource]) -> None:
    make_resource(None, "Préparer son CV")
    assert first(ask("cv")) == "Préparer son CV"
    assert ask("sa").near


@pytest.mark.parametrize("text", ["xqzzt wvkkj", "blorgnuf", "qsdf azerty qwerty", "Ωμέγα 東京"])
def test_nonsense_gets_none(shelves: dict[str, Resource], text: str) -> None:
    answers = ask(text)
    assert answers.hits == ()
    assert answers.is_few


def test_a_word_that_is_nowhere_keeps_what_holds_little_else_out(shelves: dict[str, Resource]) -> None:
    for n in range(20):
        make_resource(None, f"Le travail au quotidien, numéro {n}")
    count_words()
    assert ask("travail supraconducteur").hits == ()


@pytest.mark.parametrize("held", [0, 3, 5, 12])
def test_at_least_five_when_five_are_above_the_floor(shelves: dict[str, Resource], held: int) -> None:
    for n in range(held):
        make_resource(None, f"Apprentissage et alternance, cahier {n}", body="insertion des jeunes")
    for n in range(30):
        make_resource(None, f"Rapport annuel {n}", body="insertion")
    count_words()
    answers = ask("alternance des jeunes apprentis")
    assert answers.count == min(held, 60)
    assert len(answers.hits) == min(held, 10)
    assert answers.is_few == (held < 5)


def test_what_is_above_the_floor_is_what_brute_force_finds(shelves: dict[str, Resource]) -> None:
    from ensemblier.library.queries.search import _understood
    from ensemblier.library.sql.search import look_up

    total = Resource.objects.count()
    for text in ("financer la formation saisonnière", "droits en hiver", "conseil local", "emploi formation projet"):
        words = [_understood(known, alone=False) for known in look_up(typed_words(text), is_member=False)]
        held = [word for word in words if word.meanings]
        from ensemblier.library.core.questions import plan

        made = plan(tuple(words), total=total)
        assert made is not None
        expected = set()
        for title, row in shelves.items():
            stems = set(IndexedStems(row.pk))
            truth = tuple(any(m.stem in stems for m in word.meanings) for word in held)
            if covered(truth, made.weights, len(words) - len(held), total) >= FLOOR:
                expected.add(title)
        assert {hit.row.title for hit in ask(text).hits} == expected
        assert plain(text)


def IndexedStems(key: int) -> list[str]:  # noqa: N802 - reads as a collection
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select unnest(tsvector_to_array(words)) from library_indexedresource where resource_id = %s", [key]
        )
        return [row[0] for row in cursor.fetchall()]


def test_synonyms_are_near(shelves: dict[str, Resource]) -> None:
    Synonym.objects.create(term="hebergement", near=["logement"], source="essai")
    answers = ask("hébergement saisonnier")
    assert first(answers) == TITLES[6]
    assert not answers.exact


def test_filters_narrow(shelves: dict[str, Resource]) -> None:
    make_resource(None, "Vidéo sur les saisonniers", kind="video")
    assert [hit.row.kind.value for hit in ask("saisonniers", kind="video").hits] == ["video"]
    assert ask("saisonniers", domain="law").hits == ()


def test_a_withdrawn_resource_is_not_found(shelves: dict[str, Resource]) -> None:
    withdraw_resource(shelves[TITLES[6]].uid, why="Vieux", version=1, actor=depositor(None), on=TODAY)
    assert TITLES[6] not in [hit.row.title for hit in ask("logement").hits]


def test_members_only_content_is_found_by_members_alone() -> None:
    make_resource(None, "Grille d'entretien", audience="members", body="chrysalide")
    assert ask("chrysalide").hits == ()
    assert first(ask("chrysalide", MEMBER)) == "Grille d'entretien"
    assert first(ask("grille entretien")) == "Grille d'entretien"
    assert suggestions("chrys") == ()


def test_a_corner_is_found_with_its_key_alone() -> None:
    make_resource(None, "Notes du libellule", audience="corner", audience_key="g1")
    assert ask("libellule", MEMBER).hits == ()
    assert search_library("libellule", actor=MEMBER, on=TODAY, keys={"g1"}).count == 1
    assert suggestions("libel") == ()


VTT = "WEBVTT\n\n00:05.000 --> 00:09.000\nBonjour à tous\n\n01:23.000 --> 01:40.000\nLe relais tripartite se prépare\n"


def test_the_passage_of_a_film_opens_at_its_second() -> None:
    row = make_resource(None, "Rencontre des conseillers", kind="video")
    assert write_transcript(row.uid, VTT, actor=depositor(None)) == 2
    (hit,) = ask("relais tripartite").hits
    assert hit.passage is not None
    assert (hit.passage.seconds, hit.passage.clock) == (83.0, "1:23")


def test_the_transcript_of_a_members_only_film_is_quoted_to_members_alone() -> None:
    row = make_resource(None, "Rencontre tripartite", kind="video", audience="members")
    write_transcript(row.uid, VTT, actor=depositor(None))
    (hit,) = ask("tripartite").hits
    assert hit.passage is None
    (hit,) = ask("tripartite", MEMBER).hits
    assert hit.passage is not None


def test_suggestions_begin_as_typed(shelves: dict[str, Resource]) -> None:
    assert {one.text for one in suggestions("sais")} == {"saison", "saisonnier", "saisonniers"}
    assert suggestions("Le conseil en évo")[0].text == TITLES[0]
    assert suggestions("s") == ()


def test_a_new_word_is_suggested_and_corrected_at_once(shelves: dict[str, Resource]) -> None:
    make_resource(None, "La tarification solidaire")
    assert [one.text for one in suggestions("tarif")] == ["tarification"]
    assert first(ask("tarificaton")) == "La tarification solidaire"


def test_counting_words_forgets_those_of_no_resource(shelves: dict[str, Resource]) -> None:
    withdraw_resource(shelves[TITLES[6]].uid, why="Vieux", version=1, actor=depositor(None), on=TODAY)
    count_words()
    assert suggestions("montag") == ()


HOSTILE = ("a' or 1=1 --", "\x00", "%(x)s {held}", "'::tsquery", "a" * 5000, "& | ! <-> :*", "0 /* held */ formation")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_question(shelves: dict[str, Resource], text: str) -> None:
    assert ask(text).text == text
