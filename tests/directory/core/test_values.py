"""Freshness, quality, cursors, words, access: small rules with answers written by hand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.access import check_may_edit, may_edit, may_see_contacts
from ensemblier.directory.core.cursors import count_text, decode_cursor, encode_cursor
from ensemblier.directory.core.freshness import add_months, freshness
from ensemblier.directory.core.networks import NETWORKS, STRENGTHS, SUCCESSIONS
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.quality import SITE_CRITERIA, SiteFacts, site_quality
from ensemblier.directory.core.states import PositionKind
from ensemblier.directory.core.words import MAX_WORDS, search_words
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed

ON = date(2026, 11, 22)
WHOLE = SiteFacts(
    "1 rue de la Paix", "05000", PositionKind.EXACT, "+33492000000", "Mo 09:00-12:00", "a@b.fr", "rampe",
    date(2026, 10, 1), True, False,
)  # fmt: skip


def test_a_month_later_is_never_after_its_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 11, 22), 14) == date(2028, 1, 22)


def test_a_row_is_stale_the_day_after_its_term() -> None:
    term = date(2026, 11, 22)
    for on, expected in ((term, False), (date(2026, 11, 23), True)):
        known = freshness(
            reviewed_on=date(2025, 11, 22), updated_on=date(2024, 1, 1), created_on=date(2020, 1, 1), months=12, on=on
        )
        assert (known.due_on, known.is_stale) == (term, expected)


def test_a_row_never_reviewed_counts_from_its_creation() -> None:
    known = freshness(reviewed_on=None, updated_on=None, created_on=date(2026, 1, 1), months=6, on=ON)
    assert known.due_on == date(2026, 7, 1) and known.is_stale


def test_the_quality_is_the_share_of_published_criteria() -> None:
    assert site_quality(WHOLE, on=ON).score == 100
    poor = site_quality(replace(WHOLE, phone="", hours_osm="", is_stale=True), on=ON)
    assert poor.score == 100 * (18 - 9) // 18
    assert {c.code for c in poor.missing} == {"phone", "hours", "review"}
    assert sum(c.weight for c in SITE_CRITERIA) == 18


def test_an_old_or_future_delay_is_not_a_known_delay() -> None:
    for declared in (date(2026, 1, 1), date(2027, 1, 1), None):
        assert "delay" in {c.code for c in site_quality(replace(WHOLE, delay_declared_on=declared), on=ON).missing}


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60), st.integers(1, 2**62))
def test_a_cursor_comes_back_as_it_was(key: str, row_id: int) -> None:
    assert decode_cursor(encode_cursor(key, row_id)) == (key, row_id)


@given(st.text(max_size=60).filter(bool))
def test_a_made_up_cursor_is_refused_or_harmless(text: str) -> None:
    try:
        found = decode_cursor(text)
    except BadInput as error:
        assert "depuis le début" in error.message
    else:
        assert found is not None and isinstance(found[0], str) and isinstance(found[1], int)


def test_counts_are_capped() -> None:
    assert (count_text(12), count_text(999), count_text(1000)) == ("12", "999", "1 000+")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("log emb", ("log", "emb")),
        ("Saint-Étienne", ("saint", "etienne")),
        ("logement à Embrun", ("logement", "embrun")),
        ("œuvre", ("oeuvre",)),
        ("é", ()),
        ("de", ("de",)),
        ("", ()),
        ("%_\\'", ()),
    ],
)
def test_words_are_those_of_the_database_key(typed: str, words: tuple[str, ...]) -> None:
    assert search_words(typed) == words


@given(st.text(max_size=300))
def test_words_never_hold_a_wildcard(text: str) -> None:
    words = search_words(text)
    assert len(words) <= MAX_WORDS
    assert all(word.isascii() and word.isalnum() for word in words)


BRUNO = Actor(user_id=1, organisation_id=10, roles=frozenset({"directory_editor"}), label="Bruno")
CHLOE = Actor(user_id=2, organisation_id=20, roles=frozenset({"directory_editor"}), label="Chloé")
ADVISER = Actor(user_id=3, organisation_id=10, roles=frozenset({"adviser"}), label="Farid")
DENIS = Actor(user_id=4, label="Denis")


@pytest.mark.parametrize(
    ("actor", "edits", "sees"),
    [
        (BRUNO, True, True),
        (CHLOE, False, True),
        (ADVISER, False, True),
        (DENIS, False, False),
        (ANONYMOUS, False, False),
        (SYSTEM, True, True),
    ],
)
def test_who_edits_and_who_sees_the_interlocutors(actor: Actor, edits: bool, sees: bool) -> None:
    assert may_edit(actor, {10, None}) is edits
    assert may_see_contacts(actor) is sees


def test_nobody_owns_a_row_without_an_owner() -> None:
    assert may_edit(replace(DENIS, roles=frozenset({"directory_editor"})), {None}) is False


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(NotAllowed, match="Connectez-vous.*ou proposez une correction"):
        check_may_edit(ANONYMOUS, {10}, "ce lieu")
    with pytest.raises(NotAllowed, match="proposer une correction"):
        check_may_edit(CHLOE, {10}, "ce lieu")


def test_every_operator_has_a_network_and_a_name_today() -> None:
    for operator in Operator:
        rows = [n for n in NETWORKS if n.operator == operator]
        named = [m for n in rows for m in n.names if (m.valid_to is None or m.valid_to > ON)]
        assert named, operator
    codes = {n.code for n in NETWORKS}
    assert {c for s in SUCCESSIONS for c in s[:2]} | {c for c, _ in STRENGTHS} <= codes
