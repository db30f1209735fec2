"""Hand-written question: which group or decider speaks of something."""

from datetime import date
from pathlib import Path
from uuid import UUID

from ensemblier.kernel.orm.sql import answers

_HERE = Path(__file__).parent


def whom_to_ask(text: str, *, is_member: bool, on: date, many: int) -> list[tuple[str, UUID, str, str]]:
    """(kind of page, its identifier, its name, who holds it or decides), the closest first."""
    asked = {"text": text, "is_member": is_member, "on": on, "many": many}
    return [(kind, uid, name, holder) for kind, uid, name, holder in answers(_HERE / "whom_to_ask.sql", asked)]
