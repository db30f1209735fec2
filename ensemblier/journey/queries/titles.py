"""Reads: titles of the national register of trades."""

from ensemblier.directory.core.words import search_words
from ensemblier.journey.core.skills import ROME_CODE, TitleHit
from ensemblier.journey.models import RomeTitle

MAX_TITLES = 8


def titles_like(text: str, *, limit: int = MAX_TITLES) -> list[TitleHit]:
    """Titles whose words begin like each word typed, or the one of a code; shortest first. One query."""
    code = text.strip().upper()
    if ROME_CODE.fullmatch(code):
        rows = RomeTitle.objects.filter(pk=code)
    else:
        words = search_words(text)
        if not words:
            return []
        rows = RomeTitle.objects.all()
        for word in words:
            rows = rows.filter(title_key__contains=f" {word}")
    found = rows.order_by("title_key", "code")[:200]
    return [TitleHit(row.code, row.title) for row in sorted(found, key=lambda row: len(row.title))[:limit]]
