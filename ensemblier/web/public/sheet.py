"""The answer put together: pieces that are kept, and between them what is this person's.

The frame and the pieces hold marks, comments that no text can contain since what people write is escaped; they are
replaced when the page is whole, so that nothing kept knows who asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ensemblier.web.maps import Map
from ensemblier.web.public.card import callback_choices, door_card, table_rows
from ensemblier.web.public.presentation import AGAIN, DoorCard, Page, printed_on
from ensemblier.web.templatetags import french
from ensemblier.web.templatetags.house import typo
from ensemblier.web.templatetags.pieces import written

TITLE, TAGS, DOORS, ASIDE, FOOTER, WORDS, CHOICES, COMMUNE, ROWS, MAP_TITLE, PICTURES = (
    SafeString(f"<!--{name}-->")
    for name in (
        *("title", "tags", "doors", "aside", "footer", "words"),
        *("choices", "commune", "rows", "map-title", "pictures"),
    )
)
SECTION, HERE = "web:question", "web:answer"


@dataclass(frozen=True, slots=True)
class Framed:
    """What stands for a map (web.maps.Map) in the piece around it: its marks."""

    has_estimated: bool
    title: str = MAP_TITLE
    pictures: str = PICTURES


def on_screen(page: Page, on: date) -> str:
    """The whole page, as bytes are sent."""
    desk = page.orientation.desk
    frame = written(
        "public/answer.html",
        has_fictitious=page.has_fictitious, has_doors=bool(page.doors), printed_on=printed_on(on), section=SECTION,
        followed_to=page.said.commune.name if page.said.commune.followed_from else "",
        title=TITLE, tags=TAGS, doors=DOORS, aside=ASIDE, footer=FOOTER, again=AGAIN, here=HERE,
    )  # fmt: skip
    footer = written("components/pied-de-page.html", desk=desk, again=AGAIN, here=HERE, section=SECTION)
    callback = written(
        "components/aucune-porte.html", has_doors=bool(page.doors), choices=CHOICES, commune=COMMUNE, desk=desk
    )
    return _filled(
        frame,
        {
            TITLE: typo(page.title),
            TAGS: tags(page),
            DOORS: doors(page, paper=False) + callback,
            ASIDE: aside(page, paper=False),
            CHOICES: callback_choices(page.doors),
            COMMUNE: page.said.commune.code,
            FOOTER: footer,
            AGAIN: page.again,
        },
    )


def tags(page: Page) -> SafeString:
    """What the person said, in a few words each."""
    put = french.writer()
    return SafeString("".join([f'<span class="e-tag">{put(str(tag))}</span> ' for tag in page.said.tags]))


def doors(page: Page, *, paper: bool) -> SafeString:
    """The doors, the questions that would change them, and why not the others. `paper`: nothing to press."""
    found: list[str] = []
    if page.said.words:
        quoted = written("components/vos-mots.html", words=WORDS)
        found.append(quoted.replace(WORDS, conditional_escape(page.said.words)))
    if page.orientation.is_right_open is False:
        found.append(written("components/droit-ferme.html", reasons=page.right_reasons))
    if page.orientation.unassigned:
        found.append(written("components/non-designe.html"))
    found += [written("components/accord.html", why=why) for why in page.agreements]
    if page.express:
        found.append(_group("g1", page.express_title, _cards(page, page.express, paper)))
    asks = [written("components/question-qui-change.html", asks=page.asks, again=AGAIN)] * bool(page.asks and not paper)
    if page.possible or asks:
        title = page.possible_title if page.possible else _("Pour être plus sûr")
        found.append(_group("g2", title, [*asks, *_cards(page, page.possible, paper)]))
    if page.other_doors:
        found.append(written("components/aussi-utiles.html", lines=page.other_doors))
    if page.closed:
        found.append(written("components/pourquoi-pas.html", closed=page.closed))
    if page.doubts:
        found.append(written("components/doutes.html", lines=page.doubts))
    return SafeString("\n".join(found))


def aside(page: Page, *, paper: bool) -> SafeString:
    """The map, the reason of the order, the rights, the number of the region."""
    found = []
    named = tuple((door.operator, door.name) for door in page.doors)
    if page.map:
        framed = Framed(page.map.has_estimated)
        near = written("components/portes-proches.html", map=framed, rows=ROWS)
        found.append(_filled(near, _map_values(page.map) | {ROWS: table_rows(page.doors)}))
    found += [
        written("components/pourquoi-cet-ordre.html", doors=named, again=AGAIN, paper=paper),
        written("components/vos-droits.html", rights=page.rights),
        written("components/numero-regional.html", desk=page.orientation.desk),
    ]
    return SafeString("\n".join(found))


def _map_values(drawn: Map) -> dict[str, str]:
    return {MAP_TITLE: conditional_escape(drawn.title), PICTURES: drawn.pictures}


def _cards(page: Page, cards: Iterable[DoorCard], paper: bool) -> list[str]:
    desk = page.orientation.desk
    return [door_card(card, desk, paper) for card in cards]


def _group(key: str, title: str, parts: Iterable[str]) -> str:
    inside = "".join(parts)
    return f'<section class="e-stack" aria-labelledby="{key}"><h2 id="{key}">{typo(title)}</h2>{inside}</section>'


def _filled(frame: str, values: Mapping[str, str]) -> str:
    """The frame with its marks replaced, in this order: the last one may stand in what the others brought."""
    for mark, value in values.items():
        frame = frame.replace(mark, value)
    return frame
