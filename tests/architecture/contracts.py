"""The "rooms" contract: import-linter's layers, for containers that do not all exist yet."""

import grimp
from importlinter import ContractCheck
from importlinter.contracts.layers import LayersContract


class Rooms(LayersContract):
    """Layers of the containers present in the graph; an absent app is skipped until its package appears."""

    type_name = "rooms"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Check as usual, on the containers that exist (import-linter replaces its fields by values at run time)."""
        self.containers = [c for c in self.containers if c.expression in graph.modules]  # type: ignore[assignment,attr-defined]
        return super().check(graph, verbose)
