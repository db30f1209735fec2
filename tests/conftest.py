"""Hostile defaults for every test: order drawn at random, querysets without an order shuffled, warnings are errors.

A test that asks for no database gets none, and no server is started for it.
"""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db.models import QuerySet
from django.utils import translation
from hypothesis import HealthCheck, settings

from ensemblier.cli.server.local import local_server

# No test is timed: neither an example nor its drawing fails because the machine is busy.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
os.environ["ENSEMBLIER_LANG"] = "fr"  # the terminal of a test speaks French, whatever the machine's language


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """A PostgreSQL server for the session: DATABASE_URL's, else the checkout's own test server (not crash-safe)."""
    with local_server(durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this just before it makes the test database, one for each worker."""


@pytest.fixture(autouse=True, scope="session")
def pages_own_nothing() -> None:
    """Pages run under the role that they have in production, for which row-level security is forced."""
    django_settings.MIDDLEWARE.insert(0, "tests.pages_role.as_the_pages")


@pytest.fixture(autouse=True, scope="session")
def shuffled_querysets() -> Iterator[None]:
    """A queryset without an order gives its rows in any order, as PostgreSQL may; the SQL itself stays the same."""
    fetch_all = QuerySet._fetch_all

    def fetch_shuffled(queryset: QuerySet[Any]) -> None:
        is_new = queryset._result_cache is None
        fetch_all(queryset)
        if is_new and queryset._result_cache and not queryset.ordered:
            random.shuffle(queryset._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_shuffled)
        yield


@pytest.fixture(autouse=True)
def in_french() -> None:
    """Each test begins in French: one before it may have left another language in this thread."""
    translation.activate(django_settings.LANGUAGE_CODE)
