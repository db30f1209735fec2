"""Seeded faults: one check of the code taken away or turned round, in this process, for a while.

A fault names a function and words of its source; the function gets the code of the changed source in its place, so that
every door that holds it (a decorator, an address, an import) runs the fault. A fault whose words are no longer there
fails the test: it must be written again.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import FunctionType
from typing import Any

from django.urls import get_resolver

from ensemblier.accounts.core.roles import Role
from ensemblier.web.access import Who


@dataclass(frozen=True)
class Fault:
    """`where`: "module:function", without the name of the project; `old` and `new`: words of its source; `probe`: which
    proof must see it."""

    name: str
    probe: str
    where: str
    old: str
    new: str


@dataclass(frozen=True)
class Door:
    """A page that lets in somebody else than it says."""

    name: str
    probe: str
    page: str
    who: Who | frozenset[Role]


Planted = Fault | Door


@contextmanager
def planted(fault: Planted) -> Iterator[None]:
    """The fault holds inside."""
    if isinstance(fault, Door):
        cell = _cell(fault.page)
        before, cell.cell_contents = cell.cell_contents, fault.who
        _SAID[fault.page] = before
        try:
            yield
        finally:
            cell.cell_contents = before
        return
    function = _function(fault.where)
    _CODE[fault.where] = code = function.__code__
    function.__code__ = _changed(function, fault).__code__
    try:
        yield
    finally:
        function.__code__ = code


@contextmanager
def lifted(fault: Planted) -> Iterator[None]:
    """Inside `planted`: the code as it is, for a while."""
    if isinstance(fault, Door):
        cell = _cell(fault.page)
        now, cell.cell_contents = cell.cell_contents, _SAID[fault.page]
        yield
        cell.cell_contents = now
        return
    function = _function(fault.where)
    now, function.__code__ = function.__code__, _CODE[fault.where]
    yield
    function.__code__ = now


_CODE: dict[str, Any] = {}
_SAID: dict[str, Any] = {}


def _function(where: str) -> FunctionType:
    module, name = where.split(":")
    found: Any = import_module(f"ensemblier.{module}")
    for part in name.split("."):
        found = getattr(found, part)
    if isinstance(found, property):
        found = found.fget
    function = inspect.unwrap(found)
    assert isinstance(function, FunctionType), where
    return function


def _changed(function: FunctionType, fault: Fault) -> FunctionType:
    source = textwrap.dedent(inspect.getsource(function))
    assert fault.old in source, f"{fault.name}: « {fault.old} » is no longer in {fault.where}"
    tree = ast.parse(source.replace(fault.old, fault.new))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list = []
    made: dict[str, Any] = {}
    exec(compile(tree, f"<{fault.name}>", "exec"), function.__globals__, made)  # noqa: S102 - our own source, changed
    changed: FunctionType = made[definition.name]
    return changed


def _cell(page: str) -> Any:
    """Where a page keeps who may enter."""
    view: Any = _view(page)
    while "who" not in view.__code__.co_freevars:
        view = view.__wrapped__
    return view.__closure__[view.__code__.co_freevars.index("who")]


def _view(page: str) -> Any:
    for entry in _patterns(get_resolver().url_patterns):
        if entry.name == page:
            return entry.callback
    raise AssertionError(f"no page is named {page}")


def _patterns(entries: Any) -> Iterator[Any]:
    for entry in entries:
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry.url_patterns)
        else:
            yield entry
