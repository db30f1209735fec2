"""Every view declares who enters and whether it writes; templates of one audience never include another's."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from ensemblier.web.access import Page, Who, page
from tests.architecture.house import PACKAGE

SHARED = {"components", "errors", "base"}
FRAMES = {"files/frame.html"}
"""Frames that the tabs of several audiences fill."""
_USES = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every route below, resolvers opened."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns)
        else:
            yield entry


def undeclared(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Routes of our pages whose view carries no declaration."""
    return [
        str(entry.name or entry.pattern)
        for entry in views(patterns)
        if entry.callback.__module__.startswith(("ensemblier.web", "tests."))
        and not isinstance(getattr(entry.callback, "page", None), Page)
    ]


def test_every_page_declares_itself() -> None:
    assert undeclared(get_resolver().url_patterns) == []


def test_an_undeclared_page_is_caught() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    declared = page(reads=True, who=Who.EVERYONE)(bare)
    routes: list[URLPattern | URLResolver] = [path("a/", bare, name="bare"), path("b/", declared, name="declared")]
    assert undeclared(routes) == ["bare"]


def strangers(folder: Path) -> list[str]:
    """Templates that include or extend one of another audience (the first folder of their name)."""
    faults = []
    for file in sorted(folder.rglob("*.html")):
        own = file.relative_to(folder).parts
        for used in _USES.findall(file.read_text()):
            audience = used.split("/")[0] if "/" in used else "base"
            if used not in FRAMES and len(own) > 1 and audience not in SHARED | {own[0]}:
                faults.append(f"{'/'.join(own)} uses {used}")
    return faults


def test_audiences_do_not_share_templates() -> None:
    assert [fault for folder in PACKAGE.rglob("templates") for fault in strangers(folder)] == []


@pytest.mark.parametrize("line", ['{% include "pro/contact.html" %}', "{% extends 'pro/base.html' %}"])
def test_a_template_of_another_audience_is_caught(line: str, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "answer.html").write_text(line)
    assert len(strangers(tmp_path)) == 1
