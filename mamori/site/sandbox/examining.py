"""A shop's receiver of webhooks is examined: what the house might send it in earnest, or a stranger might, one trial each."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from mamori.doors.gateway.schema import said_of
from mamori.grammar.event import Event, moment
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.outbox.facts import PAGE_ANSWERED, DeliveryAnswer, Parcel, headers, send

ISSUED, RECALLED = "market.instruction_issued", "market.instruction_recalled"
ORDER = "O-EXAMINE-{trial}"
FORGED = "whsec_" + "A" * 32


class NobodyAnswers(Refusal, code="examine.nobody-answers", status=422):
    """Given when the first webhook gets no answer: there is nothing to examine."""

    text = Text(
        "{url} から応えがありません（{error}）。受け口を動かしてから、もう一度実行してください。",
        "Nobody answers at {url} ({error}). Start the receiver, and run this again.",
    )


class Seal(StrEnum):
    """How a webhook is signed."""

    GOOD = "good"
    FORGED = "forged"
    """By another secret."""
    MISSING = "missing"
    ALTERED = "altered"
    """Well, for another body."""


class Times(StrEnum):
    """How often a good shop does what a trial's webhooks ask."""

    ONCE = "once"
    NEVER = "never"
    PERHAPS = "perhaps"
    """Once at most: it may have been done before it was recalled."""

    @property
    def text(self) -> Text:
        """Say it of orders."""
        return {
            Times.ONCE: Text("一度だけ行う", "Done once"),
            Times.NEVER: Text("行わない", "Never done"),
            Times.PERHAPS: Text("多くて一度", "Once at most"),
        }[self]


@dataclass(frozen=True, slots=True)
class Hook:
    """One webhook of a trial: its kind, how many days ago it happened and was signed, and how."""

    kind: str = ISSUED
    happened: int = 0
    signed: int = 0
    seal: Seal = Seal.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One trial: what a good receiver does with these webhooks about one instruction, and what is wrong with another.

    What comes again in `hooks` is the same to the byte.
    """

    code: str
    text: Text
    hooks: tuple[Hook, ...] = (Hook(),)
    is_taken: bool = True
    done: Times = Times.NEVER
    wrong: Text

    @property
    def order(self) -> str:
        """Return the order that its webhooks are about."""
        return ORDER.format(trial=self.code)


TRIALS = (
    Trial(
        code="good",
        text=Text("正しい署名の指示を受け取る", "takes an instruction that is signed well"),
        done=Times.ONCE,
        wrong=Text(
            "正しい署名のものを受け取りませんでした。秘密と、届いたままの本文で署名を確かめているかを見てください。",
            "It did not take what was signed well. Look at the secret, and whether it verifies the body byte for byte.",
        ),
    ),
    Trial(
        code="forged",
        text=Text("ほかの秘密で署名したものを断る", "refuses what another secret signed"),
        hooks=(Hook(seal=Seal.FORGED),),
        is_taken=False,
        wrong=Text(
            "だれが送ったか分からないものを受け取りました。署名が合わなければ、401を返し、何もしないでください。",
            "It took what anybody might have sent. Where the signature does not fit, answer 401 and do nothing.",
        ),
    ),
    Trial(
        code="unsigned",
        text=Text("署名のないものを断る", "refuses what is not signed at all"),
        hooks=(Hook(seal=Seal.MISSING),),
        is_taken=False,
        wrong=Text(
            "webhook-signature のないものを受け取りました。見出しがなければ、401を返し、何もしないでください。",
            "It took what has no webhook-signature. Where that header is missing, answer 401 and do nothing.",
        ),
    ),
    Trial(
        code="altered",
        text=Text(
            "署名のあとで本文が変わったものを断る", "refuses a body that was changed after it was signed"
        ),
        hooks=(Hook(seal=Seal.ALTERED),),
        is_taken=False,
        wrong=Text(
            "ほかの本文の署名がついたものを受け取りました。署名は、届いたままの本文を含めて確かめてください。",
            "It took what bears the signature of another body. Verify the signature over the body, byte for byte.",
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
        done=Times.ONCE,
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
        done=Times.ONCE,
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
        done=Times.PERHAPS,
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
PAGE = Text(
    "受け口ではなく、ウェブページが応えました。アドレスを見てください。ページは、何を送られても受け取ってしまいます。",
    "A web page answered, not a receiver. Look at the address: a page takes whatever it is sent.",
)
REDIRECTED = Text(
    "ほかのアドレスへ送られました。転送には従いません。行き先のアドレスを、そのまま書いてください。",
    "It redirected to another address, which is not followed. Name that address itself.",
)


def examine(url: str, secret: str, *, at: datetime) -> Iterator[TrialResult]:
    """Play each trial and say what came of it; a receiver that fails passes none of them.

    :raises NobodyAnswers: when the first webhook gets no answer.
    """
    for trial in TRIALS:
        instruction, parcels = f"ins_{secrets.token_hex(12)}", dict[Hook, Parcel]()
        answers = []
        for one in trial.hooks:
            parcel = parcels.setdefault(one, _parcel(one, instruction, trial.order, url, at))
            sent = replace(parcel, secrets=(FORGED if one.seal is Seal.FORGED else secret,))
            signed_at = at - timedelta(days=one.signed)
            answers.append(send(sent, signed_at=signed_at, private=True, signed=partial(_signed, one.seal)))
        if trial is TRIALS[0] and answers[0].status is None and PAGE_ANSWERED not in answers[0].error:
            raise NobodyAnswers(url=url, error=answers[0].error)
        said = ", ".join(str(one.status or one.error) for one in answers)
        yield TrialResult(trial, _wrong(trial, answers), said)


def _wrong(trial: Trial, answers: Sequence[DeliveryAnswer]) -> Text | None:
    """Say what is wrong with what was answered, or nothing."""
    if any(PAGE_ANSWERED in one.error for one in answers):
        return PAGE
    lost = [one.error for one in answers if one.status is None or one.status >= 500]
    if lost:
        return UNREACHED.fill(error=lost[0])
    if all(one.is_success is trial.is_taken for one in answers):
        return None
    return REDIRECTED if any(one.status in range(300, 400) for one in answers) else trial.wrong


def _signed(seal: Seal, parcel: Parcel, signed_at: datetime) -> dict[str, str]:
    """Return the headers of a webhook that is signed so."""
    told = headers(replace(parcel, body=b"{}") if seal is Seal.ALTERED else parcel, signed_at)
    if seal is Seal.MISSING:
        del told["webhook-signature"]
    return told


def _parcel(one: Hook, instruction: str, order: str, url: str, at: datetime) -> Parcel:
    """Make a webhook as it is described, about an instruction that no house ever gave."""
    data = {name: value for name, (_, value) in said_of(Event.registry[one.kind]).items()}
    told = data | {"instruction": instruction, "order_ref": order, "target_ref": order}
    hook = {"type": one.kind, "timestamp": moment(at - timedelta(days=one.happened)), "data": told}
    body = json.dumps(hook, ensure_ascii=False).encode()
    return Parcel(
        delivery=0, attempt=1, message=f"msg_{secrets.token_hex(12)}", url=url, body=body, secrets=()
    )
