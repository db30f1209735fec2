"""Cursors of pages: the last (sort key, id) shown, so that no row is skipped or shown twice when others are added."""

import base64
import binascii
import json

from ensemblier.kernel.errors import BadInput

COUNT_CAP = 1000


def encode_cursor(key: str, row_id: int) -> str:
    """An opaque text for a URL."""
    return base64.urlsafe_b64encode(json.dumps([key, row_id]).encode()).decode().rstrip("=")


def decode_cursor(text: str) -> tuple[str, int] | None:
    """(sort key, id) of the last row shown; None for "". Raises BadInput when somebody made it up."""
    if not text:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        key, row_id = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        if isinstance(key, str) and type(row_id) is int and abs(row_id) < 2**63 and "\x00" not in key:
            return key, row_id
    except (ValueError, TypeError, binascii.Error, RecursionError):
        pass
    raise BadInput("Cette page de résultats n'existe pas : reprenez la recherche depuis le début.", field="cursor")


def count_text(count: int) -> str:
    """ "12", "1 000+" from the cap on: counting everything would cost more than it tells."""
    return "1 000+" if count >= COUNT_CAP else str(count)
