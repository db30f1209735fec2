"""Steps of migrations that are made together: none changes what another one of the same step makes."""

from collections.abc import Iterator

from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from ensemblier.kernel.orm.together import Together


def clashes(step: Together) -> Iterator[str]:
    """What two operations of this step both make, or one makes and another one changes."""
    seen: set[tuple[str, str]] = set()
    for operation in step.operations:
        model = getattr(operation, "model_name_lower", "")
        if not model:
            made = (operation.name_lower, "")  # type: ignore[attr-defined]
        elif isinstance(operation, AddField) or hasattr(operation, "field"):
            made = (model, operation.name_lower)  # type: ignore[attr-defined]
        else:
            made = (model, str(operation.describe()))
        if made in seen or (model, "") in seen:
            yield f"{made}: {operation.describe()}"
        seen.add(made)


def test_no_step_changes_what_it_makes() -> None:
    migrations = MigrationLoader(None).disk_migrations.values()
    steps = [step for each in migrations for step in each.operations if isinstance(step, Together)]
    assert [clash for step in steps for clash in clashes(step)] == []
    assert len(steps) > 10


def made(*, with_column: bool) -> list[Operation]:
    number = models.BigAutoField(primary_key=True)
    column = AddField("tool", "weight", models.IntegerField(default=0))
    return [CreateModel("Tool", [("id", number)]), *([column] if with_column else [])]


def test_a_step_that_changes_what_it_makes_is_caught() -> None:
    assert list(clashes(Together(made(with_column=False)))) == []
    assert len(list(clashes(Together(made(with_column=True))))) == 1


def test_the_models_are_drawn_after_the_whole_step() -> None:
    state = ProjectState()
    assert state.apps is not None
    Together(made(with_column=True)).state_forwards("kernel", state)
    assert "apps" not in vars(state)
    assert [field.name for field in state.apps.get_model("kernel", "tool")._meta.get_fields()] == ["id", "weight"]
