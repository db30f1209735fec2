"""`python -m bench.library [documents]`: the search of the library among 10,000, 50,000 and 200,000 documents.

Relevance is judged on PIAF (761 passages of Wikipedia, questions asked by people), planted among sentences of the
labour code and of the ministry's sheets, by the same path as users; in the same run, a stemmed BM25 (bm25s, PyStemmer)
judges the same questions on the same documents. The first thousand questions of the draw served to choose weights: the
judged ones are the others. Reference data stand outside of the project (`ENSEMBLIER_SHARED`): without them, nothing.
"""

import json
import math
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from bench.measure import Finding, backend_cpu, machine, spread, timed

SHARED = Path(os.environ.get("ENSEMBLIER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PIAF = SHARED / "data" / "recherche" / "piaf"
SIZES = (10_000, 50_000, 200_000)
CHOSEN_WITH = 1_000
"""Questions that served to choose weights: never judged."""
ON = date(2026, 11, 22)
BEGUN = ("fo", "for", "form", "em", "emp", "tra", "co", "conse", "sais", "ap", "dro", "contrat de tr")
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document as both engines read it."""

    identifier: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the identifier of the one document that answers it."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Judged:
    """nDCG@10 and R@10 of some questions with one right answer each."""

    ndcg: float
    recall: float

    def __str__(self) -> str:
        return f"nDCG@10 {self.ndcg:.4f}, R@10 {self.recall:.4f}"


def main() -> None:
    """Measure, print; the exit code says whether every target holds."""
    from bench.__main__ import database
    from ensemblier.cli.server.local import local_server

    if not PIAF.is_dir():
        sys.exit(f"no reference data in {PIAF}: set ENSEMBLIER_SHARED")
    sizes = (int(sys.argv[1]),) if len(sys.argv) > 1 else SIZES
    with local_server(say=print), database():
        findings = _all(sizes)
    print(f"{machine()}, load average at the end {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    for found in findings:
        print(f"\n{found.name} (target: {found.target}): {'holds' if found.holds else 'MISSED'}")
        for case, figure in found.rows:
            print(f"  {case}: {figure}")
    sys.exit(any(found.holds is False for found in findings))


def _all(sizes: Sequence[int]) -> list[Finding]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    asked = questions()[CHOSEN_WITH:]
    search = Finding("A question, from typed to ten lines", "p50 ≤ 6 ms, p99 ≤ 40 ms")
    begun = Finding("Suggestions while typing", "p50 ≤ 2 ms")
    seen = Finding("A new document, from its deposit to its first answer", "≤ 1 s")
    held: list[Document] = []
    stream = documents(max(sizes))
    for size in sizes:
        new = list(islice(stream, size - len(held)))
        start = time.perf_counter()
        load(new)
        held += new
        print(f"→ {size:,} documents, {time.perf_counter() - start:.0f} s to load and index {len(new):,}")
        speed(f"{size:,} documents", [q.text for q in asked[:300]], search, begun, seen)
    return [search, begun, seen, *relevance(held, asked)]


def questions() -> list[Question]:
    """Questions with a right answer, in a fixed draw."""
    texts = {q["id"]: q["texte"] for q in map(json.loads, (PIAF / "queries.jsonl").open(encoding="utf-8"))}
    lines = (PIAF / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    right = dict(line.split("\t")[:2] for line in lines)
    drawn = [key for key in texts if key in right]
    random.Random(7).shuffle(drawn)
    return [Question(texts[key], f"piaf-{right[key]}") for key in drawn]


def documents(many: int) -> Iterator[Document]:
    """The passages of PIAF, scattered among `many` documents made of real sentences on work and training."""
    planted = [json.loads(line) for line in (PIAF / "corpus.jsonl").open(encoding="utf-8")]
    real = [Document(f"piaf-{one['id']}", one["titre"], one["texte"]) for one in planted]
    said: list[str] = []
    for name in ("fiches_travail_emploi.json", "code_du_travail_partie6_et_cep.json"):
        for one in json.loads((SHARED / "data" / "ressources" / name).read_text(encoding="utf-8")):
            said += [part.strip() for part in re.split(r"(?<=[.!?])\s+", one["texte"]) if 30 < len(part) < 400]
    draw = random.Random(1)
    places = sorted(draw.sample(range(min(many, SIZES[0])), len(real)))
    planting = iter(zip(places, real, strict=True))
    place, following = next(planting)
    for number in range(many):
        if number == place:
            yield following
            place, following = next(planting, (-1, following))
        else:
            body = " ".join(draw.choice(said) for _ in range(draw.randint(2, 5)))
            yield Document(f"bruit-{number}", draw.choice(said)[:70], body)


def load(new: Sequence[Document]) -> None:
    """Write and index documents by the functions of the product."""
    from django.db import connection

    from ensemblier.library.models import Resource
    from ensemblier.library.sql.index import count_words, index_resources

    for start in range(0, len(new), _BATCH):
        rows = Resource.objects.bulk_create(
            Resource(kind="sheet", title=one.title[:500], body=one.body, identifier=one.identifier)
            for one in new[start : start + _BATCH]
        )
        index_resources([row.pk for row in rows])
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze library_resource, library_indexedresource")
    count_words()


def speed(label: str, texts: Sequence[str], search: Finding, begun: Finding, seen: Finding) -> None:
    """Wall and CPU of questions, suggestions, and of a new document that is looked for."""
    from django.db import connection

    from ensemblier.kernel.actor import ANONYMOUS, SYSTEM
    from ensemblier.library.actions.resources import deposit_resource
    from ensemblier.library.core.notices import Notice
    from ensemblier.library.queries.search import search_library, suggestions

    calls = [partial(search_library, text, actor=ANONYMOUS, on=ON) for text in texts]
    timed(calls[:40])
    pid = int(connection.connection.info.backend_pid)
    before = backend_cpu(pid), time.process_time()
    walls = spread(timed(calls))
    own, its = time.process_time() - before[1], backend_cpu(pid) - before[0]
    floor = spread(timed([_select_one] * 300))
    each = 1e3 / len(calls)
    figure = f"{walls}; CPU {(own + its) * each:.2f} ms, of which the database {its * each:.2f}; select 1 p50"
    search.rows.append((label, f"{figure} {floor.p50:.2f} ms"))
    search.holds = walls.p50 <= 6 and walls.p99 <= 40
    found = spread(timed([partial(suggestions, text) for text in BEGUN * 20]))
    begun.rows.append((label, str(found)))
    begun.holds = found.p50 <= 2
    start = time.perf_counter()
    deposit_resource(Notice(title=f"Zéphyrine et la xylographie {label}"), actor=SYSTEM, on=ON)
    answers = search_library("xylographie", actor=ANONYMOUS, on=ON)
    took = time.perf_counter() - start
    seen.rows.append((label, f"{took * 1e3:.0f} ms, found: {bool(answers.count)}"))
    seen.holds = bool(answers.count) and took <= 1


def _select_one() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select 1")


def relevance(held: Sequence[Document], asked: Sequence[Question]) -> list[Finding]:
    """Ours beside BM25, then with one typing error in each question."""
    from ensemblier.kernel.actor import ANONYMOUS
    from ensemblier.library.models import Resource
    from ensemblier.library.queries.search import search_library

    known = Resource.objects.filter(identifier__startswith="piaf-").order_by()
    names = dict(known.values_list("uid", "identifier"))

    def ours(text: str) -> list[str]:
        hits = search_library(text, actor=ANONYMOUS, on=ON).hits
        return [names.get(hit.row.uid, "") for hit in hits]

    mine, theirs = judged(ours, asked), judged(bm25(held), asked)
    draw = random.Random(11)
    wrong = judged(ours, [Question(with_error(one.text, draw), one.answer) for one in asked])
    label = f"{len(asked)} questions, {len(held):,} documents"
    best = Finding("Relevance, ours beside a stemmed BM25", "nDCG@10 and R@10 at least those of BM25, aiming at + 0.03")
    best.rows = [(label, f"ours {mine}; BM25 {theirs}; nDCG difference {mine.ndcg - theirs.ndcg:+.4f}")]
    best.holds = mine.ndcg >= theirs.ndcg and mine.recall >= theirs.recall
    typing = Finding("One typing error in each question", "costs ≤ 0.05 nDCG@10")
    typing.rows = [(label, f"{wrong}; costs {mine.ndcg - wrong.ndcg:.4f}")]
    typing.holds = mine.ndcg - wrong.ndcg <= 0.05
    return [best, typing]


def judged(answers: Callable[[str], list[str]], asked: Sequence[Question]) -> Judged:
    """The measure of an engine: one right answer a question, ten answers looked at."""
    gain = found = 0.0
    for one in asked:
        top = answers(one.text)[:10]
        if one.answer in top:
            gain += 1 / math.log2(top.index(one.answer) + 2)
            found += 1
    return Judged(gain / len(asked), found / len(asked))


def bm25(held: Sequence[Document]) -> Callable[[str], list[str]]:
    """BM25 as Lucene counts it, on French stems without accents nor empty words (the same as ours)."""
    import bm25s
    import Stemmer

    from ensemblier.library.core.questions import plain
    from ensemblier.library.core.stop_words import STOP_WORDS

    stemmer = Stemmer.Stemmer("french")

    def stems(text: str) -> list[str]:
        return list(stemmer.stemWords([word for word in plain(text).split() if word not in STOP_WORDS]))

    engine = bm25s.BM25(method="lucene")
    engine.index([stems(f"{one.title} {one.body}") for one in held], show_progress=False)

    def answers(text: str) -> list[str]:
        found, _scores = engine.retrieve([stems(text)], k=10, show_progress=False)
        return [held[int(number)].identifier for number in found[0]]

    return answers


def with_error(text: str, draw: random.Random) -> str:
    """The question with one letter replaced, dropped, added or swapped in one of its words of five letters or more."""
    from ensemblier.library.core.questions import typed_words

    words = text.split()
    able = [n for n, word in enumerate(words) if sum(map(str.isalpha, word)) >= 5 and typed_words(word)]
    if not able:
        return text
    number = draw.choice(able)
    word, letter = words[number], draw.choice("abcdefghijklmnopqrstuvwxyz")
    place = draw.randrange(1, len(word) - 1)
    words[number] = draw.choice(
        (
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :],
        )
    )
    return " ".join(words)


if __name__ == "__main__":
    main()
