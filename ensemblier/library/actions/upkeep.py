"""The daily upkeep of the library."""

from ensemblier.library.sql.index import count_words


def recount() -> int:
    """Count words and stems anew; how many words are known."""
    return count_words()
