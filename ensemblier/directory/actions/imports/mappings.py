"""Mappings of columns: read from a document, kept under a name, found again."""

from pathlib import Path

import yaml
from django.db import transaction

from ensemblier.directory.core.exchange.tables import ColumnMapping, checked
from ensemblier.directory.models import SavedMapping
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.kernel.orm.models import AuditRow

_LARGEST = 200_000


def mapping_for(name: str) -> ColumnMapping:
    """The mapping of a YAML or JSON file, or one saved under that name. Raises BadInput or NotFound."""
    path = Path(name)
    if path.suffix in {".yaml", ".yml", ".json"} or path.is_file():
        return checked(_document(path))
    saved = SavedMapping.objects.filter(name=name).first()
    if saved is None:
        known = ", ".join(SavedMapping.objects.order_by("name").values_list("name", flat=True)) or "aucune"
        raise NotFound(
            "Correspondance « %(name)s » introuvable. Enregistrées : %(known)s.",
            values={"name": name, "known": known},
            field="mapping",
        )
    return checked(saved.mapping)


def save_mapping(name: str, path: Path, *, actor: Actor) -> None:
    """Keep the mapping of a file under `name`, in the place of the one that had that name."""
    if not name.replace("-", "").replace("_", "").isalnum() or not name.isascii() or len(name) > 80:
        raise BadInput("Le nom : lettres sans accent, chiffres et tirets, 80 au plus.", field="name")
    document = _document(path)
    checked(document)
    with transaction.atomic():
        saved, _is_new = SavedMapping.objects.update_or_create(name=name, defaults={"mapping": document})
        AuditRow.objects.create(
            actor_id=actor.user_id,
            actor_label=actor.label,
            organisation_id=actor.organisation_id,
            table=SavedMapping._meta.label_lower,
            row_id=str(saved.pk),
            verb="save",
            changes={"name": name},
        )


def _document(path: Path) -> object:
    if not path.is_file():
        raise BadInput(
            "Le fichier de correspondance « %(name)s » n'existe pas.", values={"name": path.name}, field="mapping"
        )
    if path.stat().st_size > _LARGEST:
        raise BadInput("Le fichier de correspondance dépasse 200 ko.", field="mapping")
    try:
        text = path.read_text(encoding="utf-8")
        if "&" in text and "*" in text:  # aliases make a small file explode in memory
            raise BadInput("La correspondance ne peut pas contenir d'alias YAML (& et *).", field="mapping")
        return yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        first = str(error).splitlines()[0][:120]
        raise BadInput(
            "Le fichier « %(name)s » n'est ni du YAML ni du JSON : %(first)s.",
            values={"name": path.name, "first": first},
            field="mapping",
        ) from error
