"""The directory by the interface: complete readings, closed contacts, standards kept."""

import json
import logging
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ensemblier.directory.core.exchange import to_hsds
from ensemblier.directory.models import Contact, Organisation, Site
from tests.api.conftest import Reader
from tests.paths import SHARED


@pytest.mark.usefixtures("demonstration")
class TestReading:
    """What the rows say."""

    def test_the_nearest_sites_of_each_operator(self, read: Reader) -> None:
        found = {item["operator"]: item["sites"] for item in read("/sites/near", commune="05046")["items"]}
        assert len(found) == 5
        assert found["france_travail"][0]["city"] == "Embrun"
        for sites in found.values():
            assert [site["km"] for site in sites] == sorted(site["km"] for site in sites)

    def test_an_unpublished_contact_never_leaves(self, read: Reader) -> None:
        hidden = [contact.name for contact in Contact.objects.filter(is_published=False)]
        shown = [contact.name for contact in Contact.objects.filter(is_published=True)]
        texts = [
            json.dumps(read(f"/organisations/{row.uid}"), ensure_ascii=False) for row in Organisation.objects.all()
        ]
        texts += [json.dumps(read(f"/sites/{row.uid}"), ensure_ascii=False) for row in Site.objects.all()]
        texts += [json.dumps(read(f"/hsds/{name}", fictitious=True), ensure_ascii=False) for name in ENDPOINTS]
        everything = "\n".join(texts)
        assert hidden and shown
        assert not [name for name in hidden if name in everything]
        assert all(name in everything for name in shown)  # the check above can fail: published ones are there

    def test_demonstration_rows_are_not_open_data_unless_asked_for(self, read: Reader) -> None:
        assert read("/organisations")["items"] == []
        assert len(read("/organisations", fictitious=True)["items"]) == 14
        assert read("/hsds/services")["empty"]

    def test_a_row_that_cannot_be_shown_is_named_and_the_page_stands(
        self, read: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        page = read("/hsds/services", fictitious=True)
        bad = page["contents"][3]["id"]
        whole = to_hsds.service

        def service(row: Any) -> dict[str, Any]:
            if str(row.uid) == bad:
                raise ValueError("seeded fault")
            return whole(row)

        monkeypatch.setattr(to_hsds, "service", service)
        with caplog.at_level(logging.CRITICAL):
            again = read("/hsds/services", fictitious=True)
        assert [item["uid"] for item in again["skipped"]] == [bad]
        assert [row["id"] for row in again["contents"]] == [r["id"] for r in page["contents"] if r["id"] != bad]

    def test_coverage_tells_gaps_from_what_is_not_known(self, read: Reader) -> None:
        found = read("/coverage/departement/05", on="2026-11-22", fictitious=True, minutes=45)
        assert found["is_fictitious"] and found["method"]
        assert {row["operator"] for row in found["rows"]} <= {"france_travail", "mission_locale", "cap_emploi", "apec",
                                                               "regional_operator"}  # fmt: skip
        for row in found["rows"]:
            assert row["covered"] + row["gaps"] + row["unknown"] <= row["communes"]
        real = read("/coverage/departement/05", on="2026-11-22")
        assert not real["is_fictitious"]
        assert all(cell["reach"] != "site" for cell in real["cells"])  # no real site is loaded: none is invented

    def test_pages_of_hsds_are_numbered_whichever_way_they_are_read(self, read: Reader, client: Client) -> None:
        whole = read("/hsds/services", fictitious=True, per_page=200)
        total = whole["total_items"]
        assert (whole["page_number"], whole["total_pages"], whole["first_page"], whole["last_page"]) == (
            1,
            1,
            True,
            True,
        )
        by_number, by_cursor, cursor = [], [], ""
        for number in range(1, -(-total // 3) + 1):
            page = read("/hsds/services", fictitious=True, per_page=3, page=number)
            follower = read("/hsds/services", fictitious=True, per_page=3, cursor=cursor)
            assert page["page_number"] == follower["page_number"] == number
            assert page["last_page"] == follower["last_page"] == (number == page["total_pages"])
            assert page["first_page"] == (number == 1)
            by_number += [row["id"] for row in page["contents"]]
            by_cursor += [row["id"] for row in follower["contents"]]
            cursor = follower["next"]
        assert by_number == by_cursor == [row["id"] for row in whole["contents"]]
        beyond = client.get(f"/api/v1/hsds/services?fictitious=true&per_page=3&page={total + 2}")
        assert beyond.status_code == 404
        assert "total_pages" in beyond.json()["detail"]

    def test_a_made_up_cursor_is_a_problem(self, client: Client) -> None:
        for path in ("/organisations", "/hsds/services", "/directory"):
            assert client.get(f"/api/v1{path}?cursor=nonsense").status_code == 422


ENDPOINTS = ("services", "organizations", "service_at_locations")
SCHEMAS = {"services": "service.json", "organizations": "organization.json"}
HSDS = SHARED / "data" / "hsds"


@pytest.mark.usefixtures("demonstration")
@pytest.mark.skipif(not HSDS.is_dir(), reason="the HSDS schemas are not on this machine (ENSEMBLIER_SHARED)")
@pytest.mark.parametrize("name", ENDPOINTS)
def test_hsds_objects_satisfy_the_schemas_of_the_standard(read: Reader, name: str) -> None:
    from jsonschema import Draft202012Validator, FormatChecker

    if name in SCHEMAS:
        schema = json.loads((HSDS / SCHEMAS[name]).read_text())
    else:  # the standard describes it inside "service"
        schema = json.loads((HSDS / "service.json").read_text())["properties"]["service_at_locations"]["items"]
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    rows = read(f"/hsds/{name}", fictitious=True)["contents"]
    assert rows
    for row in rows:
        assert not [error.message for error in validator.iter_errors(row)]
        assert read(f"/hsds/{name}/{row['id']}") == row
    broken = rows[0] | {"id": 12}
    assert list(validator.iter_errors(broken))  # the validator does look


class CompleteReading(TestCase):
    """Following `next` from the start to the end, whatever happens meanwhile."""

    @settings(max_examples=25, deadline=None)
    @given(
        there=st.integers(0, 12),
        size=st.integers(1, 5),
        meanwhile=st.lists(st.sampled_from(["insert", "rename", "nothing"]), max_size=15),
    )
    def test_no_structure_is_missed_or_met_twice(self, there: int, size: int, meanwhile: list[str]) -> None:
        rows = [Organisation.objects.create(name=f"Structure {number}") for number in range(there)]
        expected = {str(row.uid) for row in rows}
        met: list[str] = []
        cursor, plan = "", iter(meanwhile)
        while True:
            page = self.client.get(f"/api/v1/organisations?size={size}&cursor={cursor}").json()
            met += [item["uid"] for item in page["items"]]
            cursor = page["next"]
            if not cursor:
                break
            self.disturb(next(plan, "nothing"), rows)
        assert len(met) == len(set(met))
        assert expected <= set(met)

    def disturb(self, what: str, rows: list[Organisation]) -> None:
        """What somebody else does between two pages."""
        if what == "insert":
            Organisation.objects.create(name="Ajoutée")
        if what == "rename":
            Organisation.objects.filter(pk=rows[0].pk).update(name="AAA", valid_from=date(2020, 1, 1))
