"""Before words are sent: the writer alone is shown what a machine noticed, and sends, mends or keeps them; a no is a no."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger.models import Act
from mamori.ground.outbox.models import Notice
from mamori.ground.terms import actions as terms
from mamori.ground.vault.actions import Ready, Upload
from mamori.ground.web.models import Reply
from mamori.ground.web.once import new_token
from mamori.japan.lures.checking import check
from mamori.law.grounds import PARTY_SHARE
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact, facts, forms, words
from mamori.rooms.contact.forms import FilesGone
from mamori.rooms.contact.models import Attachment, LureCount, Message, ScanningAnswer, Trouble
from mamori.rooms.contact.tests.conftest import actor, lead, open_trouble
from mamori.rooms.contact.views.before import segments
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_today")

LURE = "電話は０９０−１２３４−５６７８です。\r\n夕方に<b>お願い</b>します。"
PLAIN = "夕方にお願いします。"


@laid
def number() -> str:
    known = facts.trouble(open_trouble(datetime.now(UTC)))
    assert known is not None
    return known.case


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def seller(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def set_mode(mode: str) -> None:
    terms.set(lead(datetime.now(UTC) - timedelta(hours=1)), setting=SCANNING, value=mode)


def said() -> list[str]:
    """Return what was sent, as it lies under seal."""
    trouble = Trouble.objects.select_related("thread").first()
    return [] if trouble is None else [text or "" for _, text in words.read_all(trouble.thread)]


def shown() -> list[str]:
    """Return what both sides see."""
    return [
        text or ""
        for _, text in words.read_all(Trouble.objects.select_related("thread").get().thread, as_shown=True)
    ]


def mark_of(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


def test_a_text_is_marked_where_it_was_written_and_stays_whole() -> None:
    text = "☎０９０(1234)5678 か LINE：abc_123 へ。"
    finds = check(text, by="buyer")

    parts = segments(text, finds)

    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_found in parts if is_found] == [text[f.start : f.end] for f in finds]
    assert segments(text, (*finds, *finds)) == parts
    assert segments("", ()) == ()


@pytest.mark.parametrize("slug", ["write", "unsolved"])
def test_a_buyer_is_shown_the_span_and_nothing_has_happened_yet(
    buyer: Client, number: str, slug: str
) -> None:
    if slug == "unsolved":
        thread = Trouble.objects.get().thread_id
        contact.answer(actor("seller:S-1", Role.SELLER, datetime.now(UTC)), thread=thread, said="送ります")
    before = Act.objects.count(), Notice.objects.count(), Message.objects.count()

    page = buyer.post(f"/threads/{number}/{slug}/", {"said": LURE, "token": new_token()})

    text = page.content.decode()
    assert page.status_code == 200
    assert mark_of(text) == ["０９０−１２３４−５６７８"]
    assert "&lt;b&gt;お願い&lt;/b&gt;" in text
    assert "まだ送られていません" in text
    assert "no-store" in page["Cache-Control"]
    assert (Act.objects.count(), Notice.objects.count(), Message.objects.count()) == before
    assert not Reply.objects.exists()


@pytest.mark.parametrize("slug", ["answer", "acknowledge"])
def test_a_seller_is_told_why_it_matters_to_a_seller(seller: Client, number: str, slug: str) -> None:
    page = seller.post(f"/seller/threads/{number}/{slug}/", {"said": LURE, "token": new_token()})

    assert mark_of(page.content.decode()) == ["０９０−１２３４−５６７８"]
    assert "登録していない電話番号" in page.content.decode()
    assert said() == ["動きません"]


@pytest.mark.parametrize(
    ("choice", "edited", "sent", "counted"),
    [
        ("as_is", "ほかの文章", LURE, "kept"),
        ("change", PLAIN, PLAIN, ""),
    ],
)
def test_the_writer_sends_as_it_is_or_changed(
    buyer: Client, number: str, choice: str, edited: str, sent: str, counted: str
) -> None:
    form = {"said": edited, "original": LURE, "token": new_token(), "before": choice}
    buyer.post(f"/threads/{number}/write/", {"said": LURE, "token": form["token"]})

    first = buyer.post(f"/threads/{number}/write/", form)
    again = buyer.post(f"/threads/{number}/write/", form)

    assert first["Location"] == again["Location"] == f"/threads/{number}/?done=write"
    assert said() == ["動きません", sent]
    [row] = LureCount.objects.values("side", "kind", "shown", "kept")
    assert row == {"side": "buyer", "kind": "phone", "shown": 1, "kept": 0} | (
        {counted: 1} if counted else {}
    )


def test_changed_words_are_looked_at_again(buyer: Client, number: str) -> None:
    form = {"said": f"{LURE}！", "original": LURE, "token": new_token(), "before": "change"}

    page = buyer.post(f"/threads/{number}/write/", form)

    assert mark_of(page.content.decode())
    assert len(said()) == 1


def test_a_choice_that_is_offered_no_more_shows_the_words_again_and_sends_nothing(
    buyer: Client, number: str
) -> None:
    form = {"said": LURE, "original": LURE, "token": new_token(), "before": "remove"}

    page = buyer.post(f"/threads/{number}/write/", form)

    assert mark_of(page.content.decode())
    assert len(said()) == 1


@pytest.mark.parametrize("base", ["/report/", "/ask/"])
def test_who_begins_a_conversation_is_shown_it_before_the_next_question(buyer: Client, base: str) -> None:
    first = {"order": {"order": "O-3"}} if base == "/report/" else {"listing": {"listing": "L-1"}}
    asked = [*first.items(), ("topic", {"topic": "broken" if base == "/report/" else "goods"})]
    if base == "/report/":
        asked.append(("harm", {"harm": "money"}))
    for step, answer in asked:
        assert buyer.post(f"{base}{step}/", answer).status_code == 302

    stopped = buyer.post(f"{base}words/", {"said": LURE})
    skipped = buyer.get(f"{base}check/")
    went_on = buyer.post(f"{base}words/", {"said": "x", "original": LURE, "before": "as_is"})

    assert mark_of(stopped.content.decode()) == ["０９０−１２３４−５６７８"]
    assert skipped["Location"].startswith(f"{base}words/")
    assert went_on.status_code == 302
    assert "０９０" in buyer.get(went_on["Location"], follow=True).content.decode() or base == "/report/"
    assert LureCount.objects.get().kept == 1


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "orange").save(out, "PNG")
    out.seek(0)
    out.name = "皿.png"
    return out


def test_files_wait_while_the_writer_looks_and_go_with_the_words(buyer: Client, number: str) -> None:
    token = new_token()
    page = buyer.post(
        f"/threads/{number}/write/", {"said": LURE, "token": token, "attached": photo()}
    ).content.decode()
    box = re.search(r'name="carried" value="([^"]+)"', page)
    assert box
    form = {"said": LURE, "original": LURE, "token": token, "before": "as_is", "carried": box[1]}

    first = buyer.post(f"/threads/{number}/write/", form)
    again = buyer.post(f"/threads/{number}/write/", form)

    assert first["Location"] == again["Location"]
    assert Attachment.objects.count() == 1
    assert buyer.get(f"/threads/{number}/files/1/1/").status_code == 200


def test_files_that_waited_too_long_or_are_anothers_are_asked_for_again(buyer: Client, number: str) -> None:
    mine = actor("buyer:B-1", Role.BUYER, datetime.now(UTC))
    early = actor("buyer:B-1", Role.BUYER, mine.at - forms.WAIT)
    theirs = actor("buyer:B-2", Role.BUYER, mine.at)
    ready = contact.prepare(mine, [Upload(name="皿.png", content=photo().read())])

    for box in (forms.pack(early, ready), forms.pack(theirs, ready), "x", forms.pack(mine, ready)[:-4]):
        with pytest.raises(FilesGone):
            forms.unpack(mine, box)
    assert forms.unpack(mine, forms.pack(mine, ready)).files == ready.files
    assert forms.pack(mine, Ready()) == ""
    sent = buyer.post(f"/threads/{number}/write/", {"said": PLAIN, "token": new_token(), "carried": "x"})
    assert sent.status_code == 422
    assert "選び直してください" in sent.content.decode()
    assert PLAIN in sent.content.decode()
    assert len(said()) == 1


def test_what_nobody_sends_leaves_no_file_behind(buyer: Client, number: str) -> None:
    form = {"said": PLAIN, "token": new_token(), "attached": photo()}
    contact.withdraw(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), trouble=Trouble.objects.get().pk)

    refused = buyer.post(f"/threads/{number}/write/", form)

    assert refused.status_code == 409
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]


def test_nothing_comes_between_when_it_is_off_or_refused(buyer: Client, number: str) -> None:
    contact.answer_scanning(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), agrees=False)

    sent = buyer.post(f"/threads/{number}/write/", {"said": LURE, "token": new_token()})

    assert sent.status_code == 302
    assert said()[-1] == LURE
    assert not LureCount.objects.exists()
    assert "機械が確かめ" not in buyer.get(f"/threads/{number}/").content.decode()


@pytest.mark.parametrize(("choice", "stops"), [("agree", True), ("refuse", False)])
def test_where_the_mode_needs_it_the_writer_is_asked_once_and_a_no_sends(
    buyer: Client, number: str, choice: str, stops: bool
) -> None:
    set_mode("ask")
    form = {"said": LURE, "token": new_token()}

    asked = buyer.post(f"/threads/{number}/write/", form)
    answered = buyer.post(f"/threads/{number}/write/", form | {"before": choice})

    assert "機械が確かめてもよいですか" in asked.content.decode()
    assert not mark_of(asked.content.decode())
    assert bool(mark_of(answered.content.decode())) is stops
    assert ScanningAnswer.objects.get().agrees is stops
    assert (said()[-1] == LURE) is not stops
    later = buyer.post(f"/threads/{number}/write/", {"said": PLAIN, "token": new_token()})
    assert later.status_code == 302


def test_where_both_agreed_the_part_is_hidden_from_both_and_the_original_stays_under_seal(
    buyer: Client, seller: Client, number: str
) -> None:
    set_mode("mask")
    for who in (actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), actor("seller:S-1", Role.SELLER)):
        contact.answer_scanning(who, agrees=True)
    form = {"said": LURE, "token": new_token()}

    page = buyer.post(f"/threads/{number}/write/", form).content.decode()
    buyer.post(f"/threads/{number}/write/", form | {"original": LURE, "before": "as_is"})

    assert "印の部分を伏せて送る" in page
    assert said()[-1] == LURE
    assert "０９０" not in shown()[-1]
    assert shown()[-1].startswith("電話は〔電話番号")
    for client, base in ((buyer, "/threads/"), (seller, "/seller/threads/")):
        seen = client.get(f"{base}{number}/").content.decode()
        assert "０９０" not in seen
        assert "一部を機械が伏せました" in seen


@pytest.mark.parametrize("silent", ["buyer:B-1", "seller:S-1"])
def test_nothing_is_hidden_while_one_side_has_not_agreed(buyer: Client, number: str, silent: str) -> None:
    set_mode("mask")
    for by, role in (("buyer:B-1", Role.BUYER), ("seller:S-1", Role.SELLER)):
        if by != silent:
            contact.answer_scanning(actor(by, role, datetime.now(UTC)), agrees=True)
    thread = Trouble.objects.get().thread_id

    contact.write(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), thread=thread, said=LURE)

    assert shown()[-1] == said()[-1] == LURE


def test_staff_read_the_original_where_they_may_read_at_all() -> None:
    set_mode("mask")
    at = datetime.now(UTC)
    for by, role in (("buyer:B-1", Role.BUYER), ("seller:S-1", Role.SELLER)):
        contact.answer_scanning(actor(by, role, at), agrees=True)
    trouble = open_trouble(at)
    thread = Trouble.objects.get(pk=trouble).thread_id
    mine = actor("buyer:B-1", Role.BUYER, at)
    contact.write(mine, thread=thread, said=LURE)
    contact.share(actor("seller:S-1", Role.SELLER, at), thread=thread)

    by_staff = contact.look(actor("agent:a", Role.AGENT, at), thread=thread, ground=PARTY_SHARE)
    by_party = contact.look(mine, thread=thread)

    assert by_staff[-1].words == LURE
    assert "０９０" not in (by_party[-1].words or "")
