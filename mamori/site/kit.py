"""The kit for counsel: clauses, a privacy text and the notices that go with them, as Markdown, from the declarations."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module

from django.utils.module_loading import autodiscover_modules

from mamori.grammar.declaration import Clause, Template
from mamori.grammar.text import Lang, Text
from mamori.ground.declared.personal import How, tables
from mamori.ground.terms import facts as terms
from mamori.law.clauses import CLAUSES
from mamori.law.consents import CONSENTS
from mamori.law.duties import DUTIES
from mamori.law.grounds import ERASURE_GROUNDS
from mamori.law.retention import RETENTIONS
from mamori.law.settings import OPERATOR_ADDRESS, OPERATOR_NAME, OPERATOR_PHONE
from mamori.site.retaining import days_of

NO_ADVICE = Text(
    "> これは見本です。法律の助言ではありません。公表・掲示の前に、弁護士に確かめ、自社に合わせて直してください。",
    "> This is a pattern and no legal advice. Have your lawyer look at it and adapt it before you publish any of it.",
)
GENERAL = frozenset({"changes", "display-and-conduct", "appeals"})
"""What every measure needs besides its own clause."""

type Pages = dict[str, str]


def kit(lang: Lang, *, at: datetime, only_enabled: bool) -> Pages:
    """Return the pages of the kit by file name; with `only_enabled` only what is published or switched on needs."""
    chosen = [one for one in CLAUSES if not only_enabled or _is_enabled(one, at)]
    if chosen and only_enabled:
        chosen = [one for one in CLAUSES if one in chosen or one.code in GENERAL]
    made = {
        "clauses.md": _clauses(chosen, at),
        "privacy.md": _privacy(at),
        "notices.md": _notices(chosen),
    }
    return {name: "\n\n".join(part.in_(lang) for part in parts) + "\n" for name, parts in made.items()}


def _is_enabled(clause: Clause, at: datetime) -> bool:
    return bool(terms.versions(clause.code)) or terms.is_switched_on(clause, at=at)


def _clauses(chosen: Iterable[Clause], at: datetime) -> Iterator[Text]:
    yield Text("# 出品者の規約の条項", "# Clauses of the terms for sellers")
    yield NO_ADVICE
    for clause in chosen:
        newest = next(reversed(terms.versions(clause.code)), None)
        title, text = (newest.title, newest.text) if newest else (clause.title, clause.text)
        state = Text("見本・未公表", "pattern, not published")
        if newest:
            state = Text(
                f"公表済み 第{newest.version}版、{newest.binds_on}から",
                f"published, version {newest.version}, from {newest.binds_on}",
            )
        elif terms.is_switched_on(clause, at=at):
            state = Text("見本・必要だが未公表", "pattern, needed and not published")
        yield Text(f"## {title.ja}", f"## {title.en}")
        yield Text(
            f"`{clause.code}` · {state.ja} · 変更は中{clause.notice_days}日",
            f"`{clause.code}` · {state.en} · {clause.notice_days} whole days of notice for a change",
        )
        yield text


def _privacy(at: datetime) -> Iterator[Text]:
    yield Text("# 個人情報の取扱い", "# How personal data is handled")
    yield NO_ADVICE
    who = [terms.setting(one, at=at) for one in (OPERATOR_NAME, OPERATOR_ADDRESS, OPERATOR_PHONE)]
    known = " · ".join(part for part in who if part)
    yield Text("## だれが", "## Who")
    yield Text(
        known or "（運営者の名称・住所・電話番号）",
        known or "(name, address and telephone number of the operator)",
    )
    yield Text("## 何のために", "## What for")
    yield _listed(duty.title for duty in DUTIES)
    yield Text("## 何を", "## What")
    autodiscover_modules("personal")
    sealed = (
        column.what
        for columns in tables().values()
        for column in columns.values()
        if column.how is How.SEALED
    )
    yield _listed({what.en: what for what in sealed}.values())
    yield Text(
        "本人ごとの鍵で封緘して保管します。鍵を破棄すると、二度と読めません。",
        "It is kept sealed with a key for each person. Once the key is destroyed it can never be read again.",
    )
    yield Text("## いつまで", "## For how long")
    yield _listed(_days(at))
    yield Text("## 個別にお尋ねすること", "## What you are asked for separately")
    yield _listed(
        Text(f"{one.title.ja}：{one.text.ja}", f"{one.title.en}: {one.text.en}") for one in CONSENTS
    )
    yield Text("## だれに渡すか", "## To whom it is given")
    yield Text(
        "取引の相手には、やり取りに必要な範囲だけを示します。購入者の連絡先は出品者に示しません。"
        "通販サイトには、状態・番号・お知らせの文面を伝えます。法令による場合のほか、第三者に渡しません。",
        "The other side of a purchase is shown what the conversation needs; a buyer's contact details are not shown to sellers. "
        "The marketplace is told states, numbers and notices. Nobody else is given anything unless the law says so.",
    )
    yield Text("## ご本人の求め", "## What you can ask for")
    yield _listed(Text(f"消去：{one.text.ja}", f"Erasure: {one.text.en}") for one in ERASURE_GROUNDS)
    yield Text(
        "開示・訂正・利用停止などの求めは、上の窓口で受け付けます。",
        "Disclosure, correction and the end of use can be asked for at the address above.",
    )


def _days(at: datetime) -> Iterator[Text]:
    for rule in RETENTIONS:
        days = days_of(rule, at=at)
        ja = f"{rule.since.ja}から{days:,}日" if days else "自動では消さない"
        en = f"{days:,} days from {rule.since.en}" if days else "nothing by itself"
        yield Text(f"{rule.title.ja}：{ja}", f"{rule.title.en}: {en}")


def _notices(chosen: Iterable[Clause]) -> Iterator[Text]:
    yield Text("# お知らせの文面", "# Notices")
    yield NO_ADVICE
    yield Text(
        "{ } の中は送るときに埋まります。文面は家のもので、ここでは確かめるために出しています。",
        "What stands in { } is filled in when it is sent. The house words them; they are here to be looked at.",
    )
    for template in _templates({act for clause in chosen for act in clause.needed_for}):
        yield Text(f"## {template.title.ja}", f"## {template.title.en}")
        yield Text(f"`{template.code}`", f"`{template.code}`")
        yield template.body


def _templates(acts: Iterable[str]) -> list[Template]:
    """Return the notices that go with these acts: of `contact` those of the act alone, of other parts all of them."""
    import_module("mamori.site.wiring")  # has every module of notices loaded
    found: dict[str, Template] = {}
    for part, _, thing in (act.partition(".") for act in acts):
        ends = f".{part}.{thing}notices" if part == "contact" else "notices"
        for name, module in list(sys.modules.items()):
            if name.startswith("mamori.") and f".{part}." in name and name.endswith(ends):
                found |= {one.code: one for one in getattr(module, "TEMPLATES", ())}
    return [found[code] for code in sorted(found)]


def _listed(lines: Iterable[Text]) -> Text:
    some = list(lines)
    return Text("\n".join(f"- {one.ja}" for one in some), "\n".join(f"- {one.en}" for one in some))
