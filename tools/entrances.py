"""A contract for Import Linter: a room or a part is entered by few of its modules; the rest is private."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class EntrancesContract(Contract):
    """Refuses an import from outside a part that goes to none of its or its features' `entrances`; tests may look.

    `containers` hold the parts; `open_parts` have no private modules; `insiders` may look anywhere.
    A part that is added is held at once: nothing has to be listed.
    """

    type_name = "entrances"

    containers = fields.ListField(subfield=fields.StringField())
    entrances = fields.ListField(subfield=fields.StringField())
    open_parts = fields.ListField(subfield=fields.StringField(), required=False)
    insiders = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect the imports that go round the entrances, and the names that lead nowhere: they would hold nobody."""
        named = [*self.containers, *(self.open_parts or ()), *(self.insiders or ())]  # type: ignore[misc]
        faults: list[dict[str, Any]] = [
            {"importer": "pyproject.toml", "line_number": "-", "line_contents": f"there is no {name}"}
            for name in named
            if name not in graph.modules
        ]
        for container in self.containers:  # type: ignore[attr-defined]  # fields are values once loaded
            for part in sorted(graph.find_children(container) if container in graph.modules else ()):
                if part not in (self.open_parts or ()):  # type: ignore[operator]
                    faults += self._faults(graph, part)
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def _faults(self, graph: ImportGraph, part: str) -> list[dict[str, Any]]:
        private = {
            module
            for module in graph.find_descendants(part)
            if set(self.entrances).isdisjoint(module.removeprefix(f"{part}.").split(".")[:2])  # type: ignore[call-overload]
        }
        return [
            dict(detail)
            for module in sorted(private)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if ".tests." not in importer and not _lies_in(importer, {part, *(self.insiders or ())})  # type: ignore[misc]
            for detail in graph.get_import_details(importer=importer, imported=module)
        ]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each place, its line, and what it wrote."""
        for fault in check.metadata["faults"]:
            output.print_error(
                f"{fault['importer']}:{fault['line_number']}: {fault['line_contents']}", bold=False
            )


def _lies_in(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
