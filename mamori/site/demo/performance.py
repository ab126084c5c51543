"""The performance: set up, import, play, prove, and sum up; it reports only what the house itself recorded."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.text import Lang, Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.importing import Report, take_in
from mamori.ground.market.kinds import KINDS, Target
from mamori.ground.market.models import Order
from mamori.ground.market.reading import look
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.models import Event as Row
from mamori.ground.terms import actions as terms
from mamori.ground.web.signing import choices
from mamori.law.clauses import CLAUSES
from mamori.law.display import DISPLAY_HINDERS, DISPLAY_REQUIRED
from mamori.law.reports import OPERATOR_NAME_EN
from mamori.law.settings import (
    NOTICES_TO_BUYERS,
    NOTICES_TO_SELLERS,
    NOTICES_TO_STAFF,
    OPERATOR_ADDRESS,
    OPERATOR_NAME,
    OPERATOR_PHONE,
)
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.lifecycle import RECOVERY, REMEDY, TROUBLE, TroubleState
from mamori.rooms.contact.mediating import CAUSES, Cause
from mamori.rooms.contact.rules.urging import MEANS, Means
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.disclosure import tasks as disclosure
from mamori.site import work
from mamori.site.command.setup import prepare
from mamori.site.demo import course, guests, plot
from mamori.site.demo.course import NOW, Teller, moment
from mamori.site.demo.plot import STEPS, Story

DAYS, EACH = (8, 20), 8
LASTS = timedelta(hours=6)
LAST = NOW - timedelta(hours=100)
SAID = cycle(
    (
        (Topic.NOT_ARRIVED, "まだ届きません。", "今日お届けします。"),
        (Topic.BROKEN, "箱がつぶれ、品が欠けていました。", "交換品を送りました。"),
        (Topic.NOT_AS_DESCRIBED, "写真と色が違います。", "返品をお受けし、返金しました。"),
    )
)


def coming() -> list[datetime]:
    """Return the moments at which ordinary days begin, the last of them a few days ago."""
    first = moment("2026-12-01T09:00")
    days = (first + timedelta(days=n) for n in range((LAST - first).days))
    return [*(day for day in days if day.day in DAYS), LAST]


def play(at: datetime) -> None:
    """Let the newest buyers who have no other part report a trouble each, and their sellers solve it."""
    told = (guests.BUYER, *guests.BUYERS.values())
    found = Order.objects.filter(ordered_at__lt=at).exclude(buyer__in=told)
    for order in found.order_by("-ordered_at")[:EACH]:
        _solved(order, at)


def _solved(order: Order, at: datetime) -> None:
    topic, said, answered = next(SAID)
    buyer, seller = f"buyer:{order.buyer_id}", f"seller:{order.seller_id}"

    def by(who: str, role: Role, hours: float) -> Actor:
        return Actor(by=who, role=role, at=at + timedelta(hours=hours), via="demo")

    trouble = contact.open_trouble(
        by(buyer, Role.BUYER, 0),
        order_ref=order.ref,
        topic=topic,
        harm=Harm.MONEY,
        said=said,
        centre_may_read=False,
    )
    known = facts.trouble(trouble)
    assert known is not None
    contact.answer(by(seller, Role.SELLER, 4), thread=known.thread, said=answered)
    contact.solve(by(buyer, Role.BUYER, 5), trouble=trouble)


ENDS: dict[str, Mapping[Any, Text]] = {
    "contact.trouble_ended": TROUBLE.states,
    "contact.remedy_ended": REMEDY.states,
    "contact.recovery_ended": RECOVERY.states,
}


class Listener:
    """Remembers how far it has told."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.last = 0

    def tell_news(self) -> None:
        """Tell every event since the last time."""
        for row in Row.objects.filter(pk__gt=self.last).order_by("pk"):
            self.last = row.pk
            if row.kind in Event.registry and Event.registry[row.kind].internal:
                continue
            self.teller.house(row.at, _sentence(row.kind, json.loads(row.body)["data"]))

    def tell_nothing(self) -> None:
        """Pass over what has happened since the last time."""
        self.last = Row.objects.latest("pk").pk


def _sentence(kind: str, data: dict[str, Any]) -> Text:
    if kind == "notice":
        to, title = data["to"], data["title"]
        return Text(f"通知 → {to}「{title['ja']}」", f"notice → {to}: {title['en']}")
    text = Event.registry[kind].text
    detail = _detail(kind, data)
    return text if detail is None else Text(f"{text.ja}（{detail.ja}）", f"{text.en} ({detail.en})")


def _detail(kind: str, data: dict[str, Any]) -> Text | None:
    if kind in ENDS:
        return next(text for state, text in ENDS[kind].items() if state == data["state"])
    match kind:
        case "contact.seller_urged":
            return MEANS[Means(data["means"])]
        case "contact.mediation_opened":
            cause = CAUSES[Cause(data["cause"])]
            return Text(cause.ja.rstrip("、"), cause.en.rstrip(", "))
        case "contact.answered":
            return Text("期限内", "in time") if data["in_time"] else Text("期限後", "late")
        case "market.instruction_issued" | "market.instruction_confirmed":
            return _asked(data)
    return None


def _asked(data: dict[str, Any]) -> Text:
    """Say what the marketplace is asked: an amount of an order, or a measure."""
    if data["target"] == Target.ORDER:
        return Text(f"{data['what']} {data['amount']:,}円", f"{data['what']}, {data['amount']:,} yen")
    title = KINDS[data["what"]].title
    return Text(f"{title.ja} {data['target_ref']}", f"{title.en}, {data['target_ref']}")


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


ASKED = "market.instruction_issued"

type Switch = tuple[str, str, str]
"""A measure, what it concerns, and its detail."""


class Clerk:
    """Pays whatever it is asked to, sets and clears switches, and remembers what it answered."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.on: set[Switch] = set()
        self._numbers: dict[Switch, int] = {}

    def hear(self, hooks: Iterable[dict[str, Any]]) -> None:
        """Do what these webhooks ask, each once: what was called back or overtaken is refused."""
        for hook in hooks:
            ref = hook["data"].get("instruction")
            if hook["type"] in {ASKED, "market.instruction_recalled"} and ref not in self.answers:
                is_done = hook["type"] == ASKED and self._do(hook["data"])
                self.answers[ref] = "confirmed" if is_done else "refused"

    def _do(self, said: dict[str, Any]) -> bool:
        if said["target"] == Target.ORDER:
            return True
        kind = KINDS[said["what"]]
        switch = (kind.undoes or kind.code, said["target_ref"], said["detail"])
        if said["number"] < self._numbers.get(switch, 0):
            return False
        self._numbers[switch] = said["number"]
        (self.on.discard if kind.undoes else self.on.add)(switch)
        return True


class Shop:
    """Listens on a loopback port; what it is asked to do waits until `confirmations` does it."""

    def __init__(self) -> None:
        self.secret = ""
        self.seen: dict[str, dict[str, Any]] = {}
        self.refused = 0
        self.clerk = Clerk()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Shop:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Return where the webhooks go."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks"

    def confirmations(self) -> list[str]:
        """Do what was asked so far, and return every answer as a line of the marketplace's export."""
        self.clerk.hear(list(self.seen.values()))
        answers = sorted(self.clerk.answers.items())
        lines = ({"kind": "confirmation", "instruction": ref, "outcome": outcome} for ref, outcome in answers)
        return [json.dumps(line) + "\n" for line in lines]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                try:
                    hook = Webhook(shop.secret).verify(body, {k.lower(): v for k, v in self.headers.items()})
                except WebhookVerificationError:
                    shop.refused += 1
                    self.send_response(401)
                else:
                    shop.seen.setdefault(self.headers["webhook-id"], hook)
                    self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler


START = moment("2026-11-16T09:00")
IN_USE_SINCE = (START - timedelta(days=230)).date()


def perform(home: Path, sample: list[Path], verifier: Path, lang: Lang) -> str:
    """Play everything in `home` and return what was told, empty where a promise did not hold."""
    prepare()
    with Teller(lang, STEPS) as teller, Shop() as shop:
        files = {file.stem: list(course.market(file)) for file in sample}
        _publish(teller)
        _take_in(teller, home, files)
        guests.invite(home, at=START)
        machine = Actor(by="machine:demo", role=Role.MACHINE, at=START, via="demo")
        endpoint, shop.secret = outbox.add_endpoint(machine, url=shop.url, kinds=("market.*", "notice"))
        _choose(machine)
        time = Time(home, files, Listener(teller))
        story = Story(
            teller,
            time.jump,
            lambda at: time.read("confirmations", at, shop.confirmations()),
            lambda at, refs: time.read("sellers", at, _businesses(files["sellers"], refs)),
        )
        story.play()
        time.jump(LAST + LASTS)
        teller.scene(Text("記録と受領証", "The log and the receipts"))
        proof = prove(story.abouts(), home / "receipts", verifier)
        holds = _sum_up(teller, story, shop, proof)
        plot.before()
        closing = Actor(by="machine:demo", role=Role.MACHINE, at=plot.lead(ago=47).at, via="demo")
        time.settle(closing.at)
        time.read("confirmations", closing.at, shop.confirmations())
        time.settle(closing.at)
        outbox.remove_endpoint(
            closing, endpoint=endpoint, reason="見本の市場が閉じた / the sample shop closed"
        )
        plot.begin()
        time.settle(course.NOW)
        while disclosure.count_months(course.NOW):
            pass
    return teller.console.export_text() if holds else ""


class Time:
    """How the clock goes on: what falls due is done and told; ordinary days beside the story, and their orders, are not told."""

    def __init__(self, home: Path, files: Mapping[str, list[str]], listener: Listener) -> None:
        self.home, self.files, self.listener = home, files, listener
        self.since, self.coming = START, coming()

    def settle(self, to: datetime) -> None:
        """Do what falls due until a moment."""
        work.settle(at=to, signed_at=datetime.now(UTC))

    def jump(self, to: datetime) -> None:
        """Do and tell what falls due until a moment; between, play the ordinary days that end before it."""
        while self.coming and self.coming[0] + LASTS <= to:
            at = self.coming.pop(0)
            self._go_on(at)
            self.read("orders", at, course.ordered(self.files["orders"], self.since, at))
            self.since = at
            play(at)
            self.settle(at + LASTS)
            self.listener.tell_nothing()
        self._go_on(to)

    def read(self, name: str, at: datetime, lines: Iterable[str]) -> int:
        """Take in what the marketplace tells, and count it."""
        [report] = _read(at, [_written(self.home / f"{name}-{at:%Y%m%d}.ndjson", lines)])
        return report.lines - report.refused

    def _go_on(self, to: datetime) -> None:
        self.settle(to)
        self.listener.tell_news()


def _choose(machine: Actor) -> None:
    """Give the sample centre a name and a telephone, and let its notices go both ways: by webhook and by mail."""
    for setting in (NOTICES_TO_BUYERS, NOTICES_TO_SELLERS, NOTICES_TO_STAFF):
        terms.set(machine, setting=setting, value="both")
    for setting, value in (
        (OPERATOR_NAME, "見本市場 ご相談の窓口"),
        (OPERATOR_NAME_EN, "Mihon Market customer centre"),
        (OPERATOR_PHONE, "03-0000-0188"),
        (OPERATOR_ADDRESS, "〒100-0000 東京都千代田区架空町1-88"),
    ):
        terms.set(machine, setting=setting, value=value)
    for switch in (
        DISPLAY_REQUIRED,
        DISPLAY_HINDERS,
    ):  # the sample's sellers show nothing: one of them does, in the story
        terms.set(machine, setting=switch, value=False)


def _publish(teller: Teller) -> None:
    """Enter the terms that the sample marketplace has used since April: one lead works there, so they wait in sight first."""
    at = START - timedelta(days=3)
    lead = Actor(by="lead:2", role=Role.LEAD, at=at, via="demo")
    words = [terms.Words(clause=clause.code, version=1) for clause in CLAUSES]
    terms.propose_change(lead, words=words, profile=choices.profile(at), binds_on=IN_USE_SINCE)
    work.settle(at=START)
    teller.note(
        [
            Text(
                f"出品者の規約 {len(CLAUSES)}条項を公表した（{IN_USE_SINCE} から使っているもの）",
                f"{len(CLAUSES)} clauses of the sellers' terms published, in use since {IN_USE_SINCE}",
            )
        ]
    )


def _take_in(teller: Teller, home: Path, files: dict[str, list[str]]) -> None:
    teller.scene(Text("見本の市場を取り込む", "Import the sample marketplace"))
    before = files | {"orders": course.ordered(files["orders"], None, START)}
    teller.note(
        Text(
            f"{Path(report.name).name}：{report.added:,}行を取り込んだ（断った行 {report.refused}）",
            f"{Path(report.name).name}: {report.added:,} lines taken in ({report.refused} refused)",
        )
        for report in _read(
            START, [_written(home / f"{name}.ndjson", lines) for name, lines in before.items()]
        )
    )


def _businesses(sellers: list[str], refs: Collection[str]) -> Iterator[str]:
    """Yield the lines of these sellers anew, each called a business."""
    for told in map(json.loads, sellers):
        if told["kind"] == "seller" and told["ref"] in refs:
            yield json.dumps(told | {"private": False}, ensure_ascii=False) + "\n"


def _written(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(lines), "utf-8")
    return path


def _read(at: datetime, files: list[Path]) -> list[Report]:
    actor = Actor(by="machine:import", role=Role.MACHINE, at=at, via="import")
    return take_in(actor, [look(path, "utf-8") for path in files], lambda _: None)


def _sum_up(teller: Teller, story: Story, shop: Shop, proof: Proof) -> bool:
    ends = Counter(_state(trouble) for trouble in story.troubles)
    stuck = len(outbox_facts.stuck())
    expected = {TroubleState.SOLVED: 2, TroubleState.MADE_GOOD: 1}
    told = [Text(f"困りごと {len(story.troubles)}件", f"{len(story.troubles)} troubles")]
    told += [
        Text(f"　{TROUBLE.states[state].ja}：{count}件", f"  {TROUBLE.states[state].en}: {count}")
        for state, count in ends.items()
    ]
    told += [
        Text(
            f"通販サイトが受け取った署名付きの知らせ {len(shop.seen)}件（署名が合わないもの {shop.refused}件、滞り {stuck}件）",
            f"{len(shop.seen)} signed webhooks received ({shop.refused} with a wrong signature, {stuck} stuck)",
        ),
        Text(
            f"受領証 {proof.verified}/{proof.receipts}通を1ファイルの検証器で検証",
            f"{proof.verified} of {proof.receipts} receipts verified by the one-file verifier",
        ),
        Text(
            f"記録 {proof.acts:,}件、食い違い {len(proof.findings)}件",
            f"{proof.acts:,} acts in the log, {len(proof.findings)} findings",
        ),
    ]
    teller.scene(Text("まとめ", "Summary"))
    teller.note(told)
    teller.note(Text(place, place) for place in proof.findings)
    return dict(ends) == expected and proof.holds and not shop.refused and not stuck


def _state(trouble: int) -> TroubleState:
    known = facts.trouble(trouble)
    assert known is not None
    return TroubleState(known.state)
