"""The proof: receipts written to a folder, verified offline by the one file, and the log held against them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from mamori.ground.ledger import facts as ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was verified, and what was found wrong."""

    receipts: int
    verified: int
    acts: int
    findings: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Say whether every receipt verified and the log has no finding."""
        return self.receipts > 0 and self.receipts == self.verified and not self.findings


def prove(abouts: list[str], folder: Path, verifier: Path) -> Proof:
    """Write a receipt for every act about the matters and verify each in a process that knows nothing of us."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ledger.key()
    numbers = [act.number for about in abouts for act in ledger.acts_about(about)]
    for number in numbers:
        receipt = ledger.receipt(number)
        if receipt is not None:
            (folder / f"receipt-{number}.json").write_text(receipt.as_json(), "utf-8")
    written = sorted(folder.glob("receipt-*.json"))
    verified = sum(_verifies(verifier, path, key) for path in written)
    report = ledger.verify(folder)
    return Proof(
        receipts=len(numbers),
        verified=verified,
        acts=report.acts,
        findings=tuple(finding.place for finding in report.findings),
    )


def _verifies(verifier: Path, receipt: Path, key: str) -> bool:
    command = [sys.executable, "-I", str(verifier), str(receipt), "--key", key]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
