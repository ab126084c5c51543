"""Files taken in: in any order, again, resumed, half-written, damaged; the good lines are never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions, facts, importing, reading
from mamori.ground.market.importing import ImportElsewhere, Report, refused_lines, take_in
from mamori.ground.market.models import Buyer, ImportRun, ImportWaiting, Listing, Order, Seller
from mamori.ground.market.tests.conftest import LEAD, MACHINE
from mamori.ground.terms import facts as terms

pytestmark = pytest.mark.django_db

SELLER = {"kind": "seller", "ref": "S-1", "name": "みずうみ商店"}
BUYER = {"kind": "buyer", "ref": "B-1", "name": "𠮷田 花"}
LISTING = {"kind": "listing", "ref": "L-1", "seller": "S-1", "name": "匙", "price": 1_500}
ORDER = {
    "kind": "order",
    "ref": "O-1",
    "buyer": "B-1",
    "seller": "S-1",
    "amount": 1_500,
    "ordered_at": "2026-11-01T10:00:00",
    "items": [{"listing": "L-1", "price": 1_500}],
}
ALL = [SELLER, BUYER, LISTING, ORDER]

type Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(name: str, lines: Iterable[dict[str, Any] | bytes], end: bytes = b"\n") -> Path:
        rows = [
            line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
            for line in lines
        ]
        (tmp_path / name).write_bytes(b"\n".join(rows) + end)
        return tmp_path / name

    return to


def take(*paths: Path, encoding: str = "utf-8") -> list[Report]:
    return take_in(MACHINE, [reading.look(path, encoding) for path in paths], lambda _: None)


def figures(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.refused


def reasons(report: Report) -> dict[int, str]:
    return {row.line: row.code for row in refused_lines(report.run)}


def test_a_file_is_taken_in_and_again_changes_nothing(write: Write) -> None:
    path = write("all.ndjson", ALL)

    [first], [second] = take(path), take(path)

    assert figures(first) == (4, 0, 0, 0)
    assert figures(second) == (0, 0, 4, 0)
    assert facts.order("O-1") is not None
    assert [act.kind for act in ledger.acts_about(f"market.import:{first.run}")] == ["market.import"]
    assert not ledger.acts_about(f"market.import:{second.run}")


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (3, 0, 2, 1), (1, 3, 2, 0)])
def test_files_may_come_in_any_order(
    write: Write, order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    paths = [write(f"{place}.ndjson", [ALL[place]]) for place in order]

    reports = take(*paths)

    assert [figures(report) for report in reports] == [(1, 0, 0, 0)] * 4
    assert not ImportWaiting.objects.exists()


def test_lines_may_come_in_any_order_within_a_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)

    [report] = take(write("all.ndjson", reversed(ALL)))

    assert figures(report) == (4, 0, 0, 0)


def test_what_nobody_tells_is_refused_at_the_end_and_the_rest_is_in(write: Write) -> None:
    other = {**ORDER, "ref": "O-2", "buyer": "B-9"}

    [report] = take(write("all.ndjson", [other, *ALL]))

    assert figures(report) == (4, 0, 0, 1)
    assert reasons(report) == {1: "reference-unknown"}
    [row] = refused_lines(report.run)
    assert "B-9" in row.text.ja


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_a_later_line_wins_also_over_one_that_had_to_wait(
    write: Write, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    waits = {**ORDER, "amount": 9_000, "items": [{"listing": "L-2", "price": 9_000}]}
    newer = {**ORDER, "amount": 1_600, "items": []}
    late = {**LISTING, "ref": "L-2"}

    [report] = take(write("all.ndjson", [SELLER, BUYER, waits, newer, late]))

    order = facts.order("O-1")
    assert order
    assert order.amount == 1_600
    assert report.added + report.changed + report.unchanged == 5
    assert report.refused == 0


def test_the_same_ref_twice_in_a_file_ends_with_the_later(write: Write) -> None:
    lines = [SELLER, BUYER, LISTING, ORDER, ORDER, {**LISTING, "price": 1}, {**LISTING, "price": 2}]

    [report] = take(write("all.ndjson", lines))

    listing = facts.listing("L-1")
    assert listing
    assert listing.price == 2
    assert figures(report) == (4, 2, 1, 0)


def test_bad_lines_are_named_and_the_good_ones_are_in(write: Write) -> None:
    bad = [
        b"ref,buyer",
        b"",
        {**ORDER, "ref": "O-2", "amount": "1500"},
        {"kind": "coupon", "ref": "C-1"},
        b'{"kind":"buyer","ref":"B-2","name":"\x8d\x82"}',
        b'{"kind":"buyer","ref":"B-3","name":"a\0"}',
        {**ORDER, "ref": "O-3", "ordered_at": "2099-01-01T00:00:00"},
        {**ORDER, "ref": "O-4", "seller": "S-2"},
        b'{"kind":"buyer","ref":"B-4","na',
    ]
    lines = [SELLER, {**SELLER, "ref": "S-2"}, BUYER, LISTING, ORDER, *bad]

    [report] = take(write("all.ndjson", lines, end=b""))

    assert reasons(report) == {
        6: "line-not-json",
        8: "field-wrong",
        9: "kind-unknown",
        10: "line-not-encoded",
        11: "line-holds-nul",
        12: "date-ahead",
        13: "seller-differs",
        14: "line-half-written",
    }
    assert figures(report) == (5, 0, 0, 8)


def test_a_last_line_without_an_end_is_good_when_it_is_whole(write: Write) -> None:
    [report] = take(write("all.ndjson", ALL, end=b""))

    assert figures(report) == (4, 0, 0, 0)


def test_a_line_of_a_hundred_megabytes_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "big.ndjson"
    with path.open("wb") as file:
        file.write(json.dumps(SELLER).encode() + b"\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + json.dumps(BUYER).encode() + b"\n" + b"y" * 2_000_000)

    [report] = take(path)

    assert reasons(report) == {2: "line-too-long", 4: "line-too-long"}
    assert figures(report) == (2, 0, 0, 2)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write: Write) -> None:
    rows = [json.dumps(line).encode() + b"\r" for line in ALL]
    rows[0] = b"\xef\xbb\xbf" + rows[0]

    [report] = take(write("all.ndjson", rows))

    assert figures(report) == (4, 0, 0, 0)


def test_shift_jis_is_read_where_it_is_said(write: Write) -> None:
    rows = [
        json.dumps(line, ensure_ascii=False).encode("cp932") for line in (SELLER, {**BUYER, "name": "表 花"})
    ]
    path = write("sjis.ndjson", rows)

    [wrong], [right] = take(path), take(path, encoding="cp932")

    assert set(reasons(wrong).values()) == {"line-not-encoded"}
    assert figures(right) == (2, 0, 0, 0)
    buyer = facts.buyer("B-1")
    assert buyer
    assert buyer.name == "表 花"


def test_accepted_clauses_come_with_the_seller(write: Write) -> None:
    accepted = [{"clause": "recovery", "version": 1, "at": "2026-04-01T00:00:00"}]

    take(write("s.ndjson", [{**SELLER, "accepted": accepted}]))

    assert terms.accepted(seller_ref="S-1", clause="recovery", at=MACHINE.at) == 1


def test_confirmations_come_by_file_too(write: Write) -> None:
    take(write("all.ndjson", ALL))
    ref = actions.instruct(LEAD, kind="refund", order_ref="O-1", amount=1_000, about="x:1")
    line = {"kind": "confirmation", "instruction": ref, "outcome": "confirmed", "at": "2026-11-16T10:00:00"}
    lines = [
        line,
        line,
        {**line, "outcome": "refused"},
        {**line, "instruction": "ins_0"},
        {**line, "at": "2099-01-01T00:00:00"},
    ]

    [report] = take(write("c.ndjson", lines))

    order = facts.order("O-1")
    assert order
    assert order.refunded_amount == 1_000
    assert figures(report) == (0, 1, 1, 3)
    assert reasons(report) == {3: "another-answer", 4: "instruction-unknown", 5: "date-ahead"}


def test_what_a_kill_cuts_short_is_resumed_from_its_last_batch(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    path = write("all.ndjson", [ORDER, b"bad", SELLER, BUYER, LISTING, {**SELLER, "ref": "S-2"}])
    source = reading.look(path, "utf-8")

    class Killed(Exception):
        pass

    places = []
    for _ in range(4):
        heard: list[int] = []

        def kill(size: int, heard: list[int] = heard) -> None:
            heard.append(size)
            if len(heard) > 1:
                raise Killed

        with pytest.raises(Killed):
            take_in(MACHINE, [source], kill)
        places.append(ImportRun.objects.get().line)
    [report] = take(path)

    assert places == [2, 3, 4, 6]
    assert ImportRun.objects.count() == 1
    assert report.resumed_at == 6
    assert figures(report) == (5, 0, 0, 1)
    assert reasons(report) == {2: "line-not-json"}


def test_two_processes_do_not_take_in_the_same_file_together(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    path = write("all.ndjson", ALL)
    source = reading.look(path, "utf-8")

    def other(size: int) -> None:
        if size:
            ImportRun.objects.update(offset=10**6)

    with pytest.raises(ImportElsewhere):
        take_in(MACHINE, [source], other)


def test_progress_tells_every_byte_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    path = write("all.ndjson", ALL)
    heard: list[int] = []

    take_in(MACHINE, [reading.look(path, "utf-8")], heard.append)

    assert sum(heard) == path.stat().st_size
    assert len(heard) == 5


def test_the_sample_market_is_taken_in_whole() -> None:
    folder = Path(__file__).parents[4] / "examples" / "market"
    paths = [folder / f"{kind}.ndjson" for kind in ("orders", "listings", "buyers", "sellers")]

    reports = take(*paths)

    assert [report.refused for report in reports] == [0] * 4
    found = [model._default_manager.count() for model in (Order, Listing, Buyer, Seller)]
    assert found == [report.added for report in reports] == [1_200, 400, 300, 60]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file-missing"),
        (b"", "file-empty"),
        (b"\n \n", "file-empty"),
        ('{"kind":"order"}'.encode("utf-16"), "file-is-utf16"),
        ('{"kind":"order"}'.encode("utf-16-le"), "file-is-utf16"),
        ('{"kind":"order"}'.encode("utf-16-be"), "file-is-utf16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "f.ndjson"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Refusal) as refused:
        reading.look(path, "utf-8")

    assert refused.value.code == code


def test_a_folder_and_a_closed_file_are_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.ndjson"
    path.write_bytes(b"{}")

    with pytest.raises(Refusal) as folder:
        reading.look(tmp_path, "utf-8")
    monkeypatch.setattr(Path, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "denied")))
    with pytest.raises(Refusal) as closed:
        reading.look(path, "utf-8")

    assert (folder.value.code, closed.value.code) == ("file-is-folder", "file-closed")


def test_a_file_is_read_to_the_size_that_was_looked_at(write: Write) -> None:
    path = write("all.ndjson", ALL[:2])
    source = reading.look(path, "utf-8")
    with path.open("ab") as file:
        file.write(b"more\n")

    rows = list(reading.lines(source))

    assert [row.number for row in rows] == [1, 2]
    assert all(a.offset + a.length == b.offset for a, b in pairwise(rows))


def test_a_file_that_shrinks_while_it_is_read_still_ends(write: Write) -> None:
    path = write("all.ndjson", ALL)
    source = reading.look(path, "utf-8")
    path.write_bytes(b'{"kind":')

    codes = [row.raw for row in reading.lines(source)]

    assert len(codes) < 4
