"""Links lead somewhere, commands exist, decisions are numbered, examples run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from mamori.site.command import cli, ready
from tests.docs.pages import ROOT, blocks, commands, dead_links, links, pages
from trials.command import cli as trials
from trials.scratch import loaded

DECISIONS = ROOT / "docs" / "decisions"
WITH_EXAMPLES = [
    page for page in pages() if any(b.kind == "console run" for b in blocks(page.read_text("utf-8")))
]


def unknown(line: str) -> str | None:
    """Say what in a command line the command `mamori`, or that of the measurements, does not know."""
    words = [
        w
        for w in line.replace("python -m trials", "trials").split()
        if "=" not in w.split("/")[0] or w.startswith("--")
    ]
    command: click.Command = trials if words[0].endswith("trials") else cli
    context = click.Context(command, info_name=words[0])
    for word in words[1:]:
        name = word.partition("=")[0]
        if name.startswith("--"):
            known = {o for p in [*command.params, *cli.params] for o in p.opts} | {"--help"}
            if name not in known:
                return f"{line}: {name}"
        elif isinstance(command, click.Group) and re.fullmatch(r"[a-z][a-z-]*", word):
            if word in {"ja", "en"}:
                continue
            found = command.get_command(context, word)
            if found is None:
                return f"{line}: {word}"
            command = found
    return None


def agrees(said: str, shown: str) -> bool:
    """Say whether the lines that a page shows occur in order in what was said; … stands for anything in a line."""
    at = 0
    for line in filter(None, map(str.strip, shown.splitlines())):
        found = re.compile(re.escape(line).replace("…", ".*")).search(said, at)
        if found is None:
            return False
        at = found.end()
    return True


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    dead = {str(page.relative_to(ROOT)): found for page in pages() if (found := list(dead_links(page)))}

    assert dead == {}


def test_a_planted_dead_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[here](#one) [gone](gone.md) [nowhere](#two)\n```\n[not](read.md)\n```\n")

    assert list(dead_links(page)) == ["gone.md", "#two"]


def test_every_command_in_the_pages_exists() -> None:
    ready()
    wrong = [
        f"{page.relative_to(ROOT)}: {found}"
        for page in pages()
        for line in commands(page.read_text("utf-8"))
        if (found := unknown(line))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "mamori chek",
        "mamori check --jsn",
        "mamori ledger verfy --with x",
        "mamori bench",
        "python -m trials no-such",
        "python -m trials kills --engin x",
    ],
)
def test_a_planted_command_that_does_not_exist_is_found(line: str) -> None:
    ready()

    assert unknown(line)


def test_decisions_are_numbered_without_a_gap_and_open_alike() -> None:
    records = sorted(DECISIONS.glob("*.md"))

    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text("utf-8")
        assert re.match(rf"# {record.name[:4]} .+\n\nAccepted, \d{{4}}-\d\d-\d\d\.\n", text), record.name
        for part in ("**Question.**", "**Decision.**", "**Why.**", "**Cost.**"):
            assert part in text, f"{record.name}: {part}"


def test_every_decision_that_a_contract_or_page_names_is_there() -> None:
    numbers = {record.name[:4] for record in DECISIONS.glob("*.md")}

    named = set(re.findall(r"\(decision (\d{4})\)", (ROOT / "pyproject.toml").read_text("utf-8")))

    assert named
    assert named <= numbers


def test_the_index_of_the_documentation_leads_to_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    listed = {
        (ROOT / "docs" / link.partition("#")[0]).resolve() for link in links(index) if "://" not in link
    }

    missing = [
        p.name
        for p in sorted((ROOT / "docs").rglob("*.md"))
        if p.resolve() not in listed and p.name != "README.md"
    ]

    assert missing == []


def test_a_planted_example_that_does_not_hold_is_found() -> None:
    assert agrees("made a key: log\nIt is prepared.\n", "made a key: …\nIt is prepared.")
    assert not agrees("made a key: log\n", "It is prepared.")
    assert not agrees("one\ntwo\n", "two\none")


@pytest.mark.processes
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path) -> None:
    command = tmp_path / "bin" / "mamori"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(loaded("-m", "mamori.site"))} "$@"\n', "utf-8")
    command.chmod(0o755)
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAMORI_")}
    env |= {
        "MAMORI_HOME": str(tmp_path / "home"),
        "PATH": f"{command.parent}:{ROOT}/.venv/bin:{os.environ['PATH']}",
        "PYTHONUTF8": "1",
    }

    for name in ("verifier", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    exported = ""

    for block in blocks(page.read_text("utf-8")):
        _, _, name = block.kind.partition(" as=")
        if name:
            (tmp_path / name).write_text(block.text, "utf-8")
        for told in (
            re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:] if block.kind == "console run" else ()
        ):
            line, _, shown = told.partition("\n")
            done = subprocess.run(
                ["bash", "-c", exported + line],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            exported += f"{line}\n" if line.startswith("export ") else ""
            said = done.stdout + done.stderr
            assert agrees(said, shown), f"$ {line}\n{said}\ninstead of\n{shown}"
