"""Tables of the library. Django finds them here."""

from ensemblier.library.models.harvests import HarvestedSource
from ensemblier.library.models.resources import Attachment, Passage, Resource
from ensemblier.library.models.shelves import Bookmark, SavedSearch
from ensemblier.library.models.words import IndexedResource, KnownWord, Stem, Synonym

__all__ = [
    "Attachment",
    "Bookmark",
    "HarvestedSource",
    "IndexedResource",
    "KnownWord",
    "Passage",
    "Resource",
    "SavedSearch",
    "Stem",
    "Synonym",
]
