"""What the living page of components shows: one of each, in each state, of nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate, repeat
from typing import Any

from django import forms
from django.http import QueryDict

from mamori.grammar.figures import Unit
from mamori.grammar.text import Text, yen
from mamori.ground.web.forms import DayField, DigitsField, HouseForm
from mamori.ground.web.lists import Page
from mamori.ground.web.pictures import (
    Bar,
    Drawing,
    SpanSeen,
    StepSeen,
    StepStanding,
    bars,
    counts,
    shares,
    spans,
    steps,
)
from mamori.ground.web.wording import Crumb, Entry, Mark, Row, Tone, localized, said
from mamori.japan.calendar import month_of

NUMBER = "07318642"


TROUBLES = (
    ("late", said("届かない", "It has not arrived")),
    ("broken", said("壊れていた・違うものが届いた", "It was broken, or not what I ordered")),
    ("other", said("そのほか", "Something else")),
)


class SampleForm(HouseForm):
    """One field of each kind."""

    name = forms.CharField(label=said("お名前", "Your name"), max_length=40)
    order = DigitsField(
        label=said("注文番号", "Order number"),
        help_text=said("注文確認メールにある数字です。", "The digits in the mail that confirmed your order."),
    )
    day = DayField(label=said("届いた日", "Day of arrival"), required=False)
    trouble = forms.ChoiceField(
        label=said("何にお困りですか", "What is wrong?"), choices=TROUBLES, widget=forms.RadioSelect
    )
    wishes = forms.MultipleChoiceField(
        label=said("ご希望", "What you wish"),
        required=False,
        help_text=said("いくつでも選べます。", "Choose as many as you like."),
        choices=[("send", said("送り直し", "Send it again")), ("refund", said("返金", "Refund"))],
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.ChoiceField(
        label=said("受け取った場所", "Where it was handed over"),
        choices=[("", said("選んでください", "Please choose")), ("home", said("自宅", "At home"))],
    )
    words = forms.CharField(
        label=said("くわしい事情", "What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    picture = forms.FileField(
        label=said("写真", "Picture"),
        required=False,
        help_text=said("JPEG・PNG・PDF、10 MB まで。", "JPEG, PNG or PDF, up to 10 MB."),
    )
    agreed = forms.BooleanField(
        label=said("窓口がこのやり取りを読むことに同意します", "The centre may read this conversation")
    )


def wrong_form() -> SampleForm:
    """Return the form as it looks when everything in it is to be put right."""
    data = QueryDict(mutable=True)
    data.update({"order": "ABC", "day_year": "2026", "day_month": "2", "day_day": "30", "words": "あ" * 2001})
    return SampleForm(data, prefix="", auto_id="wrong_%s")


def samples(at: datetime) -> dict[str, Any]:
    """Return what the page shows, as of `at`."""
    hour = timedelta(hours=1)
    return {
        "form": SampleForm(),
        "wrong": wrong_form(),
        "number": NUMBER,
        "crumbs": (Crumb(Text("案件", "Cases"), "/desk/"), Crumb(Text("部品", "Components"))),
        "running": at + 30 * hour,
        "soon": at + hour,
        "late": at - 3 * hour,
        "days": at + 72 * hour,
        "clock_name": Text("回答の期限", "Answer due"),
        "rows": ROWS,
        "facts": tuple(Row(label=row.label, value=row.value) for row in ROWS),
        "entries": _entries(at),
        "pictures": _pictures(at),
        "chips": CHIPS,
        "steps": NEXT,
        "page": Page(items=("",) * 50, next="n", previous="p", count=1000),
        "few": Page(items=("",) * 3, count=3),
        "kinds": ("info", "success", "warning", "error"),
        "done": Text("受け付けました", "We have received it"),
        "done_text": Text(
            "同じ内容をお知らせでもお送りしました。", "We have sent you a notice that says the same."
        ),
        "nothing": Text("まだ案件はありません", "No cases yet"),
        "nothing_text": Text("届くとここに並びます。", "They will stand here when they come."),
        "phone": "03-0000-0000",
        "lead": localized(Text("いま一覧で見られます。", "You can see it in the list now.")),
    }


ROWS = (
    Row(label=Text("注文", "Order"), value="O-1007", change="#rows"),
    Row(label=Text("困りごと", "Trouble"), value=Text("届かない", "It has not arrived"), change="#rows"),
    Row(
        label=Text("くわしい事情", "What happened"),
        value=Text(
            "五日に届くはずでした。\n追跡は二日から止まっています。",
            "It was due on the 5th.\nTracking stopped on the 2nd.",
        ),
        change="#rows",
    ),
    Row(label=Text("写真", "Picture"), change="#rows"),
)


CHIPS = (
    (Text("閉じた", "closed"), Tone.QUIET),
    (Text("回答待ち", "waiting for an answer"), Tone.GOING),
    (Text("解決", "resolved"), Tone.GOOD),
    (Text("期限が近い", "due soon"), Tone.WARN),
    (Text("期限切れ", "overdue"), Tone.BAD),
)


NEXT = (
    Text(
        "出品者に知らせました。期限までに答えることになっています。",
        "The seller has been told, and has to answer by the due moment.",
    ),
    Text("答えがなければ、窓口が間に入ります。", "If no answer comes, the centre steps in."),
    Text(
        "解決しないときは、運営者による返金を検討します。",
        "If it stays unsolved, a refund by the operator is considered.",
    ),
)


def _entries(at: datetime) -> tuple[Entry, ...]:
    buyer, seller = Text("購入者", "Buyer"), Text("出品者", "Seller")
    return (
        Entry(
            at=at - timedelta(days=2),
            title=Text("困りごとの受付", "Trouble reported"),
            by=buyer,
            words=Text("商品が届きません。", "The goods have not arrived."),
            receipt="00000000-0000-0000-0000-000000000000",
        ),
        Entry(at=at - timedelta(days=1), title=Text("期限切れ", "Deadline missed"), by=seller, mark=Mark.BAD),
        Entry(at=at, title=Text("仲介を始めました", "Mediation opened"), mark=Mark.NOW),
    )


def _pictures(at: datetime) -> tuple[Drawing, ...]:
    """Return a picture of each kind, with a gap, a month of few and what has not happened yet."""
    months = list(accumulate(repeat(month_of(at), 6), lambda month, _: month.previous))[::-1]
    parts = ((18, 24), (30, 31), (2, 3), (0, 0), (9, 12), (20, 22))
    spent = (
        (Decimal("2.0"), Decimal("6.5")),
        (Decimal("3.5"), Decimal("9.0")),
        (None, None),
        (Decimal("2.5"), Decimal("4.0")),
        (Decimal("3.0"), Decimal("8.0")),
        (Decimal("4.0"), None),
    )
    each = [
        SpanSeen(month=month, median=median, p95=p95, of=9 if median else 0)
        for month, (median, p95) in zip(months, spent, strict=True)
    ]
    ages = ((Text("0〜7日", "0–7 days"), 12_000), (Text("8〜30日", "8–30 days"), 61_000))
    way = (
        StepSeen(name=Text("受付", "Asked"), standing=StepStanding.DONE, at=at - timedelta(days=2)),
        StepSeen(name=Text("回答", "Answer"), standing=StepStanding.LATE, at=at - timedelta(days=1)),
        StepSeen(name=Text("仲介", "Mediated"), standing=StepStanding.NEXT, at=at),
        StepSeen(
            name=Text("返金", "Refund"), standing=StepStanding.LATER, note=Text("必要なとき", "if needed")
        ),
    )
    amount = Text("金額", "amount")
    shown = [Bar(name=name, value=sum_, said=yen(sum_)) for name, sum_ in ages]
    return (
        counts(
            "sample-counts",
            Text("件数", "Counts"),
            [(m, of) for m, (_, of) in zip(months, parts, strict=True)],
        ),
        shares(
            "sample-shares", Text("割合", "Shares"), [(m, *p) for m, p in zip(months, parts, strict=True)]
        ),
        spans("sample-spans", Text("かかった日数", "Days that it took"), each, Unit.DAYS),
        bars("sample-bars", Text("日数ごとの金額", "Amounts by age"), (Text("日数", "days"), amount), shown),
        steps("sample-steps", Text("この件の流れ", "The steps of this case"), way),
    )
