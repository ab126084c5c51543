"""By pages alone a request is entered, called back, acted upon, answered and closed; a forged one is never carried out."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.japan.calendar import JAPAN
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.safety.agencies import actions as agencies
from mamori.rooms.safety.agencies.actions import AgencyTold
from mamori.rooms.safety.models import AuthorityRequest
from mamori.rooms.safety.requests.matter import about, rows_of, said_of
from mamori.rooms.safety.requests.queries import LINES_IN_LETTER
from mamori.rooms.safety.tests import requested as laid_out
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]
PHONE = "03-0000-1234"
THEIR_OWN = "090-9999-0000"
WHY = "登録された番号で、文書の番号と担当者を確かめた。"
LIST = "製品名\tURL\n充電器\t{}\n赤いもの全般\t\nよその品\thttps://other.example.com/9".format(
    laid_out.URL.format("L-1")
)


@laid
def listed(db: None) -> None:
    laid_out.shops()
    laid_out.listing("L-1")
    laid_out.listing("L-2")


@pytest.fixture
def lead(enter: Enter) -> Client:
    return enter(Role.LEAD, "lead:2")


def known(*, confirmed: bool = True) -> int:
    one, other = (Actor(by=f"agent:{n}", role=Role.AGENT, at=datetime.now(UTC), via="test") for n in (1, 2))
    told = AgencyTold(
        name="経済産業省", office="製品安全課", phone=PHONE, page="https://example.go.jp/contact"
    )
    number = agencies.enter_agency(one, told=told)
    if confirmed:
        agencies.confirm_agency(other, agency=number, reason=WHY)
    return number


def page(client: Client, path: str, language: str = "ja") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def send(client: Client, path: str, **told: Any) -> HttpResponse:
    """Fill in the form of a decision and send it."""
    context = client.get(path).context
    assert context is not None, f"{path} is not offered"
    hidden = {"token": context["token"], "version": context["form"].initial.get("version", 0)}
    return client.post(path, hidden | told, follow=True)  # type: ignore[return-value]


def on(name: str, day: date) -> dict[str, int]:
    """Return a day as the three boxes of a form hold it."""
    return {f"{name}_year": day.year, f"{name}_month": day.month, f"{name}_day": day.day}


def today() -> date:
    return datetime.now(JAPAN).date()


def entered(client: Client, **told: Any) -> HttpResponse:
    given = {"basis": "product-safety", "channel": "mail", "by": "経済産業省", "paper": "20261203産局第1号"}
    given |= {"officer": "山田", "contact": THEIR_OWN, "words": "次の製品の出品を削除してください。"}
    return send(client, "/desk/requests/enter/", **given | on("received_on", today()) | told)


def newest() -> AuthorityRequest:
    return AuthorityRequest.objects.latest("pk")


def test_from_the_letter_to_the_answer_by_pages(lead: Client) -> None:
    entered(lead, agency=known(), pasted=LIST)
    row = newest()
    base = f"/desk/requests/{row.pk}/"
    shown = page(lead, base)
    assert re.search(rf'class="callback"><a class="number" href="tel:{PHONE.replace("-", "")}"', shown)
    assert f"tel:{THEIR_OWN.replace('-', '')}" not in shown
    assert lead.get(f"{base}answer/").status_code == 409

    send(lead, f"{base}verify/", reason=WHY)
    hits = f"{base}hits/"
    send(lead, f"{hits}list/")
    send(lead, f"{hits}sure/")
    send(lead, f"{hits}confirm/")
    send(lead, f"{hits}act/", way="within")
    letter = page(lead, f"{base}answer/?format=txt")
    send(lead, f"{base}sent/", reason="表と文を、確かめた宛先にメールで送った。")
    send(lead, f"{base}close/", reason="回答して終えた。")

    row.refresh_from_db()
    assert row.state == "closed"
    assert Measure.objects.get().target_ref == "L-1"
    assert letter.startswith("要請への回答\n経済産業省 製品安全課 山田様\n")
    for said in (
        "文書：20261203産局第1号",
        f"送り主を折り返しの電話で確かめた日時：{today().year}年",
        "対象の出品が見つかった行：1行",
        "見つからなかった行：1行",
        "どの商品か決められず、お尋ねする行：1行",
        "要請の範囲内で対応した出品：1件",
        "自社の判断で対応した出品：0件",
        "1行目 充電器",
        "当方の商品番号 L-1、非表示を指示した（実施の確認待ち）（",
        "要請の範囲内で（",
        "「赤いもの全般」だけでは、どの商品か決められません。",
    ):
        assert said in letter
    assert "回答した日時" in page(lead, base)


def test_the_letter_is_a_pdf_too(lead: Client) -> None:
    pytest.importorskip("typst")
    number = laid_out.request()
    AuthorityRequest.objects.filter(pk=number).update(state="acted", acted_at=datetime.now(UTC))

    answer = lead.get(f"/desk/requests/{number}/answer/")

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_what_is_too_long_for_the_letter_stands_in_the_table(lead: Client) -> None:
    number = laid_out.request()
    address = laid_out.URL.format("L-1")
    hits = f"/desk/requests/{number}/hits/"
    send(lead, f"{hits}list/", pasted="\n".join([address] * (LINES_IN_LETTER + 3)))
    for slug, told in (("sure", {}), ("confirm", {}), ("act", {"way": "own"})):
        send(lead, f"{hits}{slug}/", **told)

    letter = page(lead, f"/desk/requests/{number}/answer/?format=txt")

    assert f"{LINES_IN_LETTER}行目 " in letter
    assert f"{LINES_IN_LETTER + 1}行目 " not in letter
    assert "ほか：残り3件は、添付の表にあります。" in letter
    assert "自社の判断で対応した出品：1件" in letter
    assert page(lead, f"{hits}table/").count(address) == LINES_IN_LETTER + 3


def test_a_forged_request_is_never_carried_out(lead: Client, enter: Enter) -> None:
    entered(lead, agency=known(), pasted=LIST)
    number, agent = newest().pk, enter(Role.AGENT)
    base = f"/desk/requests/{number}/"
    assert "偽物と決める" not in page(agent, base)

    send(lead, f"{base}forged/", reason="登録された番号で、送っていないと言われた。")

    for slug, told in (("verify", {"reason": WHY}), ("sent", {"reason": WHY}), ("close", {"reason": WHY})):
        assert lead.get(f"{base}{slug}/").status_code == 302
        lead.post(f"{base}{slug}/", {"token": "x" * 32, "version": 9, **told})
    lead.post(f"{base}hits/act/", {"token": "y" * 32, "version": 9, "way": "within"})
    assert newest().state == "forged"
    assert not Measure.objects.exists()
    assert "この要請は偽物でした" in page(lead, base)
    AuthorityRequest.objects.filter(pk=number).update(answered_at=datetime.now(UTC))
    assert lead.get(f"{base}answer/").status_code == 409


@pytest.mark.parametrize("is_entered", [True, False])
def test_without_a_confirmed_agency_nobody_is_called_and_nothing_is_answered(
    lead: Client, is_entered: bool
) -> None:
    entered(lead, agency=known(confirmed=False) if is_entered else "", pasted=LIST)
    base = f"/desk/requests/{newest().pk}/"

    shown = page(lead, base)
    refused = lead.post(f"{base}verify/", {"token": "x" * 32, "version": 1, "reason": WHY})

    assert "要請に書かれた番号には、決して電話しません" in shown
    assert 'href="tel:' not in shown
    assert THEIR_OWN in shown
    assert refused.status_code == 409
    assert "折り返す番号が、まだ確かめられていません" in refused.content.decode()
    assert newest().state == "received"
    assert lead.get(f"{base}sent/").status_code == 302
    assert lead.get(f"{base}answer/").status_code == 409


def test_a_request_for_data_is_sent_to_the_inquiries_and_nothing_is_recorded(lead: Client) -> None:
    answer = entered(lead, is_data="on")

    assert answer.status_code == 422
    assert "/desk/inquiries/" in answer.content.decode()
    assert "20261203産局第1号" in answer.content.decode()
    assert not AuthorityRequest.objects.exists()


def test_the_same_paper_is_refused_however_its_number_is_typed_and_another_one_is_not(lead: Client) -> None:
    entered(lead)
    again = entered(lead, paper="２０２６１２０３ 産局 第１号")
    assert again.status_code == 409
    assert "これは別の文書" in again.content.decode()
    assert AuthorityRequest.objects.count() == 1

    entered(lead, another="on")
    assert AuthorityRequest.objects.count() == 2


def no_workbook() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as one:
        one.writestr("nothing.txt", "no workbook")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.xlsx", no_workbook(), ""),
        ("list.csv", b"URL\n" + b"https://market.example.jp/items/L-1\n" * 5_001, "一覧の行が多すぎます"),
        ("list.csv", b"\n", "一覧に行がありません"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_and_nothing_typed_is_lost(
    lead: Client, name: str, content: bytes, says: str
) -> None:
    answer = entered(lead, sent=SimpleUploadedFile(name, content))

    shown = answer.content.decode()
    assert 400 <= answer.status_code < 500
    assert says in shown
    assert all(typed in shown for typed in ("次の製品の出品を削除してください。", THEIR_OWN, "山田"))
    assert not AuthorityRequest.objects.exists()


def test_what_is_lacking_or_twice_is_said_beside_what_was_typed(lead: Client) -> None:
    nameless = entered(lead, basis="other", words="", by="")
    twice = entered(lead, pasted="L-1", sent=SimpleUploadedFile("list.csv", b"L-1\n"))

    assert nameless.status_code == twice.status_code == 422
    assert "根拠を言葉で書いてください" in nameless.content.decode()
    assert "どちらか一つ" in twice.content.decode()


def test_its_originals_are_kept_and_shown_and_more_are_put_to_it(lead: Client, enter: Enter) -> None:
    entered(lead, attached=SimpleUploadedFile("mail.txt", "要請のメール".encode()))
    base = f"/desk/requests/{newest().pk}/"
    send(lead, f"{base}attach/", attached=SimpleUploadedFile("fax.txt", "ファックス".encode()))

    shown = page(lead, base)

    assert "mail.txt" in shown
    assert "fax.txt" in shown
    assert lead.get(f"{base}files/3/1/").status_code == 404
    assert lead.get(f"{base}files/2/1/").status_code == 200
    assert lead.get(f"{base}files/1/original/").status_code in (200, 409)
    assert enter(Role.BUYER, "buyer:B-1").get(f"{base}files/1/1/").status_code in (302, 403, 404)


def test_it_is_corrected_published_and_joined(lead: Client) -> None:
    first, agency = laid_out.request(), known()
    entered(lead)
    row = newest()
    base = f"/desk/requests/{row.pk}/"
    shown = lead.get(f"{base}correct/").context["form"].initial
    before = {name: shown[name] for name in ("basis", "channel", "by", "officer", "contact", "words")}
    before |= on("received_on", today()) | {"agency": agency}

    send(lead, f"{base}correct/", **before, paper="第9号", reason="番号を写し間違えた。")
    send(lead, f"{base}verify/", reason=WHY)
    send(lead, f"{base}published/", **on("on", today()), reason="経済産業省のページ。")
    send(lead, f"{base}join/", other=first)

    row.refresh_from_db()
    said = said_of(row)
    assert said is not None
    assert (said.paper, row.agency_id, row.published_on, row.joined_id) == ("第9号", agency, today(), first)
    assert row.received_at.astimezone(JAPAN).date() == today()
    assert f"/desk/requests/{first}/" in page(lead, base)


def test_what_is_only_for_information_is_read_and_closed(lead: Client) -> None:
    entered(lead, basis="information")
    base = f"/desk/requests/{newest().pk}/"

    send(lead, f"{base}close/", reason="読んで、教育の資料に回した。")

    assert newest().state == "closed"


def test_the_list_is_narrowed_and_its_case_shows_it(lead: Client) -> None:
    entered(lead, agency=known(), pasted=LIST)
    row = newest()
    case = cases.case_of(about(row.pk)).number

    assert f"/desk/requests/{row.pk}/" in page(lead, "/desk/requests/?state=received&basis=product-safety")
    assert f"/desk/requests/{row.pk}/" not in page(lead, "/desk/requests/?state=closed")
    of_case = page(lead, f"/desk/cases/{case}/")
    assert f'class="callback"><a class="number" href="tel:{PHONE.replace("-", "")}"' in of_case
    assert "まだ出品と照らし合わせていません" in of_case
    assert len(rows_of(row)) == 3


@pytest.mark.parametrize(("language", "says"), [("ja", "送り主を確かめた日時"), ("en", "Sender verified")])
def test_the_pages_are_read_in_both_languages(lead: Client, language: str, says: str) -> None:
    number = laid_out.request()
    for path in ("", "enter/", f"{number}/", f"{number}/published/", f"{number}/correct/", f"{number}/join/"):
        shown = page(lead, f"/desk/requests/{path}", language)
        assert f'lang="{language}"' in shown
    assert says in page(lead, f"/desk/requests/{number}/", language)
