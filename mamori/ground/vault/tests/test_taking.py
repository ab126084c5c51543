"""A file taken in lies encrypted, bound to its place, sealed with its owner's key; what is refused leaves nothing."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from PIL import Image

from mamori.ground.ledger import actions as ledger
from mamori.ground.seal.models import SubjectKey
from mamori.ground.vault import actions, facts, taking, views
from mamori.ground.vault.actions import (
    FileEmpty,
    FileNotTaken,
    FileTooLarge,
    HeicNotTaken,
    NoRoom,
    TooManyFiles,
    TooManyPages,
)
from mamori.ground.vault.facts import FileDamaged, FileErased, FileState, FileWithheld, NoSuchFile
from mamori.ground.vault.models import File
from mamori.ground.vault.tests.conftest import (
    EICAR,
    MONDAY,
    actor,
    clamd,
    image,
    keep,
    later,
    lead,
    on_disk,
    pdf,
    scanner_away,
    small_disk,
    take,
)
from mamori.law.settings import FILES_MOST

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_shown_as_a_picture_and_lies_encrypted() -> None:
    content = image("PNG")
    taken = keep(content, "皿の写真.png")

    file, picture = facts.file(taken.id, named=True), facts.picture(taken.id)

    assert (file.name, file.pages, file.state, file.size) == (
        "皿の写真.png",
        1,
        FileState.RECEIVED,
        len(content),
    )
    assert Image.open(io.BytesIO(picture.content)).size == (60, 40)
    assert picture.media_type == "image/jpeg"
    assert [path.name for path in on_disk()] == [f"{taken.id.hex}.0", f"{taken.id.hex}.1"]
    for path in on_disk():
        assert b"PNG" not in path.read_bytes()
        assert b"JFIF" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
    row = File.objects.get()
    assert "皿".encode() not in bytes(row.sealed)


def test_a_list_without_names_says_none() -> None:
    taken = keep(image())

    [listed] = facts.files_about("contact.trouble:1")

    assert (listed.id, listed.name) == (taken.id, None)
    assert facts.files([taken.id, uuid.uuid4()])[taken.id].name is None


def test_without_a_scanner_no_original_is_ever_handed_out() -> None:
    taken = keep(image())

    with pytest.raises(FileWithheld) as refusal:
        facts.original(taken.id)

    assert "原本" in refusal.value.sentence.ja


def test_a_clean_original_is_only_ever_saved_and_can_run_nothing() -> None:
    with clamd() as seen:
        taken = keep(pdf(2), "領収書.pdf")

    answer = views.saved(facts.original(taken.id))

    assert len(seen) == 1
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    shown = views.shown(facts.picture(taken.id, 2))
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]


def test_text_is_shown_as_text_and_nothing_else() -> None:
    taken = keep("配送業者の返事\n2026-11-01".encode(), "memo.html")

    shown = views.shown(facts.picture(taken.id))

    assert shown["Content-Type"] == "text/plain; charset=utf-8"
    assert shown.content.decode() == "配送業者の返事\n2026-11-01"
    assert facts.file(taken.id, named=True).name == "memo.html.txt"


@pytest.mark.parametrize("family", ["tcp", "unix"])
def test_what_the_scanner_finds_is_locked_away(family: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("s") / "clamd" if family == "unix" else None
    with clamd(family=family, place=place):
        taken = keep(EICAR, "eicar.txt")

    assert facts.file(taken.id).state is FileState.INFECTED
    for look in (facts.picture, facts.original):
        with pytest.raises(FileWithheld):
            look(taken.id)
    assert all(EICAR[:20] not in path.read_bytes() for path in on_disk())


@pytest.mark.parametrize("answer", [b"stream: OKAY\0", b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0"])
def test_a_scanner_that_does_not_say_ok_lets_nothing_pass(answer: bytes) -> None:
    with clamd(lambda content: answer):
        taken = keep(image())

    assert facts.file(taken.id).state is FileState.QUARANTINED


def test_an_absent_scanner_keeps_everything_back_even_the_pictures() -> None:
    with scanner_away():
        taken = keep(image())

    assert (facts.file(taken.id).state, facts.file(taken.id).pages) == (FileState.QUARANTINED, 0)
    with pytest.raises(FileWithheld):
        facts.picture(taken.id)
    settings.SCANNER = "carrier pigeon"
    try:
        assert take(image()).state is FileState.QUARANTINED
    finally:
        settings.SCANNER = ""


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"\xff\xd8\xff" + b"\0" * (10 << 20), FileTooLarge),
        (b"<svg onload=alert(1)>", FileNotTaken),
        (b"\0\0\0\x18ftypheic" + b"\0" * 10, HeicNotTaken),
        (pdf(21), TooManyPages),
    ],
    ids=["empty", "large", "svg", "heic", "pages"],
)
def test_a_refused_file_leaves_nothing_behind(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(content)

    assert on_disk() == []
    assert not File.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing_behind() -> None:
    content = image("JPEG", size=(900, 900), quality=95) + b"\0" * 50_000

    with small_disk(), pytest.raises(NoRoom) as refusal:
        take(content)

    assert "もう一度" in refusal.value.sentence.ja
    assert on_disk() == []


def test_a_folder_that_cannot_be_written_is_told_alike() -> None:
    settings.FILES.write_text("a file stands where the folder should")

    with pytest.raises(NoRoom):
        take(image())


def test_a_matter_holds_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    most = FILES_MOST.least or 1
    monkeypatch.setattr("mamori.ground.vault.taking.terms.setting", _fewer(most))
    keep(image(), about="contact.trouble:1")
    one_more = take(image())

    with pytest.raises(TooManyFiles), transaction.atomic():
        actions.keep(actor(), one_more, about="contact.trouble:1")
    actions.drop([one_more])

    keep(image(), about="contact.trouble:2")
    assert len(on_disk()) == 4


def _fewer(most: int) -> object:
    from mamori.ground.terms.facts import setting

    return lambda which, *, at: most if which is FILES_MOST else setting(which, at=at)


def test_shredding_its_owner_erases_the_file_and_its_bytes(
    django_capture_on_commit_callbacks: object,
) -> None:
    mine = keep(image())
    with transaction.atomic():
        theirs = actions.take_in(actor(by="seller:S-1"), subject="seller:S-1", name="b.png", content=image())
        actions.keep(actor(by="seller:S-1"), theirs, about="contact.trouble:1")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        ledger.shred(lead(), subject="buyer:B-1", reason="本人の求め")

    with pytest.raises(FileErased):
        facts.picture(mine.id)
    assert facts.file(mine.id, named=True).name is None
    assert facts.picture(theirs.id).content
    assert {path.name.partition(".")[0] for path in on_disk()} == {theirs.id.hex}


def test_a_file_whose_owners_key_is_gone_does_not_open_even_if_its_row_came_back() -> None:
    taken = keep(image())
    SubjectKey.objects.filter(subject="buyer:B-1").update(wrapped=None, shredded_at=MONDAY)

    with pytest.raises(FileErased):
        facts.picture(taken.id)
    assert facts.file(taken.id, named=True).name is None


def test_pages_and_files_that_are_not_there_are_refused() -> None:
    taken = keep(image())

    for page in (0, 2, -1):
        with pytest.raises(NoSuchFile):
            facts.picture(taken.id, page)
    with pytest.raises(NoSuchFile):
        facts.original(uuid.uuid4())


def test_every_flipped_byte_cut_and_swap_of_a_file_is_refused() -> None:
    key, file = taking.new_key(), uuid.uuid4()
    plain = bytes(range(256)) * 600  # three chunks
    taking.write_part(key=key, file=file, parts={0: plain, 1: b"page"})
    first, second = taking.file_of_part(file, 0), taking.file_of_part(file, 1)
    good, page = first.read_bytes(), second.read_bytes()
    chunk = taking.NONCE + taking.CHUNK + taking.TAG
    start = len(taking.MAGIC)
    spoilt = [good[:n] + bytes([good[n] ^ 1]) + good[n + 1 :] for n in range(0, len(good), 211)]
    spoilt += [good[:n] for n in (0, 5, start, start + chunk, start + 2 * chunk, len(good) - 1)]
    spoilt += [good[:start] + good[start + chunk :], good + good[start : start + chunk], good + b"x", page]
    spoilt += [
        good[:start]
        + good[start + chunk : start + 2 * chunk]
        + good[start : start + chunk]
        + good[start + 2 * chunk :]
    ]
    spoilt += [page[:n] + bytes([page[n] ^ 0x80]) + page[n + 1 :] for n in range(len(page))]

    assert taking.read_part(key=key, file=file, part=0) == plain
    for bad in spoilt:
        first.write_bytes(bad)
        with pytest.raises(FileDamaged):
            taking.read_part(key=key, file=file, part=0)
    first.write_bytes(good)
    with pytest.raises(FileDamaged):
        taking.read_part(key=taking.new_key(), file=file, part=0)
    first.unlink()
    with pytest.raises(FileDamaged):
        taking.read_part(key=key, file=file, part=0)
    assert len(spoilt) > 700


@pytest.mark.parametrize("size", [0, 1, taking.CHUNK - 1, taking.CHUNK, taking.CHUNK + 1, 3 * taking.CHUNK])
def test_any_length_comes_back_as_it_was(size: int) -> None:
    key, file = taking.new_key(), uuid.uuid4()

    taking.write_part(key=key, file=file, parts={0: b"x" * size})

    assert taking.read_part(key=key, file=file, part=0) == b"x" * size


def test_a_ticket_is_for_one_file_one_person_and_ten_minutes() -> None:
    file, other = uuid.uuid4(), uuid.uuid4()
    ticket = facts.ticket(file, who="agent:7", at=MONDAY)

    assert facts.admits(ticket, file=file, who="agent:7", at=later(minutes=9))
    for given, asked, who, at in (
        (ticket, other, "agent:7", MONDAY),
        (ticket, file, "agent:8", MONDAY),
        (ticket, file, "agent:7", later(minutes=10)),
        ("", file, "agent:7", MONDAY),
        (ticket + "x", file, "agent:7", MONDAY),
    ):
        assert not facts.admits(given, file=asked, who=who, at=at)


def test_only_the_machine_and_those_who_answer_for_it_erase_a_file() -> None:
    taken = keep(image())
    with pytest.raises(actions.EraseNotYours):
        actions.erase(actor(), file=taken.id, reason="いらない")

    actions.erase(lead(), file=taken.id, reason="誤って送られた")

    assert facts.file(taken.id).state is FileState.ERASED


def test_what_is_laid_by_opens_to_its_holder_alone_and_goes_after_a_day(db: None) -> None:
    ticket = taking.lay_by("会員１".encode(), who="lead:1")
    taking.lay_beside(ticket, b"two", who="lead:1", part=10)
    taking.lay_beside(ticket, b"one", who="lead:1", part=9)
    [one, *_] = paths = [path for _, path, _ in taking.parts_standing()]

    assert taking.laid(ticket, who="lead:1") == "会員１".encode()
    assert list(taking.laid_beside(ticket, who="lead:1")) == [b"one", b"two"]
    assert all(b"one" not in path.read_bytes() and path.stat().st_mode & 0o77 == 0 for path in paths)
    for ticket_of, who in ((ticket, "lead:2"), (ticket + "x", "lead:1")):
        with pytest.raises(taking.LaidGone):
            taking.laid(ticket_of, who=who)
    written = datetime.fromtimestamp(one.stat().st_mtime, UTC)
    assert actions.sweep(at=written + timedelta(minutes=55)) == 0
    assert actions.sweep(at=written + timedelta(minutes=65)) == 3
    assert not one.exists()
    with pytest.raises(taking.LaidGone):
        taking.laid(ticket, who="lead:1")
