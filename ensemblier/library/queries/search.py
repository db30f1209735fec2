"""Reads: the search that answers: what was typed is understood, resources are ranked, near ones are said to be near."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from ensemblier.kernel.actor import Actor
from ensemblier.library.core.captions import clock
from ensemblier.library.core.kinds import Audience, ResourceKind
from ensemblier.library.core.questions import (
    ENOUGH,
    SYNONYM_WEIGHT,
    Meaning,
    Plan,
    Word,
    corrections,
    covered,
    floor_of,
    plain,
    plan,
    typed_words,
)
from ensemblier.library.core.views import Row
from ensemblier.library.core.wanted import Wanted
from ensemblier.library.queries.resources import rows_by_id
from ensemblier.library.sql.search import Found, KnownWords, begun, look_up, measures, passages, search

PAGE = 10
MAX_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class SpokenPassage:
    """Where a film speaks of it."""

    seconds: float
    clock: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer. `is_exact`: it holds every word as typed; `share`: of the question's weight, 0 to 1."""

    row: Row
    is_exact: bool
    share: float
    passage: SpokenPassage | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a question found. `exact` and `near`: one page of them; `count`: above the floor, up to what is looked at;
    `read_as`: words read otherwise than typed; `unknown`: words of no resource; `is_too_short`: nothing was asked."""

    text: str
    exact: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    count: int = 0
    read_as: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
    is_too_short: bool = False
    next_page: int | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All answers of the page, exact ones first."""
        return (*self.exact, *self.near)

    @property
    def is_few(self) -> bool:
        """Fewer than what is promised when the library holds it: the page says so, and whom to ask."""
        return self.count < ENOUGH


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that begins as typed. `kind`: "title" or "word"."""

    kind: str
    text: str


def search_library(
    text: str, wanted: Wanted | None = None, *, actor: Actor, on: date, keys: Collection[str] = (), page: int = 1
) -> Answers:
    """Answers of a question typed by the actor; at most 60 are looked at, ten a page. Four queries at most.

    The floor (`core.questions.floor_of`) is published: docs/algorithms/search.md.
    """
    words = typed_words(text)
    if not words:
        return Answers(text, is_too_short=True)
    asked = replace(wanted or Wanted(), is_member=actor.is_signed_in, keys=tuple(keys))
    total, usual = measures()
    understood = tuple(
        _understood(known, alone=len(words) == 1) for known in look_up(words, is_member=actor.is_signed_in)
    )
    made = plan(understood, total=total)
    unknown = tuple(word.typed for word in understood if not word.meanings)
    read_as = _read_as(understood)
    if made is None:
        return Answers(text, unknown=unknown)
    floor = floor_of(len(words))
    above = [
        (found, share, all(found.typed) and not unknown)
        for found in search(made, asked, usual=usual)
        if (share := covered(found.held, made.weights, len(unknown), total)) >= floor
    ]
    above.sort(key=lambda entry: not entry[2])
    start = (max(page, 1) - 1) * PAGE
    shown = above[start : start + PAGE]
    hits = _hits(shown, made, on, opens_members=actor.is_signed_in)
    return Answers(
        text,
        exact=tuple(hit for hit in hits if hit.is_exact),
        near=tuple(hit for hit in hits if not hit.is_exact),
        count=len(above),
        read_as=read_as,
        unknown=unknown,
        next_page=max(page, 1) + 1 if len(above) > start + PAGE else None,
    )


def _read_as(words: tuple[Word, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((w.typed, tuple(m.shown for m in w.meanings)) for w in words if w.meanings and not w.is_typed)


def suggestions(text: str) -> tuple[Suggestion, ...]:
    """Titles and words of the library that begin as typed; () under two letters. One query."""
    typed = plain(text[:120])
    if len(typed) < 2:
        return ()
    return tuple(Suggestion(kind, shown) for kind, shown in begun(typed, many=MAX_SUGGESTIONS))[:MAX_SUGGESTIONS]


def _understood(known: KnownWords, *, alone: bool) -> Word:
    if known.resources:
        meanings: tuple[Meaning, ...] = (Meaning(known.stem, known.resources, 1.0, "typed", known.typed),)
    elif len(known.typed) >= 4:
        meanings = corrections(known.typed, known.near)
    else:
        meanings = ()
    held = {meaning.stem for meaning in meanings}
    others = [(word, SYNONYM_WEIGHT, "synonym") for word in known.synonyms]
    if alone and len(known.typed) < 4:
        others += [(word, 0.5, "begun") for word in known.near]
    for word, weight, how in others:
        if word.stem not in held:
            held.add(word.stem)
            meanings += (Meaning(word.stem, word.resources, weight, how, word.shown),)
    return Word(known.typed, meanings, known.family)


def _hits(shown: list[tuple[Found, float, bool]], made: Plan, on: date, *, opens_members: bool) -> list[Hit]:
    ids = [found.resource_id for found, _share, _exact in shown]
    if not ids:
        return []
    rows = rows_by_id(ids, on=on)
    films = [
        key
        for key, row in rows.items()
        if row.kind is ResourceKind.VIDEO and (row.audience is not Audience.MEMBERS or opens_members)
    ]
    said = passages(films, made.first) if films else {}
    return [
        Hit(rows[found.resource_id], is_exact, share, _spoken(said.get(found.resource_id)))
        for found, share, is_exact in shown
        if found.resource_id in rows
    ]


def _spoken(passage: tuple[float, str] | None) -> SpokenPassage | None:
    return SpokenPassage(passage[0], clock(passage[0]), passage[1]) if passage else None
