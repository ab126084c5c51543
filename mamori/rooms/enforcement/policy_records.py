"""How a version of the policy is found, kept and recorded."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger import facts as records
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.settlement import settle
from mamori.rooms.enforcement.lifecycle import POLICY, PolicyState
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.rules import standing


class NoSuchPolicy(Refusal, code="no-such-policy", status=404):
    """Given when there is no such version."""

    text = Text(
        "その版の基準はありません。一覧から選んでください。",
        "There is no such version of the policy. Please choose from the list.",
    )


class PolicyChanged(Refusal, code="policy-changed", status=409):
    """Given when somebody else changed the draft after this form was opened."""

    text = Text(
        "このページを開いたあとに、ほかの人が基準を変えました（{what}）。あなたの変更はまだ入っていません。新しい表を確かめて、もう一度お試しください。",
        "Somebody changed the policy after you opened this page ({what}). Your change is not in it yet. Please look at the "
        "table as it is now and try again.",
    )


class PolicyWaits(Refusal, code="policy-waits", status=409):
    """Given when the draft cannot be changed because somebody asked for its approval meanwhile."""

    text = Text(
        "第{number}版は承認を待っているため、いまは変えられません。何も保存していません。変えるには、まず下書きに戻してください。",
        "Version {number} waits for approval and cannot be changed now. Nothing was saved. To change it, please send it "
        "back to draft first.",
    )


def name(number: int) -> str:
    """Return the name under which clocks and acts know a version."""
    return f"enforcement.policy:{number}"


def locked(number: int) -> Policy:
    """Return a version, locked."""
    row = Policy.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise NoSuchPolicy()
    return row


def as_seen(row: Policy, edited: int) -> None:
    """Pass a form that was opened on what still stands."""
    if row.edited != edited:
        raise PolicyChanged(what=_since(row, edited))


def _since(row: Policy, edited: int) -> Text:
    """Say what was done since a form was opened, the newest last and at most five."""
    done = []
    for act in records.acts_about(name(row.number)):
        payload = (act.content or {}).get("payload", {})
        if payload.get("edited", 0) > edited and (words := DONE.get(act.kind)):
            done.append(words.fill(row=payload.get("row", "")))
    done = done[-5:] or [POLICY.states[PolicyState(row.state)]]
    return Text.listed(done)


DONE = {
    "enforcement.put_row": Text("{row}番の行を書いた", "row {row} was written"),
    "enforcement.drop_row": Text("{row}番の行を消した", "row {row} was deleted"),
    "enforcement.move_row": Text("{row}番の行を動かした", "row {row} was moved"),
    "enforcement.set_bands": Text("点数の区切りか有効日数を変えた", "edges or expiry of points were changed"),
    "enforcement.replace_table": Text("表全体を差し替えた", "the whole table was replaced"),
    "enforcement.propose_policy": Text("承認を求めた", "approval was asked for"),
    "enforcement.send_back_policy": Text("下書きに戻した", "it was sent back to draft"),
}


def take(act: Performance[Policy], step: str) -> None:
    """Take a step of the lifecycle, and note that forms opened before are outdated."""
    act.step(step)
    row = act.matter
    row.edited += 1
    if PolicyState(row.state) in POLICY.ends:
        row.closed_at = act.hand.at
    act.save("edited", "closed_at")


def _find(_hand: Hand, number: int, _version: int | None) -> Policy:
    return locked(number)


def _record(
    act: Performance[Policy], verb: str, *, ground: str = "", reason: str = "", **payload: Any
) -> int:
    row = act.matter
    return ledger.record(
        act.hand,
        kind=f"enforcement.{verb}",
        subject="market",
        about=name(row.number),
        ground=ground,
        reason=reason,
        payload={"state": row.state, "edited": row.edited, **payload},
    )


def _settle(act: Performance[Policy]) -> None:
    settle({name(act.matter.number): standing.of_policy(act.matter)}, at=act.hand.at, why=act.verb)


POLICIES: Kind[Policy, int] = Kind(
    chart=POLICY, find=_find, case=lambda row: name(row.number), record=_record, settle=_settle
)
