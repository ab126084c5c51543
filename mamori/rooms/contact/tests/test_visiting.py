"""Asking before a purchase without an account: a code proves the address, a mailed link opens it, the seller sees neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.facts import ListingState
from mamori.ground.outbox.models import Notice
from mamori.ground.outbox.notices import secret_of
from mamori.ground.people.actions import TooMany
from mamori.ground.people.facts import MAIL_CODES, MAIL_CODES_FROM
from mamori.ground.post import audience as post
from mamori.ground.seal.models import SubjectKey
from mamori.ground.vault import actions as vault
from mamori.law.deadlines import QUESTION_ANSWER
from mamori.law.grounds import SUIT
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions import visiting
from mamori.rooms.contact.models import Asker, Message, Thread
from mamori.rooms.contact.tests.conftest import MONDAY, actor, lead, machine
from mamori.rooms.contact.topics import Topic

MAIL = "hanako@example.jp"
ASKED = {"listing": "L-1", "topic": "goods", "said": "この毛布は洗えますか", "mail": MAIL}
TOKEN = "8a1a0a52-65b3-4a37-a7f5-1f3a1f4e1d11"

pytestmark = pytest.mark.usefixtures("market_of_two", "mailing")


@pytest.fixture
def mailing(settings: object) -> None:
    settings.MAMORI_MAIL = "folder:///nowhere"  # type: ignore[attr-defined]


def retain(at: datetime) -> None:
    """Do what the worker does each day."""
    actions.erase_askers(machine(at), over=at - timedelta(days=366), limit=50)


@pytest.fixture
def visitor() -> Client:
    return Client()


def sends(client: Client, **given: str) -> str:
    """Send the form and return where it leads, "" where it was given back."""
    answer = client.post("/ask/", ASKED | {"token": TOKEN} | given)
    return answer.headers.get("Location", "")


def secrets(name: str = "") -> list[str]:
    """Return what mails to people without an account carry, the oldest first."""
    rows = Notice.objects.filter(to__startswith="asker:", sealed__isnull=False).order_by("pk")
    return [secret_of(row) for row in rows if name in row.template]


def asks(client: Client, **given: str) -> str:
    """Ask and prove the address; return the path of the question's page, as its mail says it."""
    page = sends(client, **given)
    client.post(page, {"code": secrets("code")[-1]})
    return "/" + secrets("visitor")[-1].partition("://")[2].partition("/")[2]


def test_a_question_reaches_the_seller_once_its_address_is_proven_and_is_read_by_the_mails_link_alone(
    visitor: Client, enter: Enter
) -> None:
    code_page = sends(visitor)
    assert Thread.objects.count() == 0, "nothing reaches anybody before the code"
    proven = visitor.post(code_page, {"code": secrets("code")[-1]}, follow=True).content.decode()
    thread = Thread.objects.get()
    page = "/" + secrets("visitor")[-1].partition("://")[2].partition("/")[2]
    shop = enter(Role.SELLER, "seller:S-1")
    number = cases.case_of(f"contact.thread:{thread.pk}").number

    told = shop.get(f"/seller/threads/{number}/").content.decode()
    actions.answer(actor("seller:S-1", Role.SELLER, datetime.now(UTC)), thread=thread.pk, said="洗えます")
    read = Client().get(page).content.decode()

    assert "質問を送りました" in proven
    assert ASKED["said"] not in proven, "the page of the code tells nothing any more"
    assert [one.kind for one in clocks.open_clocks(f"contact.thread:{thread.pk}")] == ["contact.silence"]
    assert ASKED["said"] in told
    assert MAIL not in told
    assert "hanako" not in told
    assert "この毛布は洗えますか" in read
    assert "洗えます" in read
    assert len(secrets("visitor")) == 2, "the answer is told by mail"
    assert {post.recipient(f"asker:{one.ref}", datetime.now(UTC)).mail for one in Asker.objects.all()} == {
        MAIL
    }


def test_the_clock_of_the_question_runs_from_the_proof(visitor: Client) -> None:
    asks(visitor)
    thread = Thread.objects.get()

    [clock] = clocks.open_clocks(f"contact.thread:{thread.pk}")

    assert clock.kind == QUESTION_ANSWER.code
    assert thread.answer_due_at == clock.due_at


def test_whoever_asked_writes_more_and_closes_it_on_the_page(visitor: Client) -> None:
    page = asks(visitor)

    visitor.post(page, {"said": "色は何色ですか", "token": TOKEN})
    visitor.post(page, {"said": "色は何色ですか", "token": TOKEN})
    assert Message.objects.count() == 2, "what is sent twice is taken once"
    visitor.post(page, {"close": "1", "token": "8a1a0a52-65b3-4a37-a7f5-1f3a1f4e1d12"})

    assert Thread.objects.get().state == "closed"
    assert visitor.get(page).status_code == 200


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"listing": "L-99"}, 404, "見つかりません"),
        ({"listing": "L-2"}, 409, "販売されていません"),
        ({"said": "あ" * 100_000}, 422, "10,000"),
        ({"said": " "}, 422, "内容"),
        ({"mail": "nobody"}, 422, "メール"),
        ({"mail": "a@example.jp\r\nBcc: b@example.jp"}, 422, "メール"),
        ({"mail": "a@example.jp, b@example.jp"}, 422, "メール"),
    ],
)
def test_what_cannot_be_asked_is_said_plainly_and_the_words_stay(
    visitor: Client, given: dict[str, str], status: int, sentence: str
) -> None:
    gone = ListingLine(ref="L-2", seller="S-2", name="品", price=8_000, state=ListingState.GONE)
    market.put_listing(machine(MONDAY), gone)

    answer = visitor.post("/ask/", ASKED | given)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert given.get("said", ASKED["said"]).strip() in answer.content.decode()
    assert Asker.objects.count() == Notice.objects.filter(to__startswith="asker:").count() == 0


def test_ten_tries_are_all_and_a_new_code_is_asked_for_with_the_words_kept(visitor: Client) -> None:
    page, right = sends(visitor), secrets("code")[-1]
    wrong = f"{(int(right) + 1) % 10**8:08}"

    answers = [visitor.post(page, {"code": wrong}) for _ in range(visiting.TRIES)]
    late = visitor.post(page, {"code": right})
    shown = late.content.decode()
    visitor.post(page, {"again": "1"})
    new = secrets("code")[-1]

    assert {answer.status_code for answer in answers} == {422}
    assert late.status_code == 422
    assert "コードが違うか" in shown
    assert ASKED["said"] in shown
    assert Thread.objects.count() == 0
    assert visitor.post(page, {"code": right}).status_code == (422 if right != new else 302)
    visitor.post(page, {"code": f" {new[:4]}-{new[4:]} "})
    assert Thread.objects.count() == 1


def test_a_code_that_is_late_is_worth_nothing() -> None:
    nobody = actor("anonymous", Role.ANONYMOUS)
    begin(nobody)
    code = secrets("code")[-1]

    with pytest.raises(visiting.CodeWrong):
        actions.prove_question(
            actor("anonymous", Role.ANONYMOUS, MONDAY + timedelta(minutes=31)), ticket="t", code=code
        )

    assert Thread.objects.count() == 0


def begin(who: object, ticket: str = "t", **given: object) -> None:
    asked = {"listing_ref": "L-1", "topic": Topic.GOODS, "said": "洗えますか", "mail": MAIL, "source": ticket}
    actions.begin_question(who, ticket=ticket, language="ja", **(asked | given))  # type: ignore[arg-type]


def test_the_same_question_twice_is_one_question_and_its_page_is_mailed_again(visitor: Client) -> None:
    first = asks(visitor)
    assert sends(visitor) == sends(visitor), "the same form leads to the same page"

    again = asks(visitor, token="8a1a0a52-65b3-4a37-a7f5-1f3a1f4e1d13", said=" この毛布は洗えますか ")
    shown = visitor.get(
        sends(visitor, token="8a1a0a52-65b3-4a37-a7f5-1f3a1f4e1d13", said=" この毛布は洗えますか ")
    )

    assert again == first
    assert Thread.objects.count() == Message.objects.count() == 1
    assert "同じ質問を、すでに受け付けています" in shown.content.decode()


def test_the_same_form_twice_in_the_same_moment_is_one_question_with_one_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second has looked already when the first is kept."""
    nobody, look, before = actor("anonymous", Role.ANONYMOUS), visiting._on_offer, [True]

    def looks(ref: str) -> None:
        if before and before.pop():
            begin(nobody)
        look(ref)

    monkeypatch.setattr(visiting, "_on_offer", looks)
    begin(nobody)

    assert Asker.objects.count() == len(secrets("code")) == 1


def test_nobodys_mailbox_is_flooded_whoever_asks_from_wherever(visitor: Client) -> None:
    at = datetime.now(UTC)
    for number in range(40):
        try:
            begin(
                actor("anonymous", Role.ANONYMOUS, at),
                ticket=f"t{number}",
                mail=MAIL.upper() if number % 2 else MAIL,
            )
        except TooMany:
            continue

    answer = visitor.post("/ask/", ASKED)

    assert len(secrets("code")) == MAIL_CODES.most
    assert answer.status_code == 429
    assert ASKED["said"] in answer.content.decode()


def test_one_mailbox_is_not_flooded_under_many_spellings_nor_many_mailboxes_from_one_network() -> None:
    nobody = actor("anonymous", Role.ANONYMOUS)
    for number in range(MAIL_CODES.most):
        begin(nobody, ticket=f"t{number}", mail=f"hanako+{number}@example.jp", source="192.0.2.1")
    with pytest.raises(TooMany):
        begin(nobody, ticket="t", mail="Hanako+more@example.jp", source="198.51.100.1")
    with pytest.raises(TooMany):
        actions.send_code_again(nobody, ticket="t0", source="198.51.100.1")
    assert Asker.objects.count() == MAIL_CODES.most, "what got no code is not kept"

    begin(nobody, mail="taro@example.jp", source="198.51.100.1")
    for number in range(MAIL_CODES_FROM.most - MAIL_CODES.most):
        row = number // MAIL_CODES.most
        if number % MAIL_CODES.most == 0:
            begin(nobody, ticket=f"r{row}", mail=f"r{row}@example.jp", source="192.0.2.1")
        else:
            actions.send_code_again(nobody, ticket=f"r{row}", source="192.0.2.1")
    with pytest.raises(TooMany):
        actions.send_code_again(nobody, ticket="t", source="192.0.2.1")


def test_who_asks_about_a_burn_is_told_what_to_do_and_staff_are_told_once_it_is_asked(
    visitor: Client,
) -> None:
    staff, link = Notice.objects.filter(to__in=("agent", "lead")), "/complaints/?listing=L-1"
    code_page = sends(visitor, said="先週買った充電器が発火して、やけどしました。使い続けて大丈夫ですか")
    unproven = visitor.get(code_page).content.decode()
    assert not staff.exists()

    visitor.post(code_page, {"code": secrets("code")[-1]})
    page = "/" + secrets("visitor")[-1].partition("://")[2].partition("/")[2]
    read = visitor.get(page).content.decode()

    for shown in (unproven, read):
        assert "119番" in shown
        assert link in shown
    assert sorted(staff.values_list("to", "template")) == [
        ("agent", "contact.question_danger"),
        ("lead", "contact.question_danger"),
    ]


def test_a_question_without_danger_says_nothing_of_it_until_words_of_it_are_added(visitor: Client) -> None:
    page = asks(visitor)
    before = visitor.get(page).content.decode()
    visitor.post(page, {"said": "前に買ったものから煙が出ました", "token": TOKEN})

    assert "119番" not in before
    assert "119番" in visitor.get(page).content.decode()
    assert Notice.objects.filter(template="contact.question_danger").count() == 2


def test_whoever_tries_which_goods_there_are_is_stopped_soon(visitor: Client) -> None:
    answers = [visitor.post("/ask/", ASKED | {"listing": f"X-{n}"}).status_code for n in range(30)]

    assert answers.count(404) == visiting.QUESTIONS.most
    assert set(answers) == {404, 429}


def test_nobody_opens_a_question_with_anything_but_its_own_secret(visitor: Client, enter: Enter) -> None:
    code_page = sends(visitor)
    ticket = code_page.rstrip("/").rpartition("/")[2]
    visitor.post(code_page, {"code": secrets("code")[-1]})
    row = Asker.objects.get()
    assert row.thread is not None
    number = cases.case_of(f"contact.thread:{row.thread.pk}").number

    for secret in (ticket, row.ref, row.page, row.buyer_ref, "forged"):
        assert visitor.get(f"/ask/mine/{secret}/").status_code == 404
    for role, who in ((Role.BUYER, "buyer:B-1"), (Role.SELLER, "seller:S-2"), (Role.BUYER, "buyer:EVE")):
        client, base = enter(role, who), "/seller" if role is Role.SELLER else ""
        assert client.get(f"{base}/threads/{number}/").status_code == 404
    replay = visitor.post(code_page, {"code": "00000000"})
    assert "質問を送りました" in replay.content.decode()
    assert Thread.objects.count() == 1


def test_without_mail_the_page_is_not_offered_and_says_whom_to_call(
    visitor: Client, settings: object
) -> None:
    settings.MAMORI_MAIL = ""  # type: ignore[attr-defined]

    shown, sent = visitor.get("/ask/").content.decode(), visitor.post("/ask/", ASKED)

    assert "メールをお送りできない" in shown
    assert 'name="said"' not in shown
    assert sent.status_code == 409
    assert Asker.objects.count() == 0


def test_the_address_and_the_words_are_erased_with_their_time_and_a_hold_keeps_them(visitor: Client) -> None:
    page = asks(visitor)
    row = Asker.objects.get()
    assert row.thread is not None
    now = datetime.now(UTC)
    name = f"contact.thread:{row.thread.pk}"
    actions.close_thread(actor(f"buyer:{row.buyer_ref}", Role.BUYER, now), thread=row.thread.pk)
    held = vault.hold(lead(now), what=name, ground=SUIT, reason="訴え")

    retain(at=now + timedelta(days=400))
    assert visitor.get(page).status_code == 200
    vault.lift(lead(now + timedelta(days=401)), number=held, reason="終わった")
    retain(at=now + timedelta(days=402))

    row.refresh_from_db()
    assert (row.sealed, row.page, bytes(row.mark)) == (None, None, b"")
    assert visitor.get(page).status_code == 404
    assert post.recipient(row.subject, now).mail == ""
    left = SubjectKey.objects.filter(subject__in=(row.subject, f"buyer:{row.buyer_ref}"), shredded_at=None)
    assert not left.exists()


def test_what_nobody_proved_is_gone_after_a_day(visitor: Client) -> None:
    code_page = sends(visitor)

    retain(at=datetime.now(UTC) + timedelta(hours=23))
    assert Asker.objects.exclude(sealed=None).count() == 1
    retain(at=datetime.now(UTC) + timedelta(hours=25))

    assert Asker.objects.exclude(sealed=None).count() == 0
    assert visitor.get(code_page).status_code == 404


def test_a_buyer_who_is_signed_in_asks_as_before(enter: Enter) -> None:
    page = enter(Role.BUYER, "buyer:B-1").get("/ask/", follow=True).content.decode()

    assert 'name="mail"' not in page


def test_once_it_is_proven_no_code_is_sent_or_tried_any_more_and_without_mail_nothing_begins(
    visitor: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = sends(visitor).rstrip("/").rpartition("/")[2]
    nobody, code = machine(datetime.now(UTC)), secrets("code")[-1]
    with monkeypatch.context() as meanwhile:  # another window proves it in the same moment
        meanwhile.setattr(visiting, "take_turns", lambda _: Asker.objects.update(code=None))
        actions.prove_question(nobody, ticket=ticket, code=code)
    assert Thread.objects.count() == 0

    Asker.objects.update(proven_at=nobody.at)
    actions.send_code_again(nobody, ticket=ticket, source="192.0.2.1")
    actions.prove_question(nobody, ticket=ticket, code="0")
    assert len(secrets("code")) == 1

    settings.MAMORI_MAIL = ""
    with pytest.raises(visiting.NoMailHere):
        actions.begin_question(
            nobody,
            listing_ref="L-1",
            topic=Topic("goods"),
            said="?",
            mail=MAIL,
            ticket="x",
            source="192.0.2.1",
            language="ja",
        )
