"""Rows of a JSON file, read as a stream: a list, an object that holds lists, or one object per line.

A guard reads the bytes first: an endless string, a nesting bomb or a NaN is met there, not in the parser's memory.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson

from ensemblier.directory.core.exchange.records import RawRow
from ensemblier.kernel.errors import BadInput

LONGEST_STRING = 4_000_000  # bytes
DEEPEST = 40
# The lists that may stand in an object at the top, in the order in which they must be read.
LISTS = ("structures", "services", "service", "results", "records", "data", "items")
_STRING = re.compile(rb'"(?>[^"\\]+|\\.)*+"|("(?>[^"\\]+|\\.)*+\\?\Z)', re.DOTALL)
_NAN = re.compile(rb'("(?>[^"\\]+|\\.)*+")|-?\b(?:NaN|Infinity)\b', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_WORD_AT_END = re.compile(rb"-?[A-Za-z]{1,12}\Z")


class Guarded:
    """The bytes of a JSON file, checked as they pass. `done` counts them, for a progress bar."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._carry = b""
        self._depth = 0
        self._ended = False
        self.done = 0

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        """The next checked bytes (`size` is a hint), b"" at the end and for a size of 0 (the parser's first probe)."""
        while size and not self._ended:
            block = self._file.read(max(size, 1 << 16))
            self.done += len(block)
            self._ended = not block
            if safe := self._checked(block):
                return safe
        return b""

    def _checked(self, block: bytes) -> bytes:
        data = self._carry + block
        bare = _STRING.sub(rb"\1", data)
        opened = bare.find(b'"')
        held = len(bare) - opened if opened >= 0 else 0
        if not held and block and (word := _WORD_AT_END.search(bare)):
            held = len(word[0])
        if held > LONGEST_STRING:
            raise BadInput(
                "Un texte du fichier dépasse %(longest_string)s Mo. Rien n'a été importé.",
                values={"longest_string": LONGEST_STRING // 1000000},
            )
        if self._ended:
            held = 0
        structure = bare[: len(bare) - held] if held else bare
        self._follow(structure)
        safe, self._carry = (data[:-held], data[-held:]) if held else (data, b"")
        if b"NaN" in structure or b"Infinity" in structure:
            safe = _NAN.sub(lambda match: match[1] or b'"NaN"', safe)
        return safe

    def _follow(self, structure: bytes) -> None:
        for bracket in _BRACKETS.findall(structure):
            self._depth += 1 if bracket in b"[{" else -1
            if self._depth > DEEPEST:
                raise BadInput(
                    "Le fichier JSON emboîte plus de %(deepest)s niveaux. Rien n'a été importé.",
                    values={"deepest": DEEPEST},
                )


def _starts_with(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096).lstrip(b"\xef\xbb\xbf \r\n\t")[:1]


def _prefixes(path: Path) -> list[str]:
    """Paths of the lists of rows: "item" for a list at the top, "service.item"…; [""] for one object per line."""
    if _starts_with(path) == b"[":
        return ["item"]
    found: list[str] = []
    guarded = Guarded(path)
    try:
        for prefix, event, _value in ijson.parse(guarded, multiple_values=True):
            if event == "start_array" and prefix in LISTS:
                found.append(prefix)
            elif event == "end_map" and prefix == "":
                break
    finally:
        guarded.close()
    return [f"{name}.item" for name in LISTS if name in found] or [""]


def json_rows(path: Path, progress: list[int]) -> Iterator[RawRow]:
    """Rows of the file; `progress[0]` is kept at the number of bytes read."""
    try:
        for prefix in _prefixes(path):
            guarded = Guarded(path)
            try:
                items = ijson.items(guarded, prefix, use_float=True, multiple_values=not prefix)
                for number, item in enumerate(items, start=1):
                    progress[0] = guarded.done
                    yield _row(number, item, prefix.partition(".")[0] if "." in prefix else "")
            finally:
                guarded.close()
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise BadInput(
            "Le fichier JSON est illisible vers l'octet %(progress)s (%(error)s). Réenregistrez-le en JSON "
            "(UTF-8) ; rien n'a été importé.",
            values={"progress": progress[0], "error": str(error).splitlines()[0][:120]},
        ) from error


def _row(number: int, item: Any, sheet: str) -> RawRow:
    if not isinstance(item, dict):
        return RawRow(number, {}, sheet, "Un objet { … } est attendu ici.")
    if "fields" in item and isinstance(item["fields"], dict) and "recordid" in item:
        item = item["fields"]  # the older export of the same portals wraps each record
    return RawRow(number, {str(key): _plain(value) for key, value in item.items()}, sheet)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value
