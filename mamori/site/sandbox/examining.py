"""A shop's receiver of webhooks is examined: what the house might send it in earnest, or a stranger might, one trial each."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mamori.doors.gateway.schema import said_of
from mamori.grammar.event import Event, moment
from mamori.grammar.text import Text
from mamori.ground.outbox.facts import Parcel, send

ISSUED, RECALLED = "market.instruction_issued", "market.instruction_recalled"
ORDER = "O-EXAMINE"
FORGED = "whsec_" + "A" * 32


@dataclass(frozen=True, slots=True)
class Hook:
    """One webhook of a trial: its kind, how many days ago it happened and was signed, whether a stranger signed it."""

    kind: str = ISSUED
    happened: int = 0
    signed: int = 0
    is_forged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial: what a good receiver does with these webhooks about one instruction, and what is wrong with another.

    What comes again in `hooks` is the same to the byte.
    """

    code: str
    text: Text
    hooks: tuple[Hook, ...] = (Hook(),)
    is_taken: bool = True
    wrong: Text


TRIALS = (
    Trial(
        code="good",
        text=Text("正しい署名の指示を受け取る", "takes an instruction that is signed well"),
        wrong=Text(
            "正しい署名のものを受け取りませんでした。秘密と、届いたままの本文で署名を確かめているかを見てください。",
            "It did not take what was signed well. Look at the secret, and whether it verifies the body byte for byte.",
        ),
    ),
    Trial(
        code="forged",
        text=Text("ほかの秘密で署名したものを断る", "refuses what another secret signed"),
        hooks=(Hook(is_forged=True),),
        is_taken=False,
        wrong=Text(
            "だれが送ったか分からないものを受け取りました。署名が合わなければ、401を返し、何もしないでください。",
            "It took what anybody might have sent. Where the signature does not fit, answer 401 and do nothing.",
        ),
    ),
    Trial(
        code="stale",
        text=Text("きのう署名したものを断る", "refuses what was signed yesterday"),
        hooks=(Hook(happened=1, signed=1),),
        is_taken=False,
        wrong=Text(
            "きのう署名したものを受け取りました。webhook-timestamp が5分より離れていたら、断ってください。",
            "It took what was signed yesterday, and so would what somebody caught. Refuse a webhook-timestamp 5 minutes off.",
        ),
    ),
    Trial(
        code="twice",
        text=Text("同じものを二度受け取る", "takes the same twice"),
        hooks=(Hook(), Hook()),
        wrong=Text(
            "同じ webhook-id の二度めを受け取りませんでした。二度めにも2xxを返し、何もしないでください。",
            "It did not take the second of one webhook-id. Answer 2xx then, too, and do nothing: what is refused comes again.",
        ),
    ),
    Trial(
        code="late",
        text=Text(
            "3日前のできごとを、いまの署名で受け取る", "takes what happened three days ago, signed now"
        ),
        hooks=(Hook(happened=3),),
        wrong=Text(
            "遅れて届いたものを受け取りませんでした。新しさは、本文の timestamp ではなく webhook-timestamp で見てください。",
            "It did not take what came late. Judge how fresh it is by webhook-timestamp, not by the timestamp in the body.",
        ),
    ),
    Trial(
        code="order",
        text=Text("取消しが指示より先に着いても受け取る", "takes a recall that overtakes its instruction"),
        hooks=(Hook(RECALLED), Hook(happened=1)),
        wrong=Text(
            "順番が入れ替わると受け取りませんでした。知らない指示の取消しも覚え、あとから来た指示は行わないでください。",
            "It did not take what came out of order. Keep a recall that comes first, and do not do what comes after it.",
        ),
    ),
    Trial(
        code="recall",
        text=Text("指示の取消しを受け取る", "takes a recall"),
        hooks=(Hook(), Hook(RECALLED)),
        wrong=Text(
            "取消しを受け取りませんでした。まだなら行わずに refused、済んでいれば confirmed と答えてください。",
            "It did not take a recall. Answer refused where it was not done yet, and do not do it; confirmed where it was.",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What came of a trial: nothing `wrong`, or a sentence, and what was answered."""

    trial: Trial
    wrong: Text | None
    answered: str


UNREACHED = Text("受け口が応えられませんでした（{error}）。", "The receiver could not answer ({error}).")


def examine(url: str, secret: str, *, at: datetime) -> Iterator[TrialResult]:
    """Play each trial and say what came of it; a receiver that fails or is not there passes none of them."""
    for trial in TRIALS:
        instruction, parcels = f"ins_{secrets.token_hex(12)}", dict[Hook, Parcel]()
        answers = []
        for one in trial.hooks:
            parcel = parcels.setdefault(one, _parcel(one, instruction, url, at))
            signed = replace(parcel, secrets=(FORGED if one.is_forged else secret,))
            answers.append(send(signed, signed_at=at - timedelta(days=one.signed), private=True))
        said = ", ".join(str(one.status or one.error) for one in answers)
        lost = [one for one in answers if one.status is None or one.status >= 500]
        is_good = all(one.is_success is trial.is_taken for one in answers)
        wrong = UNREACHED.fill(error=lost[0].error) if lost else None if is_good else trial.wrong
        yield TrialResult(trial, wrong, said)


def _parcel(one: Hook, instruction: str, url: str, at: datetime) -> Parcel:
    """Make a webhook as it is described, about an instruction that no house ever gave."""
    data = {name: value for name, (_, value) in said_of(Event.registry[one.kind]).items()}
    told = data | {"instruction": instruction, "order_ref": ORDER, "target_ref": ORDER}
    hook = {"type": one.kind, "timestamp": moment(at - timedelta(days=one.happened)), "data": told}
    body = json.dumps(hook, ensure_ascii=False).encode()
    return Parcel(
        delivery=0, attempt=1, message=f"msg_{secrets.token_hex(12)}", url=url, body=body, secrets=()
    )
