"""Whatever is changed is found, and the place that was changed is named, not the one that stayed true."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from mamori.ground.ledger import actions, facts
from mamori.ground.ledger.formats import Head, Store, read_head
from mamori.ground.ledger.log import canonical, the_signer
from mamori.ground.ledger.models import Act, ActContent, Checkpoint, Leaf
from mamori.ground.ledger.tests.conftest import AGENT, NOON, Write
from mamori.ground.ledger.verification import OtherLog, contents, tree
from mamori.ground.ledger.verification.contents import NoFolder

type Superuser = Callable[..., None]


def places(**options: object) -> list[str]:
    return [finding.place for finding in facts.verify(**options).findings]  # type: ignore[arg-type]


def test_a_log_that_nobody_touched_is_clean(log: list[int], write: Write) -> None:
    write()

    report = facts.verify(at=NOON)

    assert report.findings == ()
    assert report.is_clean
    assert (report.size, report.checkpoints, report.acts) == (300, 4, 301)


def test_a_shredding_with_its_act_is_no_fault(log: list[int]) -> None:
    actions.shred(AGENT, subject="buyer:B-3", reason="本人の請求")
    actions.sequence(at=NOON)

    assert places() == []


def test_a_wrong_name_in_the_settings_is_told_as_such_and_not_as_a_thousand_faults(
    log: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LOG_ORIGIN", "other.example/log")

    with pytest.raises(OtherLog) as told:
        facts.verify(at=NOON)

    assert Checkpoint.objects.order_by("number")[0].note.partition("\n")[0] in told.value.sentence.en


ROWS = [
    ("UPDATE ledger_act SET kind = 'x' WHERE id = {act}", "act {act}"),
    ("UPDATE ledger_act SET at = '2026-01-01 00:00:00+00:00' WHERE id = {act}", "act {act}"),
    ("DELETE FROM ledger_act WHERE id = {act}", "act {act}"),
    ("UPDATE ledger_act SET id = 999999 WHERE id = {act}", "act {act}"),
    ("DELETE FROM ledger_leaf WHERE act_id = {act}", "leaf 50"),
    ('UPDATE ledger_leaf SET "index" = 999999 WHERE act_id = {act}', "leaf 50"),
    ("UPDATE ledger_leaf SET act_id = 999999 WHERE act_id = {act}", "leaf 50"),
    ('INSERT INTO ledger_leaf ("index", act_id) VALUES (300, 999999)', "leaf 300"),
    ('INSERT INTO ledger_leaf ("index", act_id) VALUES (-1, 999999)', "leaf -1"),
    ("INSERT INTO ledger_pending (act_id) VALUES ({act})", "pending {act}"),
    ("INSERT INTO ledger_pending (act_id) VALUES (999999)", "pending 999999"),
    ("DELETE FROM ledger_actcontent WHERE act_id = {act}", "content {act}"),
    ("UPDATE ledger_actcontent SET about = 'x' WHERE act_id = {act}", "content {act}"),
    ("UPDATE ledger_actcontent SET subject = 'buyer:B-2' WHERE act_id = {act}", "content {act}"),
    ("UPDATE ledger_actcontent SET act_id = 999999 WHERE act_id = {act}", "content 999999"),
    ("UPDATE seal_subjectkey SET wrapped = NULL, shredded_at = '2026-01-01 00:00:00+00:00'", "content {act}"),
    ("DELETE FROM ledger_checkpoint WHERE number = 2", "checkpoint 2"),
    ("UPDATE ledger_checkpoint SET size = 101 WHERE number = 2", "checkpoint 2"),
    ("UPDATE ledger_checkpoint SET at = '2026-01-01 00:00:00+00:00' WHERE number = 2", "checkpoint 2"),
    ("UPDATE ledger_checkpoint SET note = 'x' WHERE number = 2", "checkpoint 2"),
    ("UPDATE ledger_checkpoint SET number = 9 WHERE number = 2", "checkpoint 2"),
    ("DELETE FROM ledger_checkpoint WHERE number = 4", "checkpoint file"),
]


@pytest.mark.parametrize(("statement", "place"), ROWS)
def test_a_changed_row_is_found_by_its_place(
    log: list[int], superuser: Superuser, statement: str, place: str
) -> None:
    act = log[50]

    superuser(statement.format(act=act))

    assert place.format(act=act) in places()


def test_rows_that_cannot_even_be_read_are_found(log: list[int], superuser: Superuser) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL lets no such value into a column")
    superuser("UPDATE ledger_act SET at = '2026-13-45 00:00:00' WHERE id = %s", log[50])
    superuser("UPDATE ledger_act SET commitment = 'text' WHERE id = %s", log[51])
    superuser("UPDATE ledger_checkpoint SET at = '2026-13-45 00:00:00' WHERE number = 2")
    superuser("UPDATE ledger_actcontent SET sealed = 'text' WHERE act_id = %s", log[52])
    superuser("UPDATE ledger_checkpoint SET root = 'text' WHERE number = 3")

    found = places()

    assert {f"act {log[50]}", f"act {log[51]}", "checkpoint 2", f"content {log[52]}", "checkpoint 3"} <= set(
        found
    )


def test_a_flipped_bit_in_a_commitment_or_seal_is_found(log: list[int], superuser: Superuser) -> None:
    sealed = bytearray(bytes(ActContent.objects.get(pk=log[9]).sealed))
    sealed[30] ^= 1

    superuser("UPDATE ledger_act SET commitment = %s WHERE id = %s", b"0" * 32, log[8])
    superuser("UPDATE ledger_actcontent SET sealed = %s WHERE act_id = %s", bytes(sealed), log[9])

    assert set(places()) == {f"act {log[8]}", f"content {log[8]}", f"content {log[9]}"}


def test_an_act_slipped_in_is_found(log: list[int], superuser: Superuser) -> None:
    superuser(
        "INSERT INTO ledger_act (id, kind, at, commitment) VALUES (999999, 'x', '2026-01-01 00:00:00+00:00', 'c')"
    )

    assert "act 999999" in places()


FILES = [
    ("tile/0/000", 50 * 32, "tile/0/000 leaf 50"),
    ("tile/0/001.p/44", 0, "tile/0/001.p/44 leaf 256"),
    ("tile/1/000.p/1", 3, "tile/1/000.p/1"),
    ("tile/entries/000", 40, "tile/entries/000 leaf 0"),
    ("checkpoint", 30, "checkpoint file"),
]


@pytest.mark.parametrize(("name", "at", "place"), FILES)
def test_a_flipped_byte_in_a_file_is_found_by_its_place(
    log: list[int], name: str, at: int, place: str
) -> None:
    file = Path(settings.LOG) / name
    data = bytearray(file.read_bytes())
    data[at] ^= 1

    file.write_bytes(bytes(data))

    assert places() == [place]


@pytest.mark.parametrize("name", ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
def test_a_file_that_is_gone_cut_or_lengthened_is_found(log: list[int], name: str) -> None:
    file = Path(settings.LOG) / name
    good = file.read_bytes()

    for bad in (None, good[:-1], good[:-32], good + b"\0" * 32, b""):
        if bad is None:
            file.unlink()
        else:
            file.write_bytes(bad)
        assert name in {place.split()[0] for place in places()}
        file.write_bytes(good)

    assert places() == []


@pytest.mark.parametrize(
    "name", ["tile/0/999", "tile/7/000", "tile/junk", "tile/0/001.p/45", "tile/0/x000/000"]
)
def test_a_file_that_no_such_log_has_is_found(log: list[int], name: str) -> None:
    file = Path(settings.LOG) / name
    file.parent.mkdir(parents=True, exist_ok=True)

    file.write_bytes(b"x")

    assert places() == [name]


def test_a_draft_of_a_run_cut_short_is_no_fault(log: list[int]) -> None:
    (Path(settings.LOG) / "tile/0/.001.123").write_bytes(b"x")

    assert places() == []


def test_a_head_signed_wrongly_with_the_key_itself_is_found_not_the_leaves(
    log: list[int], superuser: Superuser
) -> None:
    false = Head(settings.LOG_ORIGIN, 100, b"0" * 32, NOON)

    superuser(
        "UPDATE ledger_checkpoint SET root = %s, at = %s, note = %s WHERE number = 2",
        false.root,
        NOON,
        the_signer().sign(false.text),
    )

    assert places() == ["checkpoint 2"]


def test_a_head_whose_size_does_not_follow_is_found(log: list[int], superuser: Superuser) -> None:
    false = Head(settings.LOG_ORIGIN, 50, b"0" * 32, NOON)

    superuser("UPDATE ledger_checkpoint SET note = %s WHERE number = 3", the_signer().sign(false.text))

    assert set(places()) == {"checkpoint 3"}


def test_two_witnesses_changed_alike_do_not_outvote_the_signature(
    log: list[int], superuser: Superuser
) -> None:
    superuser("UPDATE ledger_act SET kind = 'x' WHERE id = %s", log[50])
    entries = Store(Path(settings.LOG)).read("entries", 0, 256)
    changed = canonical(Act.objects.get(pk=log[50]).entry)
    honest = changed.replace(b'"kind":"x"', b'"kind":"contact.asked"')
    long, short = (len(e).to_bytes(2) + e for e in (honest, changed))

    (Path(settings.LOG) / "tile/entries/000").write_bytes(entries.replace(long, short))

    assert set(places()) == {f"act {log[50]}", f"content {log[50]}", "tile/entries/000 leaf 50"}


def rewrite(log: list[int], superuser: Superuser, *, keep: int, sign: bool) -> None:
    """Make the whole log anew after a change to act 50, as its owner could."""
    superuser("UPDATE ledger_act SET kind = 'x' WHERE id = %s", log[50])
    shutil.rmtree(settings.LOG)
    entries = [canonical(leaf.act.entry) for leaf in Leaf.objects.select_related("act").order_by("index")][
        :keep
    ]
    Store(Path(settings.LOG)).extend(0, entries)
    if not sign:
        return
    from mamori.ground.ledger.formats import leaf_hash, root_of

    for row in Checkpoint.objects.filter(size__lte=keep).order_by("number"):
        head = Head(settings.LOG_ORIGIN, row.size, root_of(map(leaf_hash, entries[: row.size])), row.at)
        note = the_signer().sign(head.text)
        superuser(
            "UPDATE ledger_checkpoint SET root = %s, note = %s WHERE number = %s", head.root, note, row.number
        )
        (Path(settings.LOG) / "checkpoint").write_text(note)


def test_a_rewriting_without_the_key_is_found_between_two_heads(log: list[int], superuser: Superuser) -> None:
    shown = (Path(settings.LOG) / "checkpoint").read_text()

    rewrite(log, superuser, keep=300, sign=False)
    (Path(settings.LOG) / "checkpoint").write_text(shown)

    assert set(places()) == {"leaves 1-99", f"content {log[50]}"}


def keep_elsewhere(folder: Path, *acts: int) -> None:
    folder.mkdir(exist_ok=True)
    shutil.copy(Path(settings.LOG) / "checkpoint", folder / "checkpoint-300.txt")
    for row in Checkpoint.objects.filter(number=1):
        (folder / "checkpoint-1.txt").write_text(row.note)
    for act in acts:
        receipt = facts.receipt(act)
        assert receipt is not None
        (folder / f"receipt-{act}.json").write_text(receipt.as_json())


def test_a_rewriting_with_the_key_is_found_by_what_others_kept(
    log: list[int], superuser: Superuser, tmp_path: Path
) -> None:
    keep_elsewhere(tmp_path / "kept", log[50], log[60])
    report = facts.verify(tmp_path / "kept")
    assert (report.findings, report.outside) == ((), 4)

    rewrite(log, superuser, keep=300, sign=True)

    assert places() == [f"content {log[50]}"]
    found = facts.verify(tmp_path / "kept").findings
    assert {f.place for f in found} == {"leaves 1-299", "leaf 50", f"content {log[50]}"}
    assert any("分岐" in f.text.ja and "fork" in f.text.en for f in found)


def test_a_cut_is_found_only_by_what_others_kept(
    log: list[int], superuser: Superuser, tmp_path: Path
) -> None:
    keep_elsewhere(tmp_path / "kept", log[280])
    for table in ("leaf", "actcontent"):
        superuser(f"DELETE FROM ledger_{table} WHERE act_id > %s", log[255])
    superuser("DELETE FROM ledger_act WHERE id > %s", log[255])
    superuser("DELETE FROM ledger_checkpoint WHERE number > 3")
    (Path(settings.LOG) / "checkpoint").write_text(Checkpoint.objects.get(number=3).note)
    for name in ("tile/0/001.p", "tile/entries/001.p"):
        shutil.rmtree(Path(settings.LOG) / name)

    assert places() == []
    assert set(places(with_folder=tmp_path / "kept")) == {"leaves 256-299"}


def test_what_others_kept_may_be_of_another_log_or_unreadable_and_is_named(
    log: list[int], tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    keep_elsewhere(kept, log[7])
    receipt = (kept / f"receipt-{log[7]}.json").read_text()
    (kept / "strange.txt").write_text("no note")
    (kept / "broken.json").write_text("{")
    (kept / "odd.json").write_text("[1]")
    (kept / "false.json").write_text(receipt.replace('"index": 7', '"index": 8'))
    (kept / "huge.txt").write_text("x" * (2 << 20))
    (kept / "readme.md").write_text("not ours")

    found = places(with_folder=kept)

    assert found == [
        f"outside {n}" for n in ("broken.json", "false.json", "huge.txt", "odd.json", "strange.txt")
    ]


def test_a_folder_without_evidence_is_refused(log: list[int], tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        facts.verify(tmp_path / "nothing")


def test_a_missing_trigger_is_named(log: list[int]) -> None:
    with connection.cursor() as cursor:
        on = " ON ledger_act" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_act_no_delete{on}")

    assert places() == ["trigger ledger_act_no_delete"]


def test_a_head_beyond_the_tables_still_says_what_is_gone(log: list[int], superuser: Superuser) -> None:
    superuser('DELETE FROM ledger_leaf WHERE "index" >= 298')

    assert {"leaf 298", "leaf 299"} <= set(places())
    shown = (Path(settings.LOG) / "checkpoint").read_text()
    assert read_head(shown, the_signer().verifier).size == 300


def test_a_log_is_read_page_by_page_without_losing_any(
    log: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "PAGE", 7)
    monkeypatch.setattr(tree, "PAGE", 3)

    report = facts.verify()

    assert report.findings == ()
    assert report.acts == 300


def test_a_folder_in_the_place_of_a_file_is_found_and_breaks_nothing(log: list[int]) -> None:
    for name in ("tile/1/000.p/1", "tile/0/001.p/44"):
        (Path(settings.LOG) / name).unlink()
        (Path(settings.LOG) / name).mkdir()
    (Path(settings.LOG) / "tile/0/001.p/3").mkdir()

    assert set(places()) == {"tile/1/000.p/1", "tile/0/001.p/44"}
