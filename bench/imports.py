"""Import of offers in the data·inclusion format by the command a user would type: seconds and memory."""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import NEEDS, SEED
from bench.measure import Finding
from ensemblier.territory.models import Commune


def write_dump(folder: Path, offers: int) -> list[Path]:
    """structures.json and services.json of a seeded territory, as data·inclusion v1 publishes them."""
    draw = random.Random(SEED + 3)
    rows = Commune.objects.filter(parent=None, lat__isnull=False).order_by("code")
    known = list(rows.values_list("code", "name", "postcodes", "lat", "lon", "population"))
    count = offers * 3 // 10
    chosen = draw.choices(known, weights=[(r[5] or 0) + 50 for r in known], k=count)
    structures = [
        {
            "id": f"bench--{i}", "source": "bench", "nom": f"Structure importée {i}", "date_maj": "2026-10-01",
            "commune": name, "code_insee": code, "code_postal": (codes or ["00000"])[0], "adresse": f"{i % 90 + 1} rue",
            "latitude": lat, "longitude": lon, "description": "Accueil de tous les publics. " * 5,
        }
        for i, (code, name, codes, lat, lon, _) in enumerate(chosen)
    ]  # fmt: skip
    services = [
        {
            "id": f"bench--s{i}", "source": "bench", "structure_id": f"bench--{i % count}", "nom": f"Service {i}",
            "description": "Un accompagnement pour trouver sa voie et un emploi. " * 5, "type": "accompagnement",
            "date_maj": "2026-10-01", "thematiques": [f"trouver-un-emploi--{draw.choice(NEEDS)}"],
            "publics": ["demandeurs-emploi"], "modes_accueil": ["en-presentiel"], "frais": "gratuit",
            "commune": structures[i % count]["commune"], "code_insee": structures[i % count]["code_insee"],
        }
        for i in range(offers)
    ]  # fmt: skip
    paths = [folder / "structures.json", folder / "services.json"]
    for path, content in zip(paths, (structures, services), strict=True):
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return paths


def imports(finding: Finding, sizes: tuple[int, ...]) -> None:
    """Run `ensemblier import file` on each size, in a process of its own."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            paths = write_dump(Path(folder), size)
            start, busy = time.perf_counter(), _children_cpu()
            done = subprocess.run(
                [sys.executable, "-m", "bench.imported", *map(str, paths)], capture_output=True, text=True, check=False
            )
            seconds, busy = time.perf_counter() - start, _children_cpu() - busy
        if done.returncode:
            finding.rows.append((f"{size:,} offers", f"failed: {(done.stderr or done.stdout)[-300:]}"))
            finding.holds = False
            continue
        memory = int(done.stdout.strip().splitlines()[-1])
        finding.rows.append((f"{size:,} offers", f"{seconds:.1f} s on the wall, {busy:.1f} s of CPU, {memory} MB"))
        finding.holds = seconds <= 90 and memory <= 600


def _children_cpu() -> float:
    """CPU seconds of the ended child processes: on a shared machine the wall says little."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
