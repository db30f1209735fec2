"""The fictitious files of the demonstration, as they are written in YAML beside `core`."""

from importlib.resources import files
from typing import Any

import yaml


def written() -> list[dict[str, Any]]:
    """Every file of the demonstration, in the order in which they are written."""
    folder = files("ensemblier.journey.core.demonstration")
    loaded = yaml.safe_load(folder.joinpath("files.yaml").read_text(encoding="utf-8"))
    return list(loaded["files"])
