"""A contract for Import Linter: no module leads back to itself, however far round."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class CirclesContract(Contract):
    """Refuses modules that import each other: an import that only types read, or that a function makes, counts too.

    One circle is told at a time; where it is opened, the next would be told.
    """

    type_name = "circles"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look for a circle in the whole graph."""
        circle = _circle(graph)
        return ContractCheck(kept=not circle, metadata={"told": list(_told(graph, circle))})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import of the circle and its line."""
        for line in check.metadata["told"]:
            output.print_error(line, bold=False)


def _circle(graph: ImportGraph) -> list[str]:
    sorter = TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    )
    try:
        sorter.prepare()
    except CycleError as found:
        circle: list[str] = found.args[1]
        return circle
    return []


def _told(graph: ImportGraph, circle: list[str]) -> Iterator[str]:
    for imported, importer in pairwise(circle):
        for detail in graph.get_import_details(importer=importer, imported=imported):
            yield f"{importer}:{detail['line_number']}: {detail['line_contents']}"
