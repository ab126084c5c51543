"""What a bank could not pay, as the operator hands it in: our own table `ref,outcome,reason`, one payment a line.

Banks tell of it in forms of their own, on paper too. This table is ours, declared here, and not any bank's format."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.japan.zengin.faults import Fault, fault

# What may become of a payment that was ordered, and why a bank could not carry it out, in the words of banks.


class Outcome(StrEnum):
    """What became of one payment."""

    PAID = "paid"
    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def text(self) -> Text:
        """Return it in the words of banks."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.PAID: Text("入金", "paid"),
    Outcome.REFUSED: Text("振込不能", "could not be paid"),
    Outcome.RETURNED: Text("組戻", "called back and returned"),
}


class Why(StrEnum):
    """Why it was not paid, as far as it is one of the reasons that banks usually give."""

    NO_ACCOUNT = "no-account"
    NAME_DIFFERS = "name-differs"
    CLOSED = "closed"
    STOPPED = "stopped"
    RECALLED = "recalled"
    OTHER = "other"


NEXT: dict[Why, tuple[Text, Text]] = {
    Why.NO_ACCOUNT: (
        Text("該当する口座なし", "no such account"),
        Text(
            "口座番号を通帳で確かめてもらってください。",
            "Ask the seller to compare the number with the passbook.",
        ),
    ),
    Why.NAME_DIFFERS: (
        Text("名義相違", "the name differs"),
        Text(
            "口座名義を通帳のとおりに直してもらい、名前を確かめ直すまで払わないでください。",
            "Ask for the holder's name as in the passbook, and pay only once the names have been compared again.",
        ),
    ),
    Why.CLOSED: (
        Text("解約済み", "the account is closed"),
        Text("別の口座を登録してもらってください。", "Ask the seller to register another account."),
    ),
    Why.STOPPED: (
        Text("入金停止", "nothing may be paid in"),
        Text(
            "口座が止められています。払い直す前に、法務担当に相談してください。",
            "The account is stopped. Please ask counsel before paying again.",
        ),
    ),
    Why.RECALLED: (
        Text("依頼による組戻", "called back by who ordered it"),
        Text(
            "こちらから頼んだ組戻です。元の理由を確かめてください。", "We asked for it. Please look at why."
        ),
    ),
    Why.OTHER: (
        Text("その他", "other"),
        Text("理由を銀行に確かめてください。", "Please ask the bank for the reason."),
    ),
}
"""What each reason is called, and what to do next."""
OUTCOME_SAID = {said: one for one, text in _OUTCOMES.items() for said in (one.value, text.ja, f"{text.ja}み")}
WHY_SAID = {
    "口座なし": Why.NO_ACCOUNT,
    "該当口座なし": Why.NO_ACCOUNT,
    "口座名義相違": Why.NAME_DIFFERS,
    "受取人名相違": Why.NAME_DIFFERS,
    "解約": Why.CLOSED,
    "口座解約済み": Why.CLOSED,
    "口座解約": Why.CLOSED,
    "取引停止": Why.STOPPED,
    "依頼人の申出": Why.RECALLED,
} | {said: why for why, (title, _) in NEXT.items() for said in (why.value, title.ja)}
"""Each reason by the words that lines carry."""


COLUMNS = ["ref", "outcome", "reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What became of one payment; `said` is the reason word for word."""

    line: int
    ref: str
    outcome: Outcome
    why: Why | None
    said: str


@dataclass(slots=True)
class Returns:
    """What was read, and each fault; a line with a fault is not among the rows."""

    rows: list[Returned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_returns(content: bytes) -> Returns:
    """Return what a table of returns says, in UTF-8 or Shift_JIS, and each fault in it."""
    found = Returns()
    text = _decoded(content)
    if text is None:
        found.faults.append(fault("encoding", what=Text("読めないもの", "something unreadable")))
        return found
    if not text.strip():
        found.faults.append(fault("empty"))
        return found
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    first_lines: dict[str, int] = {}
    try:
        if [name.strip() for name in next(rows)] != COLUMNS:
            found.faults.append(fault("columns", 1))
            return found
        for cells in rows:
            if cells:
                _row(rows.line_num, [cell.strip() for cell in cells], first_lines, found)
    except csv.Error:  # a quotation mark that is never closed, or a line without end
        found.faults.append(fault("columns", rows.line_num))
    return found


def _decoded(content: bytes) -> str | None:
    """Return the text, or nothing where it is neither UTF-8 nor Shift_JIS."""
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _row(line: int, cells: list[str], first_lines: dict[str, int], found: Returns) -> None:
    if len(cells) != len(COLUMNS) or any("\n" in cell or "\r" in cell for cell in cells):
        found.faults.append(fault("columns", line))
        return
    ref, said_outcome, said = cells
    outcome = OUTCOME_SAID.get(said_outcome)
    if not ref:
        found.faults.append(fault("no-ref", line))
    elif ref in first_lines:
        found.faults.append(fault("twice", line, ref=ref[:40], first=first_lines[ref]))
    elif outcome is None:
        found.faults.append(fault("outcome", line, found=said_outcome[:40]))
    elif outcome is not Outcome.PAID and not said:
        found.faults.append(fault("no-reason", line))
    else:
        why = None if outcome is Outcome.PAID else WHY_SAID.get(said, Why.OTHER)
        found.rows.append(Returned(line=line, ref=ref, outcome=outcome, why=why, said=said))
    first_lines.setdefault(ref, line)
