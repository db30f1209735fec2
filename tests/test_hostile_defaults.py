"""The hostile defaults are on: each test plants what they must refuse."""

import warnings
from collections import Counter

import pytest
from django.db import connection
from django.template import Context, Template

from ensemblier.kernel.orm.models import AuditRow


def test_an_undefined_template_variable_fails() -> None:
    with pytest.raises(AssertionError, match="nowhere"):
        Template("{{ nowhere.at_all }}").render(Context({}))


def test_a_known_template_variable_is_printed() -> None:
    assert Template("{{ place }}").render(Context({"place": "Valence"})) == "Valence"


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_database_is_closed_to_tests_that_do_not_ask() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


@pytest.mark.django_db
def test_a_queryset_without_an_order_is_shuffled() -> None:
    for number in range(12):
        AuditRow.objects.create(actor_label="Awa", table="t", row_id=str(number), verb="add")
    seen = Counter(tuple(row.pk for row in AuditRow.objects.all()) for _ in range(8))
    assert len(seen) > 1


@pytest.mark.django_db
def test_an_ordered_queryset_keeps_its_order() -> None:
    for number in range(12):
        AuditRow.objects.create(actor_label="Awa", table="t", row_id=str(number), verb="add")
    seen = {tuple(row.pk for row in AuditRow.objects.order_by("-pk")) for _ in range(8)}
    assert seen == {tuple(sorted(AuditRow.objects.values_list("pk", flat=True), reverse=True))}
