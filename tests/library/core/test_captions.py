"""Captions: read into words and seconds, whatever they try."""

import pytest

from ensemblier.kernel.errors import BadInput
from ensemblier.library.core.captions import Cue, clock, passages, read_captions

VTT = """WEBVTT

NOTE a comment

intro
00:00:01.000 --> 00:00:04.500 align:start
<v Awa>Le <b>conseil</b> en évolution</v>

00:05.000 --> 00:08.000
professionnelle &amp; le projet
"""


def test_webvtt_is_read() -> None:
    assert read_captions(VTT) == (
        Cue(1.0, 4.5, "Le conseil en évolution"),
        Cue(5.0, 8.0, "professionnelle & le projet"),
    )


def test_subrip_is_read() -> None:
    text = "1\r\n00:00:01,000 --> 00:00:02,000\r\nBonjour\r\n\r\n2\r\n01:02:03,500 --> 01:02:04,000\r\nAu revoir\r\n"
    assert [cue.start for cue in read_captions(text)] == [1.0, 3723.5]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>Bonjour",
        "<scr<script>ipt>alert(1)</script>Bonjour",
        "&lt;script&gt;alert(1)&lt;/script&gt;Bonjour",
        "<img src=x onerror=alert(1)>Bonjour",
        "Bonjour<",
        "{\\an8}Bonjour\u202e",
    ],
)
def test_nothing_breaks_out(hostile: str) -> None:
    (cue,) = read_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{hostile}\n")
    assert "<" not in cue.text
    assert ">" not in cue.text
    assert "\u202e" not in cue.text
    assert "Bonjour" in cue.text


@pytest.mark.parametrize("text", ["", "%PDF-1.7 not captions", "WEBVTT\n\nno time here\n", "00:01 --> 00:02\nx"])
def test_what_is_no_captions_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="Aucune réplique"):
        read_captions(text)


def test_too_many_are_refused() -> None:
    with pytest.raises(BadInput, match="démesurés"):
        read_captions("a" * 2_000_001)
    with pytest.raises(BadInput, match="20 000"):
        read_captions("".join(f"00:01.000 --> 00:02.000\nx{n}\n\n" for n in range(20_001)))


def test_passages_last_about_twenty_seconds_and_keep_their_first_second() -> None:
    cues = tuple(Cue(float(n), n + 1.0, str(n)) for n in range(45))
    found = passages(cues)
    assert [cue.start for cue in found] == [0.0, 20.0, 40.0]
    assert " ".join(cue.text for cue in found) == " ".join(str(n) for n in range(45))


def test_a_clock_reads_aloud() -> None:
    assert [clock(second) for second in (0, 65.9, 3723)] == ["0:00", "1:05", "1:02:03"]
