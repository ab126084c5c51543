"""An operator leaves with its data: every sealed value is opened or said to be erased, and no secret goes along."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.upgrade import bringing
from tests.upgrade.leaving import FILE, PLAIN
from tests.upgrade.test_upgrade import mamori
from trials import releases
from trials.harness import within
from trials.scratch import ENGINES, scratch
from verifier import mamori_verify


def lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def kept(rows: bringing.Rows, column: str) -> int:
    """Count the rows whose column holds something, as the database has them."""
    at = rows.columns.index(column)
    return sum(many for row, many in rows.counted.items() if row[at] != "None")


def opened(folder: Path, table: str, column: str) -> list[Mapping[str, Any]]:
    """Return what the table's file says in this column, and see that each was opened or says that it was erased."""
    found = [row[column] for row in lines(folder / "tables" / f"{table}.jsonl") if row[column] is not None]
    assert all(one["of"] and {"value", "base64", "erased"} & one.keys() for one in found), (table, column)
    return found


@pytest.mark.processes
@pytest.mark.parametrize("engine", ENGINES)
def test_an_operator_leaves_with_all_of_its_data_and_no_secret(engine: str, tmp_path: Path) -> None:
    with scratch(engine, releases.kept(releases.versions()[-1], engine)) as (env, _):
        assert mamori(env, "setup").returncode == 0
        sown = within(env, "tests.upgrade.leaving:sow")
        folder = tmp_path / "left"

        left = mamori(env, "leave", str(folder))
        again = mamori(env, "leave", str(folder))

        assert left.returncode == 0, left.stdout + left.stderr
        assert again.returncode == 2
        assert "leave.folder_taken" in again.stderr
        rows, erased = bringing.tables(env), 0
        for table, columns in sown["sealed"].items():
            for column in columns if table in rows else ():
                found = opened(folder, table, column)
                # What was recorded of the leaving itself was written before; nothing else has changed since.
                assert len(found) == kept(rows[table], column), (table, column)
                erased += sum("erased" in one for one in found)
        assert erased > 0
        assert any(one["value"]["name"] for one in opened(folder, "market_seller", "sealed"))
        acts = opened(folder, "ledger_actcontent", "sealed")
        assert [one["value"]["kind"] for one in acts if "value" in one][-1] == "house.leave"
        assert (folder / "files" / f"{FILE}.pdf.unchecked").read_bytes() == PLAIN
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
        assert {path.stat().st_mode & 0o777 for path in (folder, folder / "tables")} == {0o700}
        content = {path: path.read_bytes() for path in files}
        for secret in map(bytes.fromhex, sown["secrets"]):
            assert [path.name for path, said in content.items() if secret in said] == []
        receipt = tmp_path / "receipt.json"
        receipt.write_text(json.dumps(lines(folder / "receipts.jsonl")[5]), "utf-8")
        assert mamori_verify.main([str(receipt)]) == 0
        for lang, word in (("ja", "持ち出した"), ("en", "taken along")):
            assert word in (folder / f"README.{lang}.md").read_text("utf-8")
