"""The demonstration territory as it is written: YAML files beside `core`, shipped with the package."""

from importlib.resources import files
from typing import Any

import yaml

FILES = ("organisations", "sites", "offers", "people")


def read() -> dict[str, Any]:
    """All sections of the files, by name: organisations, sites, exceptions, offers, permanences, contacts, desk…"""
    folder = files("ensemblier.directory.core.demonstration")
    sections: dict[str, Any] = {}
    for name in FILES:
        sections |= yaml.safe_load(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    return sections
