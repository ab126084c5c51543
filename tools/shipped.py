"""A contract for Import Linter: what is installed leans on nothing that stays in the repository."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ShippedContract(Contract):
    """Refuses an import by what is in the wheel of `package`, to its tests or to what lies beside it in the repository."""

    type_name = "shipped"

    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect the imports that would lead nowhere where only the wheel is."""
        package = str(self.package)
        stays = {module for module in graph.modules if _stays(graph, module, package)}
        faults: list[dict[str, Any]] = [
            dict(detail)
            for importer in sorted(graph.modules - stays)
            if importer.startswith(f"{package}.")
            for imported in sorted(stays & graph.find_modules_directly_imported_by(importer))
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each place, its line, and what it wrote."""
        for fault in check.metadata["faults"]:
            output.print_error(
                f"{fault['importer']}:{fault['line_number']}: {fault['line_contents']}", bold=False
            )


def _stays(graph: ImportGraph, module: str, package: str) -> bool:
    top, *within = module.split(".")
    if top == package:
        return "tests" in within
    return top == "conftest" or not graph.is_module_squashed(module)  # squashed: a library
