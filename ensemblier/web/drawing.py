"""What a drawn map is made of: paths, labels, a scale, and the SVG of each."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Shape:
    """Something to draw: an SVG path, moved to (x, y), and how."""

    path: str
    fill: str
    x: str = "0"
    y: str = "0"
    dashed: bool = False
    hatched: bool = False
    hollow: bool = False
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A label and its anchor ("start", "middle" or "end")."""

    x: str
    y: str
    anchor: str
    words: str
    strong: bool
    small: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """One SVG: size in pixels, shapes from back to front, labels, and a scale bar of `scale_km` km."""

    kind: str
    width: int
    height: int
    areas: tuple[Shape, ...]
    dots: tuple[Shape, ...]
    markers: tuple[Shape, ...]
    texts: tuple[Text, ...]
    scale_km: str
    scale_px: str

    @property
    def marks(self) -> SafeString:
        """The markers as SVG: numbers and constants of this file, nothing that a person wrote."""
        return SafeString("".join(map(_mark, self.markers)))

    @property
    def labels(self) -> SafeString:
        """The labels as SVG, their words escaped."""
        return SafeString("".join(map(_label_svg, self.texts)))


def _mark(shape: Shape) -> str:
    line = "#0b5560" if shape.dashed or shape.hollow else "#fff"
    dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
    return (
        f'<path d="{shape.path}" transform="translate({shape.x} {shape.y})" fill="{shape.fill}" stroke="{line}" '
        f'stroke-width="3" stroke-linejoin="round"{dash}/>'
    )


def _label_svg(text: Text) -> str:
    size, ink = ("13", "#3f4f56") if text.small else ("15", "#16262c")
    bold = ' font-weight="700"' if text.strong else ""
    return (
        f'<text x="{text.x}" y="{text.y}" font-size="{size}" text-anchor="{text.anchor}" fill="{ink}" '
        f'stroke="#fffefc" stroke-width="4" paint-order="stroke"{bold}>{escape(text.words)}</text>'
    )
