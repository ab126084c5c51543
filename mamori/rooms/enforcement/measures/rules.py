"""The statement of reasons, made of what the table was asked and answered: no clause without a fact, none left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Breach, Concerns, Measure
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.breaches import breach as breach_of
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement.policy.rules.judging import called, said_pair
from mamori.rooms.enforcement.policy.rules.table import CURE_TEXTS, HISTORY_TEXTS, Pair, Situation
from mamori.rooms.enforcement.rules.bounds import ALL, SOURCE_TEXTS, UNHEARD_TEXTS, Source, Unheard, cap_text

# A decision in the fields of the EU's statement of reasons (Regulation 2022/2065, art. 17 and 24(5)), by their names there.


END_DATES = {
    "decision_visibility": "end_date_visibility_restriction",
    "decision_monetary": "end_date_monetary_restriction",
    "decision_provision": "end_date_service_restriction",
    "decision_account": "end_date_account_restriction",
}
"""Which field holds the end of a restriction; it is left out where none is set."""
PRODUCT, TEXT, OTHER = "CONTENT_TYPE_PRODUCT", "CONTENT_TYPE_TEXT", "CONTENT_TYPE_OTHER"
CONTENTS: dict[Concerns, tuple[str, str]] = {
    Concerns.LISTING: (PRODUCT, ""),
    Concerns.CATEGORY: (PRODUCT, ""),
    Concerns.REVIEW: (TEXT, ""),
    Concerns.SELLER: (OTHER, "the seller's account"),
    Concerns.MONEY: (OTHER, "the payout of the seller's proceeds"),
}
"""What kind of content a measure touches, in the EU's words; where these know none, in our own."""
OWN, NOTICE, ANOTHER = "SOURCE_VOLUNTARY", "SOURCE_ARTICLE_16", "SOURCE_TYPE_OTHER_NOTIFICATION"
SOURCES: dict[Source, tuple[str, str]] = {
    Source.CONTACT: (OWN, ""),
    Source.DISPLAY: (OWN, ""),
    Source.STAFF: (OWN, ""),
    Source.REPORT: (NOTICE, ""),
    Source.AUTHORITY: (ANOTHER, "a request of a public authority"),
    Source.MARKET: (OWN, ""),
    Source.REPEAT: (OWN, ""),
}
"""Whether the operator found it of its own accord or was told, and then by whom; a person who reported is never named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EuDecision:
    """What the fields are made of; `since` is when what the measure touches is known to have been there."""

    number: int
    measure: Measure
    breach: Breach
    by_law: bool
    basis: str
    facts: str
    source: Source
    automated: bool
    since: datetime
    starts_at: datetime
    ends_at: datetime | None


def fields(one: EuDecision) -> dict[str, Any]:
    """Return the fields; a notice or a request to correct restricts nothing and has none that names a restriction."""
    content, other = CONTENTS[one.measure.concerns]
    source, whose = SOURCES[one.source]
    return {
        "puid": f"enforcement-measure-{one.number}",
        **_restriction(one),
        **_ground(one),
        "decision_facts": one.facts,
        "content_type": [content],
        **({"content_type_other": other} if other else {}),
        "content_date": _day(one.since),
        "category": one.breach.dsa,
        "territorial_scope": [],
        "application_date": _day(one.starts_at),
        "source_type": source,
        **({"source_identity": whose} if whose else {}),
        "automated_detection": "Yes" if one.automated else "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    }


def _restriction(one: EuDecision) -> dict[str, Any]:
    field, _, value = one.measure.dsa.partition(":")
    if not field:
        return {}
    end = {END_DATES[field]: _day(one.ends_at)} if one.ends_at else {}
    return {field: [value] if field == "decision_visibility" else value} | end


def _ground(one: EuDecision) -> dict[str, str]:
    if one.by_law:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": one.basis,
            "illegal_content_explanation": one.breach.text.en,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": one.basis,
        "incompatible_content_explanation": one.breach.text.en,
    }


def _day(at: datetime) -> str:
    return at.astimezone(JAPAN).date().isoformat()


UNTIL = Text("{until}まで", "until {until}")
WHILE_HELD = Text(
    "{until}まで（保留が続くあいだは、そのあとも）", "until {until} (and as long as the money is held)"
)
NO_END = Text("終わりの定めはありません", "no end is set")
CONDITIONS = ("breach", "severity", "history", "cure", "harm")
"""What the policy table looks at, in its order; a statement says a fact for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that a statement is made of: the measure's number, what is alleged, the points before it and of it.

    `since` is the earliest moment at which what the measure touches is known to have been there.
    """

    number: int
    situation: Situation
    points_before: int
    points: int
    facts: tuple[Text, ...]
    source: Source
    automated: bool
    measure: str
    seller: str
    target: str
    row: str
    policy: int
    clause: Text | None
    clause_version: int
    ground: Text | None
    starts_at: datetime
    ends_at: datetime | None
    heard: bool
    unheard: Unheard | None
    deviation: bool
    appeal_until: datetime
    since: datetime
    answered: Pair = ()
    why_other: Text | None = None
    why_amount: Text | None = None
    review_at: datetime | None = None
    amount: int = 0
    document: str = ""
    at_once: Text | None = None
    hinders: Text | None = None
    of_breach: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph: what it is about (a condition, or another thing that a statement must say), and the sentence."""

    about: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The reasons as the seller reads them, with the fields of the EU's statement of reasons beside."""

    parts: tuple[Paragraph, ...]
    dsa: dict[str, Any]

    def part(self, about: str) -> Text | None:
        """Return the paragraph about something."""
        return next((part.text for part in self.parts if part.about == about), None)


def statement(given: Given) -> Statement:
    """Write the reasons of a decision."""
    return Statement(parts=tuple(_parts(given)), dsa=dsa(given))


def faults(given: Given, made: Statement) -> tuple[str, ...]:
    """Return what a statement lacks: a condition without its fact, a clause without a fact, hearing, end or appeal unsaid."""
    found = [f"nothing is said of {name}" for name in CONDITIONS if made.part(name) is None]
    if not given.facts:
        found.append("no fact")
    holds_money = measure_of(given.measure).concerns is Concerns.MONEY
    if holds_money and given.clause is None:
        found.append("no clause, though money is held")
    if not holds_money and (given.clause is None) == (given.ground is None):
        found.append("one clause or one ground, not both and not none")
    if holds_money and made.part("amount") is None:
        found.append("nothing is said of why that amount is held")
    if given.deviation and made.part("other") is None:
        found.append("nothing is said of why it is other than the policy answers")
    if given.ground is not None and not given.document:
        found.append("no document that the ground rests on")
    needed = ("fact", "basis", "measure", "hearing", "automation", "time", "appeal")
    found += [f"nothing is said of {name}" for name in needed if made.part(name) is None]
    if measure_of(given.measure).announced_days and made.part("notice") is None:
        found.append("nothing is said of the notice before it")
    if not given.heard and given.unheard is None and measure_of(given.measure).hearing:
        found.append("neither heard nor a reason why not")
    return tuple(found)


def _parts(given: Given) -> Iterator[Paragraph]:
    yield from _conditions(given)
    yield from _decision(given)
    yield from _circumstances(given)


def _conditions(given: Given) -> Iterator[Paragraph]:
    situation = given.situation
    yield from alleged(situation.breach, given.facts)
    yield _of("severity", "重さ", "Severity", SEVERITY_TEXTS[situation.severity])
    history = HISTORY_TEXTS[situation.history]
    yield _paragraph(
        "history",
        f"これまでの経緯：{history.ja}（この決定の前の違反点数 {given.points_before}点）",
        f"What went before: {history.en} ({given.points_before} points counted before this decision)",
    )
    yield _of("cure", "是正", "Put right", CURE_TEXTS[situation.cure])
    yield _of("harm", "被害", "Harm", REACH_TEXTS[situation.harm])


def alleged(code: str, facts: tuple[Text, ...]) -> Iterator[Paragraph]:
    """Yield what is alleged, and each fact."""
    breach = breach_of(code)
    yield _paragraph(
        "breach",
        f"違反の種類：{breach.title.ja}（{breach.text.ja}）",
        f"Breach: {breach.title.en}. {breach.text.en}",
    )
    for fact in facts:
        yield _paragraph("fact", f"事実：{fact.ja}", f"Fact: {fact.en}")


def _decision(given: Given) -> Iterator[Paragraph]:
    measure = measure_of(given.measure)
    yield _basis(given)
    touched = given.target or given.seller
    cap = cap_text(given.amount)
    touches = Text(f"{touched}、{cap.ja}", f"{touched}, {cap.en}") if given.amount else Text(touched, touched)
    yield _paragraph(
        "measure",
        f"措置：{measure.title.ja}。{measure.text.ja}（対象：{touches.ja}）",
        f"Measure: {measure.title.en}. {measure.text.en} (It touches: {touches.en}.)",
    )
    if measure.concerns is Concerns.MONEY and given.why_amount is not None:
        yield _amount(given.amount, given.why_amount)
    yield _of_policy(given)
    if given.deviation and given.why_other is not None:
        yield _other(given.answered, given.why_other)
    yield _hearing(given)
    if days := measure.announced_days:
        yield _notice(given, days)
    if given.points:
        yield _paragraph("points", f"点数：{given.points}点", f"Points: {given.points}")


def found_by(*, automated: bool, source: Source) -> Iterator[Paragraph]:
    """Yield whether software found it, and what it came from."""
    yield _paragraph(
        "automation",
        "自動処理：疑いは自動で見つかりましたが、そのあとは人が行っています。"
        if automated
        else "自動処理：使っていません。人が見つけ、そのあとも人が行っています。",
        "Automation: found by software; all that followed was done by people."
        if automated
        else "Automation: none. People found it and did all that followed.",
    )
    came = SOURCE_TEXTS[source]
    yield _paragraph("source", f"きっかけ：{came.ja}", f"Where it came from: {came.en}")


def _circumstances(given: Given) -> Iterator[Paragraph]:
    yield from found_by(automated=given.automated, source=given.source)
    starts, ends = spoken(given.starts_at), spoken(given.ends_at) if given.ends_at else NO_END
    ja, en = f"開始：{starts.ja}。終了：{ends.ja}。", f"It begins {starts.en}. It ends: {ends.en}."
    if given.review_at is not None:
        looked = spoken(given.review_at)
        ja += f"続ける必要があるかを、{looked.ja}に見直します。"
        en += f" It is reviewed at {looked.en} whether it still has to stand."
    yield _paragraph("time", ja, en)
    until = WHILE_HELD if measure_of(given.measure).concerns is Concerns.MONEY else UNTIL
    until = until.fill(until=spoken(given.appeal_until))
    yield _paragraph(
        "appeal",
        f"異議：{until.ja}、この画面から申し出られます。決めた人とは別の人が見直します。費用はかかりません。",
        f"Appeal: {until.en}, on this page. Somebody else than who decided reviews it. It is free of charge.",
    )


def _of(about: str, ja: str, en: str, said: Text) -> Paragraph:
    return _paragraph(about, f"{ja}：{said.ja}", f"{en}: {said.en}")


def _paragraph(about: str, ja: str, en: str) -> Paragraph:
    return Paragraph(about=about, text=Text(ja, en))


def _amount(amount: int, why: Text) -> Paragraph:
    held = cap_text(amount) if amount else ALL
    ja = f"保留する額：{held.ja}。この額が必要で、より少なくできない理由：{why.ja}"
    en = f"Held: {held.en}. Why so much is needed, and why not less: {why.en}"
    return _paragraph("amount", ja, en)


def _other(answered: Pair, why: Text) -> Paragraph:
    said = said_pair(answered)
    ja = f"基準の答え「{said.ja}」のとおりにしなかった理由：{why.ja}"
    en = f"Why it is not as the policy answers ({said.en}): {why.en}"
    return _paragraph("other", ja, en)


def _basis(given: Given) -> Paragraph:
    law = given.ground
    if law is not None:
        law = Text(f"{law.ja}（文書：{given.document}）", f"{law.en} (document: {given.document})")
    if given.clause is not None:
        law_ja, law_en = (f"、および{law.ja}", f", and {law.en}") if law else ("", "")
        said = Text(
            f"根拠：規約「{given.clause.ja}」第{given.clause_version}版{law_ja}",
            f"Basis: the clause “{given.clause.en}” of the terms, version {given.clause_version}{law_en}",
        )
    else:
        ground = law or Text("なし", "none")
        said = Text(f"根拠：{ground.ja}", f"Basis: {ground.en}")
    return Paragraph(about="basis", text=said)


def _of_policy(given: Given) -> Paragraph:
    which = called(given.policy)
    ja = f"基準：措置の基準 {which.ja}、行 {given.row}"
    en = f"Policy: {which.en}, row {given.row}"
    if given.of_breach:
        ja += "（違反が見つかったときの版です。今の版より重くならないため、これによりました）"
        en += " (the version of when it was found, as the present one is no milder)"
    if given.deviation:
        ja += "（事情を考え、基準とは別にしました）"
        en += " (decided otherwise for the circumstances)"
    return _paragraph("policy", ja, en)


def _hearing(given: Given) -> Paragraph:
    if given.unheard is not None and given.heard:
        why = UNHEARD_TEXTS[given.unheard]
        ja = f"意見の聴取：{why.ja}、期限を待たずに判断しましたが、決定の前に寄せられたご意見を考えに入れました。"
        en = (
            f"Hearing: the time for your view was not waited out, because {why.en}. What you gave before the decision "
            "was taken into account."
        )
    elif given.unheard is not None:
        why = UNHEARD_TEXTS[given.unheard]
        ja = f"意見の聴取：{why.ja}、先にご意見を伺いませんでした。今からでもお聞かせください。"
        en = f"Hearing: you were not heard first, because {why.en}. Please give your view now."
    elif given.heard:
        ja = "意見の聴取：ご意見を伺う機会を設け、寄せられたものを考えに入れました。"
        en = "Hearing: you were asked for your view, and what you gave was taken into account."
    else:
        ja = "意見の聴取：この措置では前もって行いません。ご意見は今からでもお寄せいただけます。"
        en = "Hearing: none comes before this measure. You can give your view now."
    return _paragraph("hearing", ja, en)


def _notice(given: Given, days: int) -> Paragraph:
    if given.at_once is None:
        ja = f"予告：{days}日前にお知らせしています。"
        en = f"Notice: you are told {days} days before it begins."
    else:
        ja = f"予告：規約に挙げた事情（{given.at_once.ja}）があるため、{days}日の期間を置かずに始めます。"
        en = f"Notice: it begins without the {days} days before it, on a ground that the terms list: {given.at_once.en}."
    if given.is_hidden:
        ja = f"{ja}始まるまで、商品は暫定的に非表示のままです。"
        en = f"{en} Until it begins, the listing stays provisionally hidden."
    if given.hinders is not None:
        ja = f"{ja}運営への支障：{given.hinders.ja}"
        en = f"{en} How the business is hindered: {given.hinders.en}"
    return _paragraph("notice", ja, en)


def dsa(given: Given) -> dict[str, Any]:
    """Return the decision in the fields of the EU's statement of reasons."""
    by_law = given.ground is not None
    basis = given.ground if by_law else given.clause
    return fields(
        EuDecision(
            number=given.number,
            measure=measure_of(given.measure),
            breach=breach_of(given.situation.breach),
            by_law=by_law,
            basis=basis.en if basis else "",
            facts=" ".join(fact.en for fact in given.facts),
            source=given.source,
            automated=given.automated,
            since=given.since,
            starts_at=given.starts_at,
            ends_at=given.ends_at,
        )
    )


# The reasons of a provisional hiding: that nothing is decided, why it could not wait, what comes next, where to object.


BASIS = Text("根拠：{basis}", "Basis: {basis}")
CLAUSE = Text("根拠：{basis}第{version}版", "Basis: {basis}, version {version}")
MEANING = Text(
    "暫定非表示：判断が出るまで商品を見えなくします（対象：{target}）。措置ではなく、まだ何も決めていません。",
    "Provisional hiding: the listing is not shown until the decision (it touches: {target}). It is no measure, and nothing has "
    "been decided.",
)
POINTS = Text(
    "点数：付いていません。付くのは、この件で措置を決めたときだけで、決めた日から数えます。",
    "Points: none. They come only with a measure on this matter, and count from the day of that decision.",
)
TIME = Text(
    "開始：{begin}。終わり：時間では終わらず、この件の判断で終わります。",
    "It began {begin}. No time ends it: the decision on this matter does.",
)
HEARD = Text("ご意見を{due}まで待ち、", " Your view is awaited until {due};")
NEXT = Text(
    "このあと：責任者か法務担当が{hours}をめどに、続けるか解くかを確かめます。{heard}人が判断します。"
    "措置を決めればその理由をお知らせし、決めなければ表示に戻します。",
    "What comes next: a lead or counsel looks, as a rule within {hours}, whether it stays.{heard} a person decides. "
    "Either a measure is decided on and you are told why, or the listing is shown again.",
)
OBJECTING = Text(
    "異議：この画面の「ご意見」からお寄せください。届くと責任者に知らせます。費用はかかりません。"
    "措置を決めたときは、その措置への異議も申し出られます。",
    "To object: give your view on this page; the leads are told of it. It is free of charge. If a measure is decided on, "
    "you can appeal against that, too.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """All that the reasons of a provisional hiding are made of; `because` is why it could not wait, `eu` its fields there."""

    facts: tuple[Text, ...]
    because: Text
    target: str
    basis: Text
    clause_version: int
    view_due_at: datetime
    look_within: Text
    eu: EuDecision


def hidden(given: Hidden) -> Statement:
    """Write the reasons of a provisional hiding: that nothing is decided, why, what happens next, and where to object."""
    return Statement(parts=tuple(_hidden(given)), dsa=fields(given.eu))


def _hidden(given: Hidden) -> Iterator[Paragraph]:
    yield from alleged(given.eu.breach.code, given.facts)
    yield _paragraph(
        "danger", f"待てなかった理由：{given.because.ja}", f"Why it could not wait: {given.because.en}"
    )
    rests = CLAUSE if given.clause_version else BASIS
    yield Paragraph(about="basis", text=rests.fill(basis=given.basis, version=given.clause_version))
    yield Paragraph(about="measure", text=MEANING.fill(target=given.target))
    yield Paragraph(about="points", text=POINTS)
    yield Paragraph(about="time", text=TIME.fill(begin=spoken(given.eu.starts_at)))
    is_heard = given.view_due_at > given.eu.starts_at
    heard = HEARD.fill(due=spoken(given.view_due_at)) if is_heard else ""
    yield Paragraph(about="next", text=NEXT.fill(hours=given.look_within, heard=heard))
    yield Paragraph(about="appeal", text=OBJECTING)
    yield from found_by(automated=given.eu.automated, source=given.eu.source)
