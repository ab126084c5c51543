"""Letters for those without mail: set as accessible PDF, printed, posted, and safe from what anybody wrote."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import facts as notices
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.post import actions, facts, letters
from mamori.ground.post.letters import postal
from mamori.ground.post.models import Mail
from mamori.ground.post.tending import NoPostalAddress, NoSuchLetter, NoSuchMail, WhyMissing
from mamori.ground.post.tests.conftest import ANSWERED, LEAD, MACHINE, NOON, MailServer, tell
from mamori.ground.terms import actions as terms
from mamori.law.settings import LETTERS_ON, OPERATOR_ADDRESS, OPERATOR_NAME, OPERATOR_PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("readers")]


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def letter(to: str = "buyer:B-2") -> int:
    tell(to)
    actions.deliver(at=NOON)
    return facts.letters()[-1].number


def test_a_letter_shows_whom_from_whom_the_number_and_the_telephone(mail: MailServer) -> None:
    for setting, value in (
        (OPERATOR_NAME, "守り市場 相談窓口"),
        (OPERATOR_PHONE, "03-0000-1880"),
        (OPERATOR_ADDRESS, "〒100-0001 東京都千代田区架空町1-1"),
    ):
        terms.set(LEAD, setting=setting, value=value)

    pdf = facts.letter_pdf(letter(), at=NOON)

    assert pdf
    told = words(pdf)
    for expected in (
        "〒371-0000",
        "群馬県前橋市架空町1-26-22",
        "濵田 徹 様",
        "1234 5678",
        "03-0000-1880",
        "守り市場 相談窓口",
        "2026年11月24日",
        "https://help.market.example/threads/1/",
        "188",
        "The seller has answered",
    ):
        assert expected in told, expected
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_a_letter_can_be_read_by_machines_that_read_aloud(mail: MailServer) -> None:
    pdf = facts.letter_pdf(letter(), at=NOON)

    assert pdf
    assert b"pdfuaid" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/Lang(ja-JP)" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "出品者から回答が届きました"


@pytest.mark.parametrize(
    "wish",
    ['#eval("1+1")', "*太字* _斜体_ $x$ @ref <b> `code` \\ #", '#read("/etc/passwd")', "#panic()", "]] #[ ("],
)
def test_what_anybody_wrote_is_never_an_order_to_the_typesetter(mail: MailServer, wish: str) -> None:
    market.put_buyer(MACHINE, BuyerLine(ref="B-5", name=wish, address=f"〒371-0000 {wish}"))

    pdf = facts.letter_pdf(letter("buyer:B-5"), at=NOON)

    assert pdf
    assert words(pdf).count(wish) == 2


def test_a_very_long_address_still_leaves_room_for_the_name(mail: MailServer) -> None:
    market.put_buyer(
        MACHINE, BuyerLine(ref="B-5", name="だれか さん", address="東京都" + "長い名前の町" * 40)
    )

    pdf = facts.letter_pdf(letter("buyer:B-5"), at=NOON)

    assert pdf
    assert "だれか さん 様" in words(pdf)


def test_a_letter_is_printed_then_posted_and_each_step_is_recorded(mail: MailServer) -> None:
    number = letter()

    with pytest.raises(StepNotOpen):
        actions.mark_posted(LEAD, letter=number)
    actions.mark_printed(LEAD, letter=number)
    actions.mark_printed(LEAD, letter=number)
    actions.mark_posted(LEAD, letter=number)

    assert facts.letters() == ()
    assert facts.count_letters() == 0
    assert notices.notices(to="buyer:B-2")[0].state is NoticeState.DELIVERED
    kinds = [act.content["kind"] for act in ledger.acts_about(f"post.letter:{number}") if act.content]
    assert kinds == ["post.printed", "post.printed", "post.posted"]
    with pytest.raises(NoSuchLetter):
        actions.mark_printed(LEAD, letter=number)


def test_a_letter_that_is_left_out_says_why(mail: MailServer) -> None:
    number = letter()

    with pytest.raises(WhyMissing):
        actions.leave_letter_out(LEAD, letter=number, reason=" ")
    actions.leave_letter_out(LEAD, letter=number, reason="電話で伝えた")

    assert facts.letters() == ()
    assert notices.notices(to="buyer:B-2")[0].state is NoticeState.KEPT


def test_a_mail_that_does_not_arrive_becomes_a_letter_when_a_person_says_so(mail: MailServer) -> None:
    market.put_buyer(
        MACHINE, BuyerLine(ref="B-4", name="だれか", mail="gone@example.jp", address="〒371-0000 群馬県")
    )
    mail.say("RCPT", "550 no such user")
    tell("buyer:B-4")
    actions.deliver(at=NOON)

    actions.write_instead(LEAD, mail=facts.stuck()[0].number)

    assert facts.stuck() == ()
    assert [one.to for one in facts.letters()] == ["buyer:B-4"]


def test_without_a_postal_address_a_mail_stays_a_mail(mail: MailServer) -> None:
    mail.say("RCPT", "550 no such user")
    tell()
    actions.deliver(at=NOON)

    with pytest.raises(NoPostalAddress):
        actions.write_instead(LEAD, mail=facts.stuck()[0].number)

    assert len(facts.stuck()) == 1
    with pytest.raises(NoSuchMail):
        actions.retry(LEAD, mail=999)


def test_an_operator_may_want_no_letters(mail: MailServer) -> None:
    terms.set(LEAD, setting=LETTERS_ON, value=False)
    tell("buyer:B-2")

    actions.deliver(at=NOON)

    assert facts.letters() == ()
    assert notices.notices(to="buyer:B-2")[0].state is NoticeState.KEPT


def test_a_buyer_tends_no_mail(mail: MailServer) -> None:
    number = letter()
    buyer = Actor(by="buyer:B-2", role=Role.BUYER, at=NOON, via="test")

    with pytest.raises(Exception, match="Only"):
        actions.mark_printed(buyer, letter=number)


def test_a_house_that_was_not_given_the_extra_says_what_to_install(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = letter()
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(letters.TypstMissing, match=r"uv sync.*--extra letters"):
        facts.letter_pdf(number, at=NOON)


def test_a_machine_without_japanese_letters_says_what_to_install(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    number = letter()
    monkeypatch.setattr(letters, "FONTS", ("No Such Font",))
    settings.MAMORI_FONTS = "/nowhere"

    with pytest.raises(letters.FontMissing, match="fonts-noto-cjk"):
        facts.letter_pdf(number, at=NOON)


@pytest.mark.parametrize(
    ("written", "code", "rest"),
    [
        ("〒371-0000 群馬県前橋市1-2", "371-0000", "群馬県前橋市1-2"),
        ("３７１ー０００８　群馬県", "371-0008", "群馬県"),
        ("3710000群馬県", "371-0000", "群馬県"),
        ("群馬県前橋市１−２−３", "", "群馬県前橋市1-2-3"),
        ("群馬県スーパーマーケット", "", "群馬県スーパーマーケット"),
        ("", "", ""),
    ],
)
def test_a_postal_code_is_found_however_it_is_written(written: str, code: str, rest: str) -> None:
    assert postal(written) == (code, rest)


def test_a_letter_printed_again_is_the_same_to_the_byte(mail: MailServer) -> None:
    number = letter()
    assert Mail.objects.count() == 1

    assert facts.letter_pdf(number, at=NOON) == facts.letter_pdf(number, at=NOON)
    assert facts.letter_pdf(number, at=NOON) != facts.letter_pdf(number, at=NOON + timedelta(days=1))


def test_a_notice_that_matters_goes_on_paper_beside_the_mail_and_says_so(mail: MailServer) -> None:
    market.put_buyer(
        MACHINE,
        BuyerLine(ref="B-4", name="清水 一郎", mail="b4@example.jp", address="岡山県岡山市北区架空町9"),
    )
    urgent = replace(ANSWERED, on_paper=True)

    for to in ("buyer:B-4", "buyer:B-2", "buyer:B-1"):
        tell(to, template=urgent)
    actions.deliver(at=NOON)

    assert [one.to for one in facts.letters()] == ["buyer:B-4", "buyer:B-2"]
    beside, instead = (
        "".join(words(facts.letter_pdf(one.number, at=NOON)).split()) for one in facts.letters()
    )
    assert "メールのほかに手紙でも" in beside
    assert "メールアドレスの登録がないか" in instead
    assert len(mail.taken) == 2


def test_where_letters_are_off_it_goes_by_mail_alone(mail: MailServer) -> None:
    terms.set(LEAD, setting=LETTERS_ON, value=False)

    tell("buyer:B-4", template=replace(ANSWERED, on_paper=True))

    assert not facts.letters()
