"""Captions (WebVTT, SubRip) read into plain text with seconds: nothing of their markup ever reaches a page."""

import html
import re
from dataclasses import dataclass

from ensemblier.kernel.errors import BadInput

MAX_CHARACTERS = 2_000_000
MAX_CUES = 20_000
PASSAGE_SECONDS = 20.0
_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{3})"
)
_MARKUP = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: from and to, in seconds, and what is said."""

    start: float
    end: float
    text: str


def read_captions(text: str) -> tuple[Cue, ...]:
    """The captions in order of time. Raises BadInput: not captions, too long, none that can be read."""
    if len(text) > MAX_CHARACTERS:
        raise BadInput("Ces sous-titres sont démesurés : 2 millions de caractères au plus.", field="captions")
    cues: list[Cue] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")):
        if (cue := _cue(block)) is not None:
            cues.append(cue)
        if len(cues) > MAX_CUES:
            raise BadInput("Ces sous-titres dépassent 20 000 répliques.", field="captions")
    if not cues:
        raise BadInput(
            "Aucune réplique n’a pu être lue. Attendu : un fichier WebVTT (.vtt) ou SubRip (.srt).", field="captions"
        )
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end)))


def _cue(block: str) -> Cue | None:
    lines = block.split("\n")
    for number, line in enumerate(lines[:3]):
        if (found := _TIMES.match(line)) is not None:
            start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
            said = plain(" ".join(lines[number + 1 :]))
            return Cue(start, max(start, end), said) if said else None
    return None


def plain(text: str) -> str:
    """Words only: tags taken out until none is left, entities read, hidden characters gone."""
    bare = html.unescape(text)
    while (again := _MARKUP.sub(" ", bare)) != bare:
        bare = again
    return " ".join(_CONTROL.sub(" ", bare).replace("<", "‹").replace(">", "›").split())


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def passages(cues: tuple[Cue, ...], *, seconds: float = PASSAGE_SECONDS) -> tuple[Cue, ...]:
    """Captions joined into passages of about `seconds`: what a search finds, opened at its first second."""
    found: list[Cue] = []
    for cue in cues:
        last = found[-1] if found else None
        if last is not None and cue.end - last.start <= seconds:
            found[-1] = Cue(last.start, max(last.end, cue.end), f"{last.text} {cue.text}")
        else:
            found.append(cue)
    return tuple(found)


def clock(seconds: float) -> str:
    """ "1:05", "1:02:03"."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
