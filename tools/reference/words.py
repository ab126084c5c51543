"""The pages of what the house answers and tells: refusals, events, notices, and how a seller is urged."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

from mamori.doors.gateway.schema import webhooks
from mamori.grammar.event import Event, shape
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.outbox import publishing
from mamori.ground.outbox.facts import NOTICE_KIND
from tools.reference.house import declared, ours
from tools.reference.markdown import code, page, place, table


def refusals() -> str:
    """Render every refusal with its code, status and sentence."""
    found = sorted((r for r in Refusal.registry.values() if ours(r)), key=lambda refusal: refusal.code)
    return page(
        Text("断りの返事", "Refusals"),
        Text(
            "断りは誤りではなく返事です。次に何をすればよいかを両方の言語で伝えます。",
            "A refusal is an answer, not an error: it says, in both languages, what to do next.",
        ),
        table(
            ["符号 / code", "HTTP", "返事 / answer", "場所 / declared in"],
            [(code(r.code), r.status, r.text, place(r.__module__)) for r in found],
        ),
    )


def events() -> str:
    """Render every event: what webhooks tell, field by field with an example, and what only drives our own work."""
    found = sorted((e for e in Event.registry.values() if ours(e)), key=lambda event: event.kind)
    inside = [
        (
            code(event.kind),
            event.text,
            ", ".join(code(name) for name in shape(event)),
            "<br>".join(hearers(event)),
        )
        for event in found
        if event.internal
    ]
    told = webhooks()
    return page(
        Text("出来事とウェブフック", "Events and webhooks"),
        Text(
            "起きたことは書き込みと同じ取引で記され、あとから上の階と、"
            "[ウェブフック](../how-to/receive-webhooks.md)で通販サイトに伝わります。"
            "IDは種類を名乗り(`thr_7`)、日時は協定世界時(末尾 Z)、金額は円です。聞き手は mamori/site/wiring.py にあります。",
            "What happened is written in the same transaction and told upward afterwards, and to the marketplace by "
            "[webhook](../how-to/receive-webhooks.md). Ids say of what they are (`thr_7`), moments are UTC and end in Z, "
            "amounts are yen. Who hears within the house is listed in mamori/site/wiring.py.",
        ),
        "## ウェブフックで届くもの / Told by webhook",
        *(_told(event, told[event.kind]) for event in found if not event.internal),
        _notice(told[NOTICE_KIND]),
        "## 中だけのもの / Within the house",
        table(["種類 / kind", "ことば / words", "中身 / fields", "聞き手 / heard by"], inside),
    )


def _told(event: type[Event], item: dict[str, Any]) -> str:
    heard = "<br>".join(hearers(event))
    within = f"\n\n中での聞き手 / heard within by: {heard}" if heard else ""
    return (
        f"### `{event.kind}`\n\n{event.text.ja} / {event.text.en}. {event.__doc__}\n\n{_fields(item)}{within}"
    )


def _notice(item: dict[str, Any]) -> str:
    about = (
        "当事者へのお知らせ。両方の言語の文面で届くので、通販サイトのメッセージとして渡せます。 / "
        "A notice for a party, worded in both languages."
    )
    return f"### `{NOTICE_KIND}`\n\n{about}\n\n{_fields(item)}"


def _fields(item: dict[str, Any]) -> str:
    content = item["post"]["requestBody"]["content"]["application/json"]
    fields = content["schema"]["properties"]["data"]["properties"]
    shown = json.dumps(content["example"], ensure_ascii=False, indent=2)
    rows = [(code(name), _type(schema), schema.get("description", "")) for name, schema in fields.items()]
    return (
        table(["項目 / field", "型 / type", "何か / what"], rows)
        + f"\n\n<details><summary>例 / example</summary>\n\n```json\n{shown}\n```\n\n</details>"
    )


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "pattern" in schema:
        return f"id `{schema['pattern'][1:4]}_…`"
    if schema.get("format") == "date-time":
        return "moment"
    return {"array": "list of string"}.get(schema["type"], str(schema["type"]))


def hearers(event: type[Event]) -> list[str]:
    """Return the names of an event's handlers, as the wiring table has them; `together` = before the answer."""
    return [
        code(h.name) + (f"<br>together: {h.why}" if h.together else "")
        for h in publishing.hearers_of(event.kind)
    ]


def notices() -> str:
    """Render every notice to a party."""
    homes = sorted(
        name
        for name in sys.modules
        if name.startswith("mamori.") and name.endswith("notices") and "tests" not in name
    )
    templates = [template for home in homes for template in declared(home, "TEMPLATES")]
    rows = [(code(t.code), code(t.kind), t.title, t.body) for t in templates]
    return page(
        Text("お知らせの文面", "Notices"),
        Text(
            "{ } の中は送るときに埋まります。種類ごとに使える言葉を tests/law/test_notices.py が確かめます。",
            "What stands in { } is filled in when it is sent. tests/law/test_notices.py holds each to the words of its kind.",
        ),
        table(["符号 / code", "種類 / kind", "件名 / title", "本文 / body"], rows),
    )


def urging() -> str:
    """Render the table by which a seller is urged."""
    rows = [_urging_row(row) for row in declared("mamori.rooms.contact.rules.urging", "TABLE")]
    return page(
        Text("出品者への催促", "How a seller is urged"),
        Text("上から見て、最初に当てはまる行に従います。", "From the top, the first row that fits is taken."),
        table(["進み具合 / progress", "被害 / harm", "話題 / topic", "催促 / urging"], rows),
    )


def calling() -> str:
    """Render why sellers are called, in which parts of the day, and what is said on the telephone."""
    rules, topics = (
        import_module("mamori.rooms.contact.rules.calling"),
        import_module("mamori.rooms.contact.topics"),
    )
    scripts = import_module("mamori.rooms.contact.rules.calling.scripts")
    said = [
        (*_both(text), _both(scripts.SAY_WHY[why])[0])
        for why, text in rules.WHYS.items()
        if why in scripts.SAY_WHY
    ]
    danger = import_module("mamori.rooms.contact.rules.danger")
    return page(
        Text("出品者への電話", "Calling a seller"),
        Text(
            "電話の理由・時間帯・話すこと。言葉は宣言からそのまま出ます。",
            "Why, when, and what is said, as declared. Every call is greeted and asked alike; harm adds a sentence.",
        ),
        "## なぜ / Why\n\n" + table(["理由", "why", "話すこと"], said),
        "## 時間帯 / Parts of the day\n\n"
        + table(["時間帯", "part"], [_both(text) for _, text in rules.PARTS.values()]),
        "## 尋ねること / What is asked\n\n"
        + table(
            ["話題", "尋ねること", "asked"],
            [(topics.TOPICS[t].ja, *_both(a)) for t, a in scripts.ASK_TOPIC.items()],
        ),
        "## 言わないこと / What is never said\n\n"
        + table(["日本語", "English"], [_both(text) for text in rules.NEVER]),
        "## 危険を知らせた購入者に / To a buyer in danger\n\n"
        + table(
            ["日本語", "English"],
            [_both(text) for text in (*danger.ADVICE, *danger.QUESTIONS.values(), *scripts.NEVER_TO_BUYER)],
        ),
    )


def _both(text: Text) -> tuple[str, str]:
    return text.ja, text.en


def _urging_row(row: Any) -> tuple[object, ...]:
    topics = import_module("mamori.rooms.contact.topics")
    means = import_module("mamori.rooms.contact.rules.urging").MEANS
    urges = [f"{means[u.means].ja} / {means[u.means].en}: {u.after or 'すぐに / at once'}" for u in row.urges]
    return (
        topics.PROGRESS[row.progress],
        _any_of(row.harms, topics.HARMS),
        _any_of(row.topics, topics.TOPICS),
        "<br>".join(urges),
    )


def _any_of(values: frozenset[Any], texts: dict[Any, Text]) -> str:
    if not values:
        return "すべて / any"
    return "<br>".join(f"{texts[value].ja} / {texts[value].en}" for value in texts if value in values)


def lures() -> str:
    """Render what is looked for in messages, with the sentence for each writer."""
    return page(
        Text("伝言の中で探すもの", "What is looked for in messages"),
        Text(
            "見つかると、送る前に、書いた人にその場所と次の文を見せます。出品者が登録した連絡先は、どう書いてあっても通ります。"
            "返品・解除・取消しの通知かもしれない伝言は、何が入っていても、伏せず、止めず、削りません。",
            "Before sending, the writer sees where it stands and is told the sentence. Contacts that the seller "
            "registered pass in any spelling. A message that may be a notice of return, rescission or cancellation "
            "is never masked, held or trimmed.",
        ),
        table(
            ["符号 / code", "もの / what", "購入者へ / to a buyer", "出品者へ / to a seller"],
            [
                (code(kind.code), kind.title, kind.buyer, kind.seller)
                for kind in declared("mamori.japan.lures.kinds", "KINDS")
            ],
        ),
    )
