"""The daily upkeep: what is past goes, once; what waits for people is counted."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from ensemblier.cli.server.serve import tend_now
from ensemblier.cli.tend import upkeep
from ensemblier.directory.actions.callbacks import CallbackDraft, ask_callback
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import CallbackRequest, Site
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.models import Agreement
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.models import Perimeter
from tests.factories.directory import make_organisation, make_site
from tests.factories.territory import GAP, make_commune

pytestmark = pytest.mark.django_db


def _later(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def _agreement(valid_to: date | None) -> Agreement:
    perimeter, _ = Perimeter.objects.get_or_create(
        name="Gap", holder_label="Cellule", purpose=PerimeterPurpose.CONVENTION
    )
    return Agreement.objects.create(
        title="A", perimeter=perimeter, review_on=date(2020, 2, 1), valid_from=date(2020, 1, 1), valid_to=valid_to,
        state="in_force",
    )  # fmt: skip


def test_a_number_goes_after_its_delay_and_not_before() -> None:
    make_commune(GAP)
    ask_callback(CallbackDraft("04 92 53 00 00", GAP.code, Operator.APEC), on=date(2026, 11, 22))
    assert upkeep(_later(14)).callbacks_purged == 0
    assert upkeep(_later(16)).callbacks_purged == 1
    assert not CallbackRequest.objects.exists()


def test_an_agreement_that_is_over_is_closed_once_with_its_line_of_history() -> None:
    over, open_ = _agreement(date(2020, 6, 1)), _agreement(None)
    assert upkeep(_later(0)).agreements_closed == 1
    done = upkeep(_later(0))
    assert (done.agreements_closed, done.agreements_to_review) == (0, 1)
    over.refresh_from_db()
    open_.refresh_from_db()
    assert (over.state, open_.state) == ("ended", "in_force")
    assert AuditRow.objects.get(table="routing_agreement").verb == "close"


def test_rows_to_review_are_counted_and_left_as_they_are() -> None:
    site = make_site(make_organisation(reviewed_on=timezone.localdate()), GAP)
    Site.objects.filter(pk=site.pk).update(reviewed_on=date(2020, 1, 1))
    assert upkeep(_later(0)).rows_to_review == 1
    site.refresh_from_db()
    assert (site.reviewed_on, site.version) == (date(2020, 1, 1), 1)


def test_a_failure_is_said_and_the_pages_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded fault: without the guard, a full disk at night would stop the pages."""

    def broken(now: datetime) -> None:
        raise OSError("disque plein")

    said: list[str] = []
    monkeypatch.setattr("ensemblier.cli.tend.upkeep", broken)
    monkeypatch.setattr("ensemblier.cli.server.serve.disconnect", lambda: None)
    tend_now(said.append)
    assert said == ["entretien remis à demain : OSError, disque plein"]
