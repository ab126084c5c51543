"""The performance: set up, import, play, prove, and sum up; it reports only what the house itself recorded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Lang, Text
from mamori.ground.market.importing import Report, take_in
from mamori.ground.market.sources import look
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox import facts as outbox_facts
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
from mamori.rooms.contact import facts
from mamori.rooms.contact.lifecycle import TROUBLE, TroubleState
from mamori.rooms.disclosure import tasks as disclosure
from mamori.site import work
from mamori.site.command.setup import prepare
from mamori.site.demo import days, guests, ordinary, present
from mamori.site.demo.days import moment
from mamori.site.demo.listener import Listener
from mamori.site.demo.proof import Proof, prove
from mamori.site.demo.shop import Shop
from mamori.site.demo.story import STEPS, Story
from mamori.site.demo.teller import Teller

START = moment("2026-11-16T09:00")
IN_USE_SINCE = (START - timedelta(days=230)).date()


def perform(home: Path, sample: list[Path], verifier: Path, lang: Lang) -> str:
    """Play everything in `home` and return what was told, empty where a promise did not hold."""
    prepare()
    with Teller(lang, STEPS) as teller, Shop() as shop:
        files = {file.stem: list(days.market(file)) for file in sample}
        _publish(teller)
        _take_in(teller, home, files)
        guests.invite(home, at=START)
        machine = Hand(by="machine:demo", role=Role.MACHINE, at=START, via="demo")
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
        time.jump(ordinary.LAST + ordinary.LASTS)
        teller.scene(Text("記録と受領証", "The log and the receipts"))
        proof = prove(story.abouts(), home / "receipts", verifier)
        holds = _sum_up(teller, story, shop, proof)
        present.before()
        closing = Hand(by="machine:demo", role=Role.MACHINE, at=present.lead(ago=47).at, via="demo")
        time.settle(closing.at)
        time.read("confirmations", closing.at, shop.confirmations())
        time.settle(closing.at)
        outbox.remove_endpoint(
            closing, endpoint=endpoint, reason="見本の市場が閉じた / the sample shop closed"
        )
        present.begin()
        time.settle(days.NOW)
        while disclosure.count_months(days.NOW):
            pass
    return teller.console.export_text() if holds else ""


class Time:
    """How the clock goes on: what falls due is done and told; ordinary days beside the story, and their orders, are not told."""

    def __init__(self, home: Path, files: Mapping[str, list[str]], listener: Listener) -> None:
        self.home, self.files, self.listener = home, files, listener
        self.since, self.coming = START, ordinary.coming()

    def settle(self, to: datetime) -> None:
        """Do what falls due until a moment."""
        work.settle(at=to, signed_at=datetime.now(UTC))

    def jump(self, to: datetime) -> None:
        """Do and tell what falls due until a moment; between, play the ordinary days that end before it."""
        while self.coming and self.coming[0] + ordinary.LASTS <= to:
            at = self.coming.pop(0)
            self._go_on(at)
            self.read("orders", at, days.ordered(self.files["orders"], self.since, at))
            self.since = at
            ordinary.play(at)
            self.settle(at + ordinary.LASTS)
            self.listener.tell_nothing()
        self._go_on(to)

    def read(self, name: str, at: datetime, lines: Iterable[str]) -> int:
        """Take in what the marketplace tells, and count it."""
        [report] = _read(at, [_written(self.home / f"{name}-{at:%Y%m%d}.ndjson", lines)])
        return report.lines - report.refused

    def _go_on(self, to: datetime) -> None:
        self.settle(to)
        self.listener.tell_news()


def _choose(machine: Hand) -> None:
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
    lead = Hand(by="lead:2", role=Role.LEAD, at=at, via="demo")
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
    before = files | {"orders": days.ordered(files["orders"], None, START)}
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
    hand = Hand(by="machine:import", role=Role.MACHINE, at=at, via="import")
    return take_in(hand, [look(path, "utf-8") for path in files], lambda _: None)


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
