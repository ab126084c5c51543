"""Counts what makes the next room dear, for each room and door: there is never more of it than stands in ratchet.json.

`python -m tests.architecture.ratchet` lowers the figures there to today's; it raises none.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, files, tree

LOWER = "python -m tests.architecture.ratchet"
FILE = Path(__file__).with_suffix(".json")
OF_A_ROOM = (
    "lifecycle rules models matter actions decisions inputs events ids notices queries lists outlines procedures facts tasks "
    "endpoints views urls"
)
OF_EVERY_ROOM = "__init__ apps acts personal migrations templates templatetags static tests"
VOCABULARY = frozenset(f"{OF_A_ROOM} {OF_EVERY_ROOM}".split())
"""The modules of a room, and what Django and the house ask for beside them."""
CLOCK = re.compile(r"(start|stop|pause|resume)(_\w+)?")
KEEPERS = re.compile(r"mamori\.ground\.clocks\.actions|mamori\.rooms\..*(keeping|records|matters?)")

type Figures = dict[str, dict[str, int]]


def part(path: Path, root: Path = ROOT) -> str:
    """Name the room or the door that a file belongs to."""
    return ".".join(path.relative_to(root / "mamori").parts[:2])


def posts(module: ast.Module) -> list[str]:
    """Name the functions that take a POST apart by hand: they read its fields, or ask whether it is one."""

    def reads(node: ast.AST) -> bool:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            return any(isinstance(side, ast.Constant) and side.value == "POST" for side in sides)
        return isinstance(node, ast.Attribute) and node.attr == "POST"

    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return [one.name for one in functions if any(reads(node) for node in ast.walk(one))]


def clocks(module: ast.Module) -> list[int]:
    """Return the lines on which a clock is started, stopped, paused or let go on by hand."""
    bound = {
        name.asname or name.name
        for node in module.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if KEEPERS.fullmatch(f"{node.module}.{name.name}") or KEEPERS.fullmatch(node.module or "")
    }
    bound |= {node.name for node in module.body if isinstance(node, ast.FunctionDef)}

    def by_hand(call: ast.expr) -> bool:
        if isinstance(call, ast.Name):
            return call.id in bound and CLOCK.fullmatch(call.id) is not None
        return (
            isinstance(call, ast.Attribute)
            and isinstance(call.value, ast.Name)
            and call.value.id in bound
            and CLOCK.fullmatch(call.attr) is not None
        )

    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.Call) and by_hand(node.func)]


def strangers(room: Path) -> list[str]:
    """Name the modules of a room that are none of its vocabulary; a feature's folder has the same vocabulary inside."""
    found = []
    for path in sorted(room.iterdir()):
        name = path.stem
        if name in VOCABULARY or not (path.suffix == ".py" or (path / "__init__.py").exists()):
            continue
        is_feature = path.is_dir() and any(
            inner.stem in VOCABULARY - {"__init__"} for inner in path.glob("*.py")
        )
        found += [f"{name}.{inner}" for inner in strangers(path)] if is_feature else [name]
    return found


def _classes(root: Path) -> dict[str, list[str]]:
    where: dict[str, list[str]] = defaultdict(list)
    for path in files(root=root):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                where[node.name].append(path.relative_to(root).as_posix())
    return {name: paths for name, paths in where.items() if len(paths) > 1}


def _found(root: Path) -> Iterator[tuple[str, str, list[str]]]:
    for path in files(root=root):
        where = path.relative_to(root).as_posix()
        if (
            where.startswith(("mamori/rooms/", "mamori/doors/"))
            and "views" in Path(where).with_suffix("").parts
        ):
            yield "POST flows by hand", part(path, root), [f"{where}: {name}" for name in posts(tree(path))]
        if where.startswith("mamori/rooms/"):
            yield "clocks by hand", part(path, root), [f"{where}:{line}" for line in clocks(tree(path))]
    for room in sorted((root / "mamori/rooms").iterdir()):
        if (room / "__init__.py").exists():
            yield "modules outside the vocabulary", f"rooms.{room.name}", strangers(room)
    for name, paths in _classes(root).items():
        yield "classes of one name", name, paths


def found(root: Path = ROOT) -> dict[str, dict[str, list[str]]]:
    """Return where each thing stands that is counted, by what it is and where it belongs."""
    places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, whose, some in _found(root):
        if some:
            places[kind][whose] += some
    return places


def figures(places: dict[str, dict[str, list[str]]]) -> Figures:
    """Count them."""
    return {
        kind: dict(sorted((whose, len(some)) for whose, some in parts.items()))
        for kind, parts in sorted(places.items())
    }


def known() -> Figures:
    """Return the most that there may be."""
    return dict(json.loads(FILE.read_text("utf-8")))


def faults(today: Figures, most: Figures, places: dict[str, dict[str, list[str]]]) -> list[str]:
    """Say what there is more of than there may be, and where; and which figures are to be lowered."""
    told = []
    counted = {(kind, whose) for one in (today, most) for kind, parts in one.items() for whose in parts}
    for kind, whose in sorted(counted):
        now, then = today.get(kind, {}).get(whose, 0), most.get(kind, {}).get(whose, 0)
        if now > then:
            told.append(
                f"{kind}, {whose}: {now}, and no more than {then} may be: {', '.join(places[kind][whose])}"
            )
        elif now < then:
            told.append(f"{kind}, {whose}: {now}, down from {then}: keep it so with `{LOWER}`")
    return told


def lower() -> None:
    """Write today's figures where they are lower than what is written."""
    today = figures(found())
    kept = {
        kind: {
            whose: min(most, today[kind][whose])
            for whose, most in parts.items()
            if today.get(kind, {}).get(whose)
        }
        for kind, parts in known().items()
    }
    FILE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    lower()
