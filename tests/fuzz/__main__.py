"""`python -m tests.fuzz [--seconds 300] [--engine postgres]`: Schemathesis over the API of a house of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fuzz.house import Running, furnish, running, written

ROOT = Path(__file__).parents[2]
DESCRIBED = ROOT / "docs/reference/openapi.json"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
)
"""All but `use_after_free`: an address for webhooks that was removed stays listed, switched off, with what went to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a trial found: Schemathesis's exit code (1 = something), its words, how often each answer came."""

    code: int
    said: str
    seen: Counter[str]


def described() -> dict[str, Any]:
    """Return the description that is committed."""
    found: dict[str, Any] = json.loads(DESCRIBED.read_text(encoding="utf-8"))
    return found


def tried(
    house: Running,
    document: dict[str, Any],
    instructions: list[str],
    *,
    seconds: int,
    only: str = "",
    seed: int = 1,
) -> Tried:
    """Try the API against the description and return what was found."""
    env = {
        **house.env,
        "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
        "FUZZ_TOKEN": house.token,
        "FUZZ_LINK_KID": house.link_kid,
        "FUZZ_LINK_SECRET": house.link_secret,
        "FUZZ_SEED": str(seed),
        "FUZZ_INSTRUCTIONS": " ".join(instructions),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    with tempfile.TemporaryDirectory(prefix="mamori-fuzz.") as folder:
        env["FUZZ_SEEN"] = str(Path(folder) / "seen")
        words = [str(written(Path(folder), document)), "--url", f"{house.url}/api/v1", "--no-color"]
        words += ["--checks", ",".join(CHECKS), "--max-time", str(seconds), "--seed", str(seed)]
        words += ["--continue-on-failure", "--suppress-health-check", "all", "--workers", "2"]
        words += ["--generation-database", "none", "--warnings", "off", "--max-failures", "20"]
        if only:  # one operation, with what it takes, so that its rarer answers come too
            words += ["--include-operation-id", only, "--mode", "positive", "--phases", "fuzzing"]
        command = [str(Path(sys.executable).with_name("schemathesis")), "run", *words]
        done = subprocess.run(
            command, env=env, cwd=folder, check=False, capture_output=True, text=True, timeout=seconds + 240
        )
        notes = Path(folder) / "seen"
        seen = Counter(notes.read_text(encoding="utf-8").splitlines() if notes.exists() else ())
    return Tried(code=done.returncode, said=done.stdout + done.stderr, seen=seen)


def main() -> int:
    """Run as long as was asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=300)
    options.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="")
    asked = options.parse_args()
    with running(asked.engine) as house:
        found = tried(
            house, described(), furnish(house), seconds=asked.seconds, seed=asked.seed, only=asked.only
        )
    print(found.said)
    for answer, times in sorted(found.seen.items()):
        print(f"{times:7,}  {answer}")
    return found.code


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    raise SystemExit(main())
