"""A mapping of columns kept in a YAML file."""

from pathlib import Path
from typing import Any

import yaml

from ensemblier.kernel.errors import BadInput


def read_mapping(path: Path) -> Any:
    """The YAML document of the file (JSON is YAML). Raises BadInput."""
    try:
        if path.stat().st_size > 1 << 20:
            raise BadInput(
                "« %(name)s » est trop gros pour une correspondance.", values={"name": path.name}, field="mapping"
            )
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(
            "La correspondance « %(path)s » ne se lit pas : %(error)s",
            values={"path": path, "error": error},
            field="mapping",
        ) from error
