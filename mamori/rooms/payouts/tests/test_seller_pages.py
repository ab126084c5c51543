"""The seller reads why its money waits and what to do, enters and stops its account, and answers a test."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger.models import Act
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.lifecycle import AccountState
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.rules import Code
from mamori.rooms.payouts.tests.conftest import (
    HANAKO,
    OTHER,
    STRANGER,
    TARO,
    ask,
    machine,
    pays_to,
    registered,
)
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")

PAGE = "/seller/payouts/"
ENTER = f"{PAGE}account/"
AT_BANK = (
    ("where", {"where": "bank"}),
    ("bank", {"words": "みずほ"}),
    ("branch", {"words": "001"}),
    ("number", {"kind": "1", "number": "1234567"}),
    ("holder", {"holder": "ヤマダ ハナコ"}),
)


@pytest.fixture
def owner(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


@pytest.fixture
def delegate(enter: Enter) -> Client:
    return enter(Role.DELEGATE, "seller:S-1/hana")


def now() -> datetime:
    return datetime.now(UTC)


def read(client: Client, path: str = PAGE) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def sends(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(token|shown)" value="([^"]+)"', page))


def fill_in(client: Client, **others: dict[str, str]) -> str:
    """Answer every question up to the page of answers, and return it."""
    for step, answer in AT_BANK:
        sent = client.post(f"{ENTER}{step}/", others.get(step, answer))
        assert sent.status_code == 302, sent.content.decode()
    return read(client, f"{ENTER}check/")


def test_a_calm_page_says_that_nothing_waits(owner: Client) -> None:
    pays_to()
    ask()

    page = read(owner)

    assert "止まっている支払いはありません" in page
    assert "10,000円" in page
    assert "止まっている理由" not in page


def test_the_page_says_why_what_to_do_by_when_and_on_which_clause(owner: Client) -> None:
    ask()
    page = read(owner)

    found = Code.NO_ACCOUNT.words
    assert found.why.ja in page
    assert found.todo.ja in page
    for said in (
        "10,000円",
        "売上金の支払いの保留（第2版）",
        "次に見直す日",
        "遅くとも終わる日",
        "/seller/terms/",
        ENTER,
    ):
        assert said in page
    assert "運営者のものになることはありません" in page
    assert page.count('class="receipt"') >= 1


def test_each_held_sum_says_from_when_it_can_be_paid_or_that_no_day_is_known(
    owner: Client, delegate: Client, enter: Enter
) -> None:
    ask()
    unknown = read(owner)
    pays_to(at=now() - timedelta(days=9))
    pays_to(TARO, at=now())
    ask("P-2", at=now())

    for who in (owner, delegate):
        assert "早くて、新しい口座を使い始める" in read(who)
    assert "まだ決まっていません。止まっている理由がなくなるのを待っています。" in unknown
    assert "早くて" not in unknown
    assert "支払われる日" not in read(enter(Role.SELLER, "seller:EVE"))
    english = owner.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "At the earliest after the new account is used from" in english


def test_a_reason_that_holds_many_payouts_is_told_once(owner: Client) -> None:
    for number in range(3):
        ask(f"P-{number}")

    page = read(owner)

    assert page.count(Code.NO_ACCOUNT.words.todo.ja) == 1
    assert "30,000円の支払いが止まっています" in page


def test_a_look_at_a_page_writes_nothing(owner: Client) -> None:
    account = pays_to()
    ask()
    before = Act.objects.count()

    for path in (
        PAGE,
        f"{PAGE}?done=set",
        ENTER,
        f"{PAGE}?stop={account.pk}",
        f"{PAGE}?test={account.pk}",
    ):
        read(owner, path)

    assert Act.objects.count() == before
    assert 'class="banner success"' not in read(owner, f"{PAGE}?done=set")


def test_an_account_is_entered_page_by_page_and_kept_once(owner: Client) -> None:
    page = fill_in(owner)
    sent = [owner.post(f"{ENTER}check/", sends(page)) for _ in range(2)]
    after = read(owner, sent[0]["Location"])

    assert "名義は、登録名と合っています" in page
    assert "みずほ銀行" in page
    assert [one.status_code for one in sent] == [302, 302]
    assert Account.objects.count() == 1
    assert details.opened(Account.objects.get()) == details.read(HANAKO)
    assert "口座を受け付けました" in after
    assert "このあと" in after


def test_the_whole_number_never_stands_on_the_page(owner: Client, delegate: Client) -> None:
    pays_to(at=now() - timedelta(days=9))
    pays_to(TARO, at=now())
    ask(at=now())

    for who in (owner, delegate):
        page = read(who)
        assert "****567" in page
        assert "****321" in page
        assert not {"1234567", "7654321"} & set(re.findall(r"[0-9]+", page))


def test_a_delegate_sees_and_cannot_change_or_stop(delegate: Client) -> None:
    account = pays_to()

    answers = [
        delegate.post(f"{PAGE}?{what}={account.pk}", {"yen": "7", "seen": "0"}) for what in ("stop", "test")
    ]
    answers.append(delegate.get(ENTER))
    page = read(delegate)
    account.refresh_from_db()

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert account.state == AccountState.IN_USE
    assert "出品者ご本人だけができます" in page
    assert ENTER not in page
    assert "?stop=" not in page


def test_another_sellers_account_cannot_be_stopped(enter: Enter) -> None:
    account = pays_to()
    other = enter(Role.SELLER, "seller:S-2")

    answers = [
        other.get(f"{PAGE}?stop={account.pk}"),
        other.post(f"{PAGE}?stop={account.pk}"),
    ]
    account.refresh_from_db()

    assert [one.status_code for one in answers] == [404, 404]
    assert account.state == AccountState.IN_USE


def test_a_change_that_nobody_asked_for_is_stopped_once(owner: Client) -> None:
    pays_to(at=now() - timedelta(days=9))
    other = pays_to(TARO, at=now())
    stop = f"{PAGE}?stop={other.pk}"

    before = read(owner)
    asked = read(owner, stop)
    answers = [owner.post(stop) for _ in range(2)]
    after = read(owner, answers[1]["Location"])

    assert "心当たりがない" in before
    assert "いまの口座はそのまま" in asked
    assert [one.status_code for one in answers] == [302, 302]
    assert "口座を止めました" in after
    assert "****567" in after
    assert "****321" not in after
    assert list(Account.objects.order_by("number").values_list("state", flat=True)) == ["in_use", "stopped"]


def test_whoever_stops_the_account_first_does_not_get_round_the_wait(owner: Client) -> None:
    first = pays_to(at=now() - timedelta(days=9))
    owner.post(f"{PAGE}?stop={first.pk}")

    owner.post(f"{ENTER}check/", sends(fill_in(owner, number={"kind": "1", "number": "7654321"})))
    page = read(owner)

    assert Account.objects.order_by("-number")[0].state == AccountState.COOLING
    assert "心当たりがない" in page


@pytest.mark.parametrize(
    ("step", "given", "says"),
    [
        ("bank", {"words": "ない銀行"}, "見つかりませんでした"),
        ("branch", {"words": "999"}, "見つかりませんでした"),
        ("number", {"kind": "1", "number": "12345ab"}, "数字ではない文字"),
        ("number", {"kind": "1", "number": "123456"}, "7桁ですが、6桁"),
        ("holder", {"holder": "Иван"}, "振込に使えない文字"),
        ("holder", {"holder": "山田花子"}, "カタカナ"),
        ("holder", {"holder": "・・"}, "名前が空です"),
        ("holder", {"holder": "ヤマダ\U0002000b"}, "振込に使えない文字"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_what_was_typed(
    owner: Client, step: str, given: dict[str, str], says: str
) -> None:
    for name, answer in AT_BANK:
        if name == step:
            break
        owner.post(f"{ENTER}{name}/", answer)

    answer = owner.post(f"{ENTER}{step}/", given)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert says in page
    assert f'value="{list(given.values())[-1]}"' in page
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"symbol": "99999", "number": "1234561"}, "記号として読めません"),
        ({"symbol": "12340", "number": "1234567"}, "番号として読めません"),
        ({"symbol": "11580", "number": "1234561"}, "ゆうちょ銀行にありません"),
    ],
)
def test_a_passbook_that_cannot_be_keeps_what_was_typed(
    owner: Client, given: dict[str, str], says: str
) -> None:
    owner.post(f"{ENTER}where/", {"where": "post"})

    page = owner.post(f"{ENTER}passbook/", given).content.decode()

    assert says in page
    assert all(f'value="{one}"' in page for one in given.values())


def test_a_passbook_of_the_post_bank_becomes_an_account(owner: Client) -> None:
    for step, answer in (
        ("where", {"where": "post"}),
        ("passbook", {"symbol": "１０１８０", "number": "1234561", "savings": "on"}),
        ("holder", {"holder": "やまだ　はなこ"}),
    ):
        assert owner.post(f"{ENTER}{step}/", answer).status_code == 302
    page = read(owner, f"{ENTER}check/")
    owner.post(f"{ENTER}check/", sends(page))

    kept = details.opened(Account.objects.get())

    assert "店番 018・口座番号 0123456" in page
    assert kept is not None
    assert (kept.bank, kept.branch, kept.kind, kept.number) == ("9900", "018", "4", "0123456")


def test_of_several_banks_and_branches_one_is_chosen(owner: Client) -> None:
    owner.post(f"{ENTER}where/", {"where": "bank"})
    owner.post(f"{ENTER}bank/", {"words": "三菱"})
    which = read(owner, f"{ENTER}which-bank/")
    wrong = owner.post(f"{ENTER}which-bank/", {"code": "0001"})
    owner.post(f"{ENTER}which-bank/", {"code": "0005"})
    owner.post(f"{ENTER}branch/", {"words": "新"})
    branches = read(owner, f"{ENTER}which-branch/")

    assert "三菱UFJ銀行（0005）" in which
    assert "三菱UFJ信託銀行（0288）" in which
    assert wrong.status_code == 422
    assert branches.count('type="radio"') > 1


@pytest.mark.parametrize(
    ("holder", "says"),
    [
        ("スズキ イチロウ", "登録名と合わないようです"),
        ("ヤマダ ハナエ", "担当者が確かめます"),
    ],
)
def test_a_name_that_disagrees_is_told_kindly_and_may_be_sent(owner: Client, holder: str, says: str) -> None:
    page = fill_in(owner, holder={"holder": holder})
    sent = owner.post(f"{ENTER}check/", sends(page))

    assert says in page or "登録名と合わない" in page
    assert "score" not in page
    assert sent.status_code == 302
    assert Account.objects.count() == 1


def test_a_seller_of_whom_no_name_was_told_reads_where_to_register_it(owner: Client) -> None:
    put_shop(machine(now()), **registered(legal_name="", legal_kana="", verified_by=None, verified_at=None))

    page = fill_in(owner)

    assert "氏名・名称を登録し、本人確認を受けてください" in page
    assert "担当者が1営業日" not in page


def test_the_page_stands_in_english(owner: Client) -> None:
    owner.post("/language/", {"language": "en"})
    pays_to(STRANGER)
    pays_to(OTHER, at=now())
    ask()

    page = read(owner)

    assert "Your proceeds" in page
    assert "The new account, used from" in page


def test_staff_and_buyers_find_no_page_here(enter: Enter) -> None:
    for role, who in ((Role.BUYER, "buyer:B-1"), (Role.AGENT, "")):
        assert enter(role, who).get(PAGE).status_code == 403


@pytest.mark.parametrize("step", ["where", "bank", "holder"])
def test_an_empty_answer_is_asked_for_by_its_name(owner: Client, step: str) -> None:
    for name, answer in AT_BANK:
        if name == step:
            break
        owner.post(f"{ENTER}{name}/", answer)

    page = owner.post(f"{ENTER}{step}/", {}).content.decode()

    assert re.search("「(口座のあるところ|金融機関|口座名義（カナ）)」を", page)


def test_the_names_are_shown_in_wide_kana_on_the_page_of_answers(owner: Client) -> None:
    page = fill_in(owner)

    assert "「ヤマダ ハナコ」は" in page
    assert "口座のあるところ" in page
