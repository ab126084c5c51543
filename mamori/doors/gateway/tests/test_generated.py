"""A client that a generator makes of our description has a function for every operation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from mamori.doors.gateway.table import OPERATIONS
from mamori.doors.gateway.tests.conftest import DOCUMENT

HOW = "post_hooks: []\ncontent_type_overrides:\n  application/x-ndjson: application/octet-stream\n"
"""What `connect-your-marketplace.md` tells to set: the generator knows no lines of JSON, and passes them on as bytes."""


def test_a_generated_client_has_a_function_for_every_operation(tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    (tmp_path / "how.yaml").write_text(HOW)
    asked = (
        "generate --meta none --fail-on-warning --path openapi.json --config how.yaml --output-path client"
    )
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *asked.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr

    names = sorted(operation.name for operation in OPERATIONS)
    called = "from client.api.default import " + ", ".join(names)
    each = f"{called}\nfor one in ({', '.join(names)}): one.sync_detailed"
    tried = subprocess.run(
        [sys.executable, "-c", each], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (tried.returncode, tried.stderr) == (0, "")


def test_every_component_bears_its_own_name() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    assert {name: schema["title"] for name, schema in schemas.items()} == {name: name for name in schemas}
