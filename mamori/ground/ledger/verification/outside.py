"""What others kept: checkpoints and receipts outside the operator's reach, which a rewritten log cannot please."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger.content import canonical
from mamori.ground.ledger.merkle import includes, leaf_hash
from mamori.ground.ledger.note import Head, NoteBroken, Verifier, read_head
from mamori.ground.ledger.verification.finding import Findings

LARGEST = 1 << 20  # bytes; no checkpoint or receipt comes near


class NoFolder(Refusal, code="ledger.no_folder", status=404):
    """The folder with what others kept is not there, or holds nothing of use."""

    text = Text(
        "フォルダー {folder} に、署名した点(*.txt、checkpoint)も受領証(*.json)もありません。",
        "The folder {folder} holds no checkpoint (*.txt, checkpoint*) and no receipt (*.json).",
    )


@dataclass(frozen=True, slots=True)
class Witness:
    """One file kept elsewhere: the head that it shows, and for a receipt its leaf."""

    file: str
    head: Head
    index: int | None = None
    leaf: bytes = b""


def witnesses(folder: Path, key: Verifier, findings: Findings) -> tuple[Witness, ...]:
    """Return what the files of the folder attest, and name each that attests nothing."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_ours(path)]
    if not files:
        raise NoFolder(folder=folder)
    return tuple(w for file in files if (w := _read(file, str(file.relative_to(folder)), key, findings)))


def compare(
    seen: tuple[Witness, ...],
    *,
    size: int,
    roots: Mapping[int, bytes],
    leaves: Mapping[int, bytes],
    findings: Findings,
) -> None:
    """Hold the log against what was kept elsewhere; name a cut, a fork, and the leaves between which it lies."""
    agreed = max((w.head.size for w in seen if roots.get(w.head.size) == w.head.root), default=0)
    for w in sorted(seen, key=lambda w: w.head.size):
        if w.head.size > size:
            findings.add(
                f"leaves {size}-{w.head.size - 1}",
                f"切り詰め:外に保管された {w.file} は大きさ {w.head.size} に署名していますが、今の記録は {size} です。",
                f"A cut: {w.file}, kept elsewhere, is signed for size {w.head.size}; the log now has {size}.",
            )
        elif roots.get(w.head.size) != w.head.root:
            first = max(
                (v.head.size for v in seen if v.head.size < w.head.size and v.head.size <= agreed), default=0
            )
            findings.add(
                f"leaves {first}-{w.head.size - 1}",
                f"分岐:外に保管された {w.file} に署名された根と異なります。記録が書き換えられました。",
                f"A fork: {w.file}, kept elsewhere, has another root for size {w.head.size}: the log was rewritten.",
            )
        if w.index is not None and w.index < size and leaves.get(w.index) != w.leaf:
            findings.add(
                f"leaf {w.index}",
                f"分岐:外に保管された受領証 {w.file} の記載と異なります。",
                f"A fork: the receipt {w.file}, kept elsewhere, says something else of it.",
            )


def _is_ours(path: Path) -> bool:
    return path.suffix in (".txt", ".json") or path.name.startswith("checkpoint")


def _read(path: Path, file: str, key: Verifier, findings: Findings) -> Witness | None:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        text = path.read_bytes().decode()
        return Witness(file, read_head(text, key)) if path.suffix != ".json" else _receipt(file, text, key)
    except NoteBroken:
        findings.add(
            f"outside {file}",
            "この記録の今の鍵で署名されていません。別の記録のものか、壊れたか、鍵がすり替えられました。",
            "It is not signed with the present key of this log: it belongs to another log, or is damaged, or the"
            " key was exchanged.",
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        findings.add(f"outside {file}", "読めない証拠です。", "It cannot be read as a checkpoint or receipt.")
    return None


def _receipt(file: str, text: str, key: Verifier) -> Witness:
    data = json.loads(text)
    head = read_head(data["checkpoint"], key)
    index, leaf = data["index"], leaf_hash(canonical(data["leaf"]))
    proof = [bytes.fromhex(step) for step in data["proof"]]
    if not includes(leaf=leaf, index=index, size=head.size, proof=proof, root=head.root):
        raise ValueError("the proof does not lead to the root")
    return Witness(file, head, index, leaf)


def sizes(seen: tuple[Witness, ...]) -> Iterator[int]:
    """Yield the sizes for which the witnesses know a root."""
    return (w.head.size for w in seen)


def indexes(seen: tuple[Witness, ...]) -> Iterator[int]:
    """Yield the leaves that the witnesses know."""
    return (w.index for w in seen if w.index is not None)
