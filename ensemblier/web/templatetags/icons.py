"""Icons of npm bootstrap-icons and the doors of the operators, inlined: read once, kept as strings."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

from ensemblier.web.maps import OTHER_SHAPE, SHAPES

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def icon_svg(name: str) -> str:
    """The icon as an SVG element of class e-icon, hidden from assistive technology: words always stand beside it.

    Raises FileNotFoundError for a name that bootstrap-icons does not have.
    """
    text = (Path(settings.PACKAGES) / "bootstrap-icons" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    found = _BODY.search(text)
    body = "".join(line.strip() for line in found.group(1).splitlines()) if found else ""
    return f'<svg class="e-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{body}</svg>'


@cache
def arch_svg(operator: str) -> str:
    """The door of an operator: the same arch for all, one shape each (a ring for a partner that is not an operator)."""
    shape = SHAPES.get(operator, OTHER_SHAPE)
    fill = "#0b5560" if operator in SHAPES else "#fffefc"
    line = "#fff" if operator in SHAPES else "#0b5560"
    return (
        '<svg viewBox="0 0 50 60" aria-hidden="true" focusable="false">'
        '<path d="M3 58V25a22 22 0 0 1 44 0v33z" fill="#e1efec" stroke="#0b5560" stroke-width="3"/>'
        f'<path d="{shape}" transform="translate(25 29)" fill="{fill}" stroke="{line}" stroke-width="2"/>'
        '<path d="M0 58.5h50" stroke="#0b5560" stroke-width="3"/></svg>'
    )
