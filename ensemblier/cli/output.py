"""What the commands print: one JSON document, or text for a person."""

import dataclasses
import json
import math
import sys
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import Enum
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Écrire un document JSON sur la sortie standard.")]


def plain(value: Any) -> Any:
    """A value made of JSON types only: dataclasses → objects, dates → ISO 8601, enums → their value, sets sorted.

    A number that JSON cannot write (NaN, infinity) becomes null.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(_scalar(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return _scalar(value.value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | bool | int):
        return value
    return value.isoformat() if isinstance(value, date | time) else str(value)


def print_json(value: Any) -> None:
    """Prints one JSON document and a line end, in UTF-8 whatever the locale."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
