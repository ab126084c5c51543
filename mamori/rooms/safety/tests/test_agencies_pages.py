"""The directory of agencies: entered by one from the agency's own page, confirmed by another; and the page to use once."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Notice
from mamori.ground.post import audience
from mamori.rooms.safety.facts import address_of, mail_of
from mamori.rooms.safety.models import Agency, AuthorityRequest
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.matter import said_of

pytestmark = pytest.mark.django_db
TOLD = {
    "name": "経済産業省",
    "office": "製品安全課",
    "phone": "03-0000-1234",
    "mail": "goods@agency.example",
    "page": "https://agency.example/contact",
}
WHY = "公式ページの「お問い合わせ」で確かめた。"


@pytest.fixture
def staff(enter: Enter) -> Client:
    return enter(Role.AGENT)


@pytest.fixture
def another(enter: Enter) -> Client:
    return enter(Role.LEAD)


def send(client: Client, path: str, **told: Any) -> HttpResponse:
    """Fill in the form at an address and send it."""
    context = client.get(path).context
    assert context is not None, f"{path} is not offered"
    hidden = {"token": context["token"], "version": context["form"].initial.get("version", 0)}
    return client.post(path, hidden | told, follow=True)  # type: ignore[return-value]


def entered(staff: Client, **more: str) -> Agency:
    answer = send(staff, "/desk/agencies/enter/", **(TOLD | more))
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return Agency.objects.latest("pk")


def at(one: Agency, slug: str = "") -> str:
    return f"/desk/agencies/{one.pk}/{slug}{'/' if slug else ''}"


def confirmed(staff: Client, another: Client) -> Agency:
    one = entered(staff)
    send(another, at(one, "confirm"), reason=WHY)
    one.refresh_from_db()
    return one


def page_sent(staff: Client, one: Agency) -> str:
    """Send a page to use once and return the path that the mail holds."""
    send(staff, at(one, "link"))
    told = Notice.objects.get(to=f"agency:{one.pk}", template="safety.request_link")
    assert audience.recipient(told.to, datetime.now(UTC)).mail == TOLD["mail"]
    return outbox.secret_of(told.pk).removeprefix(settings.ORIGIN)


def test_an_empty_directory_says_what_to_do_and_comes_without_any_number(staff: Client) -> None:
    assert Agency.objects.count() == 0
    assert "公式ページから書き入れてください" in staff.get("/desk/agencies/").content.decode()


def test_who_entered_it_does_not_confirm_it_and_another_does(staff: Client, another: Client) -> None:
    one = entered(staff)

    refused = send(staff, at(one, "confirm"), reason=WHY)
    assert refused.status_code == 403
    assert "別の人が" in refused.content.decode()

    send(another, at(one, "confirm"), reason=WHY)
    one.refresh_from_db()
    assert one.is_known
    assert one.confirmed_by not in ("", one.entered_by)


def test_what_is_corrected_has_to_be_confirmed_again_by_somebody_else(staff: Client, another: Client) -> None:
    one = confirmed(staff, another)

    send(
        another,
        at(one, "correct"),
        **(TOLD | {"phone": "03-0000-9999"}),
        reason="4月の異動で番号が変わった。",
    )

    one.refresh_from_db()
    assert (one.phone, one.is_known) == ("03-0000-9999", False)
    assert send(another, at(one, "confirm"), reason=WHY).status_code == 403


@pytest.mark.parametrize(
    ("name", "value"), [("phone", "なし"), ("page", "http://agency.example"), ("page", "公式"), ("name", "")]
)
def test_what_cannot_be_called_or_looked_up_is_not_entered_and_nothing_typed_is_lost(
    staff: Client, name: str, value: str
) -> None:
    answer = send(staff, "/desk/agencies/enter/", **(TOLD | {name: value}))

    assert (answer.status_code, Agency.objects.count()) == (422, 0)
    assert TOLD["office"] in answer.content.decode()


def test_a_table_is_taken_in_whole_or_not_at_all(staff: Client) -> None:
    head = "機関,部署,電話,メール,ページ\n"
    good = "消費者庁,安全課,03-0000-0001,,https://a.example/\nNITE,,06-0000-0002,,https://b.example/\n"

    def table(rows: str) -> HttpResponse:
        file = io.BytesIO((head + rows).encode("utf-8-sig"))
        file.name = "agencies.csv"
        return send(staff, "/desk/agencies/table/", table=file)

    broken = table(good + "何か,,電話なし,,https://c.example/\n")
    assert (broken.status_code, Agency.objects.count()) == (422, 0)
    assert "4行目" in broken.content.decode()

    table(good)
    table(good)
    assert list(Agency.objects.order_by("pk").values_list("name", flat=True)) == ["消費者庁", "NITE"]


def test_a_page_is_sent_to_a_confirmed_agencys_registered_mail_alone(staff: Client, another: Client) -> None:
    one = entered(staff)
    assert "一度だけのページを送る" not in staff.get(at(one)).content.decode()
    with pytest.raises(requests.AgencyWithoutMail):
        requests.link_sender(
            Actor(by="agent:1", role=Role.AGENT, at=datetime.now(UTC), via="test"), agency=one.pk
        )
    assert mail_of(f"{one.pk}") == ("", "ja")
    send(another, at(one, "confirm"), reason=WHY)

    path = page_sent(staff, one)

    assert address_of(f"{one.pk}")[0] == "経済産業省 製品安全課"
    assert path.rstrip("/").rpartition("/")[2] not in str(
        list(Notice.objects.values_list("values", flat=True))
    )


def test_a_request_by_the_page_is_received_once_and_called_back_like_any_other(
    staff: Client, another: Client, client: Client
) -> None:
    one = confirmed(staff, another)
    path = page_sent(staff, one)
    assert client.get(path).status_code == client.get(path).status_code == 200  # reading does not use it up

    wrong = send(client, path, words="出品の停止を求めます。")
    assert wrong.status_code == 422
    assert "出品の停止を求めます。" in wrong.content.decode()

    answer = send(
        client, path, basis="product-safety", paper="第9号", words="出品の停止を求めます。", pasted="L-1"
    )
    assert "登録されている番号に折り返し" in answer.content.decode()
    row = AuthorityRequest.objects.get()
    said = said_of(row)
    assert said is not None
    assert (row.state, row.channel, row.agency, said.by) == ("received", "page", one, "経済産業省 製品安全課")
    told = Notice.objects.filter(to=f"agency:{one.pk}").values_list("template", flat=True)
    assert list(told) == ["safety.request_link", "safety.request_received"]

    forwarded = client.get(path)
    assert forwarded.status_code == 410
    assert "すでに一度使われました" in forwarded.content.decode()


def test_a_page_is_over_when_its_time_is_or_its_agency_is_used_no_more(
    staff: Client, another: Client, client: Client
) -> None:
    one = confirmed(staff, another)
    path = page_sent(staff, one)
    secret = path.rstrip("/").rpartition("/")[2]
    with pytest.raises(requests.PageOver):
        requests.agency_by(secret, datetime.now(UTC) + timedelta(days=8))

    send(staff, at(one, "end"), reason="この窓口はなくなった。")

    assert client.get(path).status_code == 410
    assert client.get("/requests/forged/").status_code == 404
    assert AuthorityRequest.objects.count() == 0


def test_in_english_the_pages_say_the_same(staff: Client, another: Client, client: Client) -> None:
    one = confirmed(staff, another)
    path = page_sent(staff, one)

    for page, words in (
        ("/desk/agencies/", "Directory of agencies"),
        (at(one), "Confirmed by another"),
        ("/desk/agencies/table/", "We ship no list"),
        ("/requests/sent/", "We call you back"),
    ):
        assert words in staff.get(page, headers={"accept-language": "en"}).content.decode()
    assert "You can send one request" in client.get(path, headers={"accept-language": "en"}).content.decode()
