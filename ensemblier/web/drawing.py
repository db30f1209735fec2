"""What a drawn map is made of: paths, labels, a scale, and the SVG of each.

Paths, colours and numbers come from web.maps, never from who writes; every word is escaped.
"""

from dataclasses import dataclass
from html import escape


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

    def svg(self, key: str, title: str, words: str) -> str:
        """The picture, named by `title` and told by `words`; `key` makes its ids unique in a page.

        Written here and not in a template: a page that is made for one commune draws its map anew.
        """
        name = f"{key}-{self.kind}"
        hatch = f"url(#hatch-{name})"
        return (
            f'<svg class="e-{self.kind}" viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-labelledby="map-{name}-t map-{name}-d"><title id="map-{name}-t">{escape(title)}</title>'
            f'<desc id="map-{name}-d" lang="fr">{escape(words)}</desc>\n<defs><pattern id="hatch-{name}" width="7" '
            'height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="7" height="7" fill="#073c45"/><path d="M0 0V7" stroke="#fffefc" stroke-width="3"/></pattern>'
            f'</defs>\n<rect width="{self.width}" height="{self.height}" fill="#f3ece0"/>\n'
            f"{''.join([_area(shape, hatch) for shape in self.areas])}"
            f"{''.join([_dot(shape, hatch) for shape in self.dots])}\n"
            f"{''.join(map(_mark, self.markers))}\n{''.join(map(_label, self.texts))}\n"
            f'<g transform="translate(14 {self.height - 14})"><path d="M0-6V0H{self.scale_px}V-6" fill="none" '
            'stroke="#16262c" stroke-width="2"/><text x="2" y="-9" font-size="14" fill="#16262c" stroke="#f3ece0" '
            f'stroke-width="4" paint-order="stroke">{self.scale_km} km</text></g></svg>'
        )


def _area(shape: Shape, hatch: str) -> str:
    line, dash = ("#7f7768", ' stroke-dasharray="3 3"') if shape.dashed else ("#dfd5c4", "")
    fill = hatch if shape.hatched else shape.fill
    return f'<path d="{shape.path}" fill="{fill}" stroke="{line}" stroke-width="1"{dash}/>'


def _dot(shape: Shape, hatch: str) -> str:
    dash = ' stroke-dasharray="2 2"' if shape.dashed else ""
    return (
        f'<path d="{shape.path}" transform="translate({shape.x} {shape.y})" '
        f'fill="{hatch if shape.hatched else shape.fill}" stroke="#7f7768" stroke-width="1"{dash}/>'
    )


def _mark(shape: Shape) -> str:
    line = "#0b5560" if shape.dashed or shape.hollow else "#fff"
    dash = ' stroke-dasharray="4 3"' if shape.dashed else ""
    return (
        f'<path d="{shape.path}" transform="translate({shape.x} {shape.y})" fill="{shape.fill}" stroke="{line}" '
        f'stroke-width="3" stroke-linejoin="round"{dash}/>'
    )


def _label(text: Text) -> str:
    size, ink = ("13", "#3f4f56") if text.small else ("15", "#16262c")
    bold = ' font-weight="700"' if text.strong else ""
    return (
        f'<text x="{text.x}" y="{text.y}" font-size="{size}" text-anchor="{text.anchor}" fill="{ink}" '
        f'stroke="#fffefc" stroke-width="4" paint-order="stroke"{bold}>{escape(text.words)}</text>'
    )
