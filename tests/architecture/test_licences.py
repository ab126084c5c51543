"""What is installed with the house may be used by everybody: permissive, or a library used as it is."""

from __future__ import annotations

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

PERMISSIVE = {
    "MIT",
    "MIT-CMU",
    "MIT-0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "PSF-2.0",
    "ISC",
    "0BSD",
    "Unlicense",
}
DATA = {
    "CC-BY-SA-4.0": "mamori-readings"
}  # dictionaries, in a package of their own that names its sources: decision 0048
UNMODIFIED = {"LGPL-3.0-only": "psycopg", "MPL-2.0": "certifi"}  # licence: the only library that may carry it
READ = {  # what states no SPDX expression, and was read: the licences of its wheel
    "zen-engine": "",  # MIT; what it is built of is permissive, but one crate under MPL, unmodified: decision 0035
    "pypdfium2": "BSD-3-Clause, Apache-2.0, dependency licenses",  # PDFium and what it is built of: all permissive
}
CLASSIFIERS = {"MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0"}


def installed(
    name: str = "mamori", extras: frozenset[str] = frozenset({"pg", "letters", "addresses"})
) -> set[str]:
    """Return the names of all that comes with a package, without the tools of its developers."""
    found: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        name, wanted = waiting.pop()
        for line in metadata.requires(name) or ():
            need = Requirement(line)
            fits = any(
                need.marker is None or need.marker.evaluate({"extra": extra}) for extra in {"", *wanted}
            )
            if fits and need.name not in found:
                found.add(need.name)
                waiting.append((need.name, frozenset(need.extras)))
    return found


def licences(meta: metadata.PackageMetadata) -> list[str]:
    """Return a package's licences: any one of them may be chosen."""
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in meta.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    stated = meta.get("License-Expression") or meta.get("License") or ""
    if classifiers and (not stated or " " in stated.strip()):
        return [CLASSIFIERS.get(name, name) for name in classifiers]
    return re.split(r"\s+OR\s+", stated.strip())


def is_allowed(name: str, found: list[str]) -> bool:
    """Say whether a package may come with the house."""
    return found == [READ.get(name)] or any(
        all(
            part in PERMISSIVE or name.startswith(UNMODIFIED.get(part, "\0")) or name == DATA.get(part)
            for part in one.split(" AND ")
        )
        for one in found
    )


def test_everything_that_is_installed_may_be_used_by_everybody() -> None:
    names = installed()

    refused = {name: licences(metadata.metadata(name)) for name in names}
    refused = {name: found for name, found in refused.items() if not is_allowed(name, found)}

    assert {"django", "cryptography", "psycopg", "asgiref"} <= {name.lower() for name in names}
    assert refused == {}


def test_data_shared_alike_brings_its_licence_and_its_sources() -> None:
    brought = metadata.distribution("mamori-readings")
    licence, sources = (brought.read_text(f"licenses/{name}") or "" for name in ("LICENSE", "ATTRIBUTION.md"))

    assert "Attribution-ShareAlike 4.0 International" in licence
    assert all(
        source in sources for source in ("KANJIDIC2", "JMnedict", "JMdict", "japanese-personal-name-dataset")
    )


def test_what_states_no_licence_brings_its_text() -> None:
    text = metadata.distribution("zen-engine").read_text("licenses/LICENSE") or ""

    assert "Permission is hereby granted, free of charge" in text


@pytest.mark.parametrize(
    "licence",
    [
        "AGPL-3.0-only",
        "CC-BY-SA-4.0",
        "GPL-3.0-or-later",
        "LGPL-3.0-only",
        "Proprietary",
        "MIT AND GPL-2.0-only",
        "",
    ],
)
def test_any_other_licence_is_refused(licence: str) -> None:
    assert not is_allowed("somebody-elses", [licence])
