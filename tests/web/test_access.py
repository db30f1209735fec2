"""The declaration of a page is enforced: writes refused in SQL, doors closed to those it does not name."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.web.access import Page, Who, WroteOnAReadOnlyPage, _may_enter, page


def writes(request: HttpRequest) -> HttpResponse:
    AuditRow.objects.create(actor_label="Denis", table="t", row_id="1", verb="add")
    return HttpResponse("written")


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(AuditRow.objects.filter(verb="update", at__date=date(2026, 1, 1)).count()))


@pytest.fixture
def anonymous(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/somewhere/?page=2")
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
def test_a_page_that_reads_is_refused_its_writes(anonymous: HttpRequest) -> None:
    with pytest.raises(WroteOnAReadOnlyPage, match="INSERT"), transaction.atomic():
        page(reads=True, who=Who.EVERYONE)(writes)(anonymous)
    assert not AuditRow.objects.exists()


@pytest.mark.django_db
def test_a_page_that_reads_may_read_the_word_update(anonymous: HttpRequest) -> None:
    assert page(reads=True, who=Who.EVERYONE)(reads)(anonymous).status_code == 200


@pytest.mark.django_db
def test_a_page_that_writes_may_write(anonymous: HttpRequest) -> None:
    page(reads=False, who=Who.EVERYONE)(writes)(anonymous)
    assert AuditRow.objects.count() == 1


def test_awa_without_an_account_is_sent_to_sign_in_and_back(anonymous: HttpRequest) -> None:
    assert not _may_enter(anonymous, Who.SIGNED_IN)
    assert _may_enter(anonymous, Who.EVERYONE)


@pytest.mark.django_db
def test_denis_without_the_role_is_told_which_one(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(pk=4, email="denis@example.org", name="Denis")
    view = page(reads=True, who=frozenset({Role.COORDINATOR}))(reads)
    with pytest.raises(NotAllowed, match="anime le territoire"):
        view(request)


def test_the_declaration_can_be_read_from_the_view() -> None:
    view = page(reads=True, who=Who.SIGNED_IN)(reads)
    assert view.page == Page(reads=True, who=Who.SIGNED_IN)  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_page_that_reads_may_read_a_query_with_comments(anonymous: HttpRequest) -> None:
    def commented(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("-- somebody's update of a row\nselect '--', 1 /* insert into t */")
            return HttpResponse(str(cursor.fetchone()))

    assert page(reads=True, who=Who.EVERYONE)(commented)(anonymous).status_code == 200


@pytest.mark.django_db
def test_a_comment_hides_no_write(anonymous: HttpRequest) -> None:
    def hidden(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("-- select it's\ndelete from kernel_auditrow where table_name <> '--'")
        return HttpResponse("written")

    with pytest.raises(WroteOnAReadOnlyPage, match="delete"), transaction.atomic():
        page(reads=True, who=Who.EVERYONE)(hidden)(anonymous)
