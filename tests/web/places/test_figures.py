"""Figures that were imported fit a phone: the longest words and numbers scroll nothing sideways."""

import pytest

from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.variables import KNOWN
from ensemblier.territory.models import Figure, Variable
from tests.factories.territory import BRIANCON, GAP, make_commune
from tests.web.conftest import NARROWEST, PHONE, CheckPage, OpenPage
from tests.web.world import make_world

SOURCE = "Institut national de la statistique et des études économiques, recensement de la population, exploitation"
PLACES = ((ZoneKind.COMMUNE, "05061"), (ZoneKind.DEPARTEMENT, "05"), (ZoneKind.REGION, "93"))
PAGES = {"/communes/05061/": "chiffres-commune", "/territoires/departement/05/": "chiffres-territoire"}


@pytest.fixture
def figures(transactional_db: None) -> None:
    """Every known variable of Gap, of its département and of its region, in two periods."""
    make_world()
    for place in (GAP, BRIANCON):
        make_commune(place)
    for code, spec in KNOWN.items():
        Variable.objects.get_or_create(code=code, defaults={"label": spec.label, "unit": spec.unit})
    Figure.objects.bulk_create(
        Figure(
            kind=kind.value, code=code, variable_id=variable, period=period, value=1_234_567.89 + rank,
            source=SOURCE, method="Effectif pondéré d’une enquête annuelle, lissé sur cinq ans",
        )
        for rank, variable in enumerate(KNOWN)
        for kind, code in PLACES
        for period in ("2016", "2022")
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_figures_fit_the_narrowest_phone(open_page: OpenPage, check_page: CheckPage, figures: None, path: str) -> None:
    page = open_page(path, width=PHONE)
    table = page.locator("table", has=page.get_by_text("Chiffres du territoire"))
    assert table.locator("tbody tr").count() >= 5
    for width in (NARROWEST, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = table.locator("td, th[scope=row]").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        assert max(boxes) <= width
    check_page(page, PAGES[path])


@pytest.mark.browser
def test_a_table_that_does_not_fit_is_seen(open_page: OpenPage, figures: None) -> None:
    """The seeded fault: the table as a desk shows it, on a phone."""
    page = open_page("/communes/05061/", width=NARROWEST)
    page.evaluate("document.querySelectorAll('table').forEach(t => t.classList.remove('e-table-stack'))")
    assert page.evaluate("document.documentElement.scrollWidth") > NARROWEST
