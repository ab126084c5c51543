"""What does a verb cost?  Lines and files of a room that belong to one verb alone, and what all of them share, without tests.

A room's modules are read, not run.  To a verb belongs what only it reaches (its refusals, its helpers) and what reaches no
other (its page, its endpoint, its task, its notice, their templates); what two verbs need is shared.  Blank lines, imports
and migrations are not counted.  Planted: a room of two verbs, of which one is dear.
"""

from __future__ import annotations

import ast
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trials.harness import Found, measured

MOST_MEDIAN, MOST, MOST_ABOVE = 80, 150, 1
ROOMS = Path(__file__).resolve().parent.parent / "mamori" / "rooms"
PAGE = re.compile(r"^[\w/]+\.html$")

type Name = tuple[str, str]


@dataclass(slots=True)
class _Thing:
    """One definition of a module: its lines, the names that it uses, the templates that it draws.

    A verb is a public function of the actions that is given an actor first.
    """

    lines: int
    is_function: bool
    is_verb: bool
    uses: set[Name] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


def read(root: Path) -> dict[Name, _Thing]:
    """Return the definitions of a room by module and name."""
    found: dict[Name, _Thing] = {}
    for path in sorted(root.rglob("*.py")):
        inside = path.relative_to(root).parts
        if "tests" in inside or "migrations" in inside:
            continue
        module = ".".join(inside).removesuffix(".py").removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _imported(tree, root.name)
        own = {name for node in tree.body for name in _names(node)}
        for node in tree.body:
            for name in _names(node):
                found[module, name] = _thing(node, module, own, known)
    return found


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name) and target.id != "__all__"]


def _imported(tree: ast.Module, room: str) -> dict[str, str]:
    """Return what each imported name stands for within the room: a module, or a definition as "module:name"."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and f".{room}" in f".{node.module}":
            base = node.module.partition(f".{room}")[2].removeprefix(".")
            for one in node.names:
                found[one.asname or one.name] = f"{base}:{one.name}"
    return found


def _thing(node: ast.stmt, module: str, own: set[str], known: Mapping[str, str]) -> _Thing:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    is_function = isinstance(node, ast.FunctionDef)
    given = node.args.args[:1] if isinstance(node, ast.FunctionDef) and node.name[0] != "_" else []
    is_verb = "actions" in module.split(".") and [one.arg for one in given] == ["actor"]
    thing = _Thing(lines=lines, is_function=is_function, is_verb=is_verb)
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and (part.id in own or part.id in known):
            base, _, name = known.get(part.id, f"{module}:{part.id}").partition(":")
            thing.uses.add((base, name))
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known:
            base, _, name = known[part.value.id].partition(":")
            thing.uses.add((f"{base}.{name}".removeprefix("."), part.attr))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and PAGE.match(part.value):
            thing.pages.add(part.value)
    return thing


def priced(root: Path) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Return lines and files of each verb, and how many lines are shared and nobody's."""
    things = read(root)
    verbs = {name[1]: name for name, thing in things.items() if thing.is_verb}
    of = _belongs(things, verbs)
    cost: dict[str, list[Name]] = defaultdict(list)
    for name in things:
        if len(of[name]) == 1:
            cost[next(iter(of[name]))].append(name)
    drawn = {name: sum(_page_lines(root, page) for page in things[name].pages) for name in things}
    whole = {name: thing.lines + drawn[name] for name, thing in things.items()}
    result = {}
    for verb in verbs:
        files = {one for name in cost[verb] for one in (name[0], *things[name].pages)}
        result[verb] = (sum(whole[name] for name in cost[verb]), len(files))
    shared = sum(lines for name, lines in whole.items() if len(of[name]) > 1)
    return result, shared, sum(lines for name, lines in whole.items() if not of[name])


def _belongs(things: Mapping[Name, _Thing], verbs: Mapping[str, Name]) -> Mapping[Name, set[str]]:
    """Return to which verbs each definition belongs: what they reach, and the functions that reach them."""
    users: dict[Name, set[Name]] = defaultdict(set)
    for name, thing in things.items():
        for used in thing.uses:
            users[_resolved(things, used)].add(name)
    of: dict[Name, set[str]] = defaultdict(set)
    for verb, name in verbs.items():
        reached = _closure(name, lambda at: things[at].uses, things)
        for one in reached | _closure(
            name, lambda at: {u for u in users[at] if things[u].is_function}, things
        ):
            of[one].add(verb)
    for verb, name in verbs.items():
        of[name] = {verb}
    return of


def _resolved(things: Mapping[Name, _Thing], name: Name) -> Name:
    """Return where a name that the room's `actions` hand on is defined."""
    inner = (one for one in things if one[1] == name[1] and one[0].startswith(f"{name[0]}."))
    return name if name in things else next(inner, name)


def _closure(
    start: Name, following: Callable[[Name], Iterable[Name]], things: Mapping[Name, _Thing]
) -> set[Name]:
    found, waiting = {start}, [start]
    while waiting:
        for one in following(waiting.pop()):
            at = _resolved(things, one)
            if at in things and at not in found:
                found.add(at)
                waiting.append(at)
    return found


def _page_lines(root: Path, page: str) -> int:
    path = root / "templates" / page
    return sum(map(bool, path.read_text(encoding="utf-8").splitlines())) if path.exists() else 0


def planted() -> tuple[int, int]:
    """Price a room of two verbs, of which one is two hundred lines long and the other two: return both."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "made"
        root.mkdir()
        long = "\n".join(f"    x{n} = {n}" for n in range(200))
        text = f"def cheap(actor):\n    pass\n\n\ndef dear(actor):\n{long}\n"
        (root / "actions.py").write_text(text, encoding="utf-8")
        verbs, _, _ = priced(root)
    return verbs["cheap"][0], verbs["dear"][0]


@measured("動詞ひとつの値段（行とファイル）", "what a verb costs, in lines and files")
def measure(*, room: str = "display") -> Found:
    """Price the verbs of a room; `shared` lines belong to several, `free` ones to none, as tables do."""
    verbs, shared, free = priced(ROOMS / room)
    lines, seen = [lines for lines, _ in verbs.values()], planted()
    return Found(
        {
            f"the median is at most {MOST_MEDIAN} lines": statistics.median(lines) <= MOST_MEDIAN,
            f"at most one is above {MOST} lines": sum(one > MOST for one in lines) <= MOST_ABOVE,
            "planted: a dear verb is seen": seen == (2, 201),
        },
        verbs=verbs,
        median=statistics.median(lines),
        dearest=max(lines),
        shared=shared,
        free=free,
        planted=seen,
    )
