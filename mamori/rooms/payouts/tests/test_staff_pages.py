"""The staff's pages: names side by side, one after the other; money that waits; numbers masked, whole ones on the record."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.rooms.payouts.accounts import actions
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.accounts.rules import BANK_DIFFERS
from mamori.rooms.payouts.models import Account, Line, Payout, Run
from mamori.rooms.payouts.tests.conftest import (
    HANAKO,
    MONDAY,
    TARO,
    agent,
    ask,
    machine,
    pays_to,
    registered,
    told,
)
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")


def now() -> datetime:
    return datetime.now(UTC)


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def in_doubt(ref: str = "S-1", at: datetime | None = None, holder: str = "ヤマダ ハナヨ") -> Account:
    """Let a seller's account have a holder of whom no rule can say that it is the registered person."""
    given = Given(bank="0001", branch="001", kind="1", number="7654321", holder=holder)
    row = pays_to(given, ref=ref, at=at or now() - timedelta(hours=1))
    assert row.verdict == "review"
    return row


def name_page(account: Account) -> str:
    return f"/desk/payouts/names/{account.pk}/"


def decided(client: Client, account: Account, found: str, **more: str) -> str:
    """Send what somebody found; return where it leads."""
    given = {"found": found, "words": "", "seen": str(account.identity_version)} | more
    return client.post(name_page(account), given).headers["Location"]


def payout_case(ref: str = "P-1") -> str:
    return f"/desk/cases/{cases.case_of(f'payouts.payout:{ref}').number}/"


def test_two_names_stand_side_by_side_with_the_readings_in_words_and_no_score(enter: Enter) -> None:
    put_shop(
        machine(now() - timedelta(hours=2)), **registered(legal_kana="ヤマダ ハナピ", verified_at=MONDAY)
    )
    account = in_doubt(holder="ヤマダ ハナピ")

    page = text(enter(Role.AGENT), name_page(account))

    assert "山田 花子" in page
    assert page.count("ヤマダ ハナピ") == 2  # as declared, and as the account has it
    assert page.count("読み方なし") == 1
    assert page.count("「子」を「ピ」と読む例") == 1
    assert "公的個人認証" in page
    assert not re.search(r"-?\d+\.\d", re.sub(r"<[^>]+>", "", page))


def test_each_piece_without_a_reading_is_named(enter: Enter) -> None:
    account = pays_to(TARO, at=now())

    page = text(enter(Role.AGENT), name_page(account))

    assert "「花」を「タ」と読む例は、読みの表にありません" in page
    assert "「子」を「ロウ」と読む例は、読みの表にありません" in page


def test_names_are_decided_one_after_the_other_the_oldest_first(enter: Enter) -> None:
    second = in_doubt("S-2", at=now() - timedelta(hours=1))
    first = in_doubt("S-1", at=now() - timedelta(hours=2))
    desk = enter(Role.AGENT)
    listed = text(desk, "/desk/payouts/names/")
    assert listed.index(name_page(first)) < listed.index(name_page(second), listed.index("<tbody"))

    assert decided(desk, first, "reading") == name_page(second)
    assert decided(desk, second, "another", words="別人") == "/desk/payouts/names/"

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.verdict, second.verdict) == ("match", "mismatch")
    assert "payouts.name_refused" in told("S-2")
    assert "payouts.name_refused" not in told("S-1")
    assert "見比べる名義はありません" in text(desk, "/desk/payouts/names/")


def test_a_decision_needs_a_finding_and_the_name_that_was_seen(enter: Enter) -> None:
    account, desk = in_doubt(), enter(Role.AGENT)

    unsaid = desk.post(name_page(account), {"seen": str(account.identity_version)})
    stale = desk.post(name_page(account), {"found": "reading", "seen": str(account.identity_version - 1)})
    unseen = desk.post(name_page(account), {"found": "reading"})

    assert (unsaid.status_code, stale.status_code, unseen.status_code) == (422, 409, 422)
    assert "もう確かめ終わっているか、変わっています" in stale.content.decode()
    account.refresh_from_db()
    assert account.look_since is not None


def test_a_name_that_changed_meanwhile_is_not_decided_on(enter: Enter) -> None:
    account = in_doubt()
    put_shop(machine(now()), **registered(legal_name="山田 花代", legal_kana="ヤマダ ハナヨ"))

    page = text(enter(Role.AGENT), name_page(account))

    assert "登録名が変わりました" in page
    assert 'name="found"' not in page


def account_case(account: Account) -> str:
    return f"/desk/cases/{cases.case_of(f'payouts.account:{account.pk}').number}/"


def test_a_payouts_case_says_what_waits_why_and_until_when(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())

    page = text(enter(Role.AGENT), payout_case())

    assert "10,000円" in page
    assert "口座の名義が登録名と合わない" in page
    assert "****321" in page
    assert "payouts/release/" not in page  # an agent looks
    assert "payouts/release/" in text(enter(Role.LEAD), payout_case())


def test_no_page_shows_a_whole_number_by_being_opened(enter: Enter) -> None:
    account = pays_to(HANAKO, at=now())
    doubtful = pays_to(TARO, ref="S-2", at=now())
    ask(at=now())
    ask("P-2", seller_ref="S-2", at=now())
    desk = enter(Role.COUNSEL, stepped_up=True)
    paths = [
        "/desk/payouts/names/",
        name_page(doubtful),
        account_case(doubtful),
        f"/desk/payouts/accounts/{account.pk}/number/",
        f"/desk/payouts/sellers/S-1/?stop={account.pk}",
        "/desk/payouts/sellers/S-1/",
        "/desk/payouts/sellers/S-2/",
        payout_case("P-2"),
    ]

    shown = "".join(text(desk, path) for path in paths)

    assert HANAKO.number not in shown
    assert TARO.number not in shown
    assert "****567" in shown
    assert "payouts.show_number" not in [
        kind for kind, _ in ledger.kinds_about(f"payouts.account:{account.pk}")
    ]


def test_the_whole_number_is_shown_once_to_who_is_freshly_proven_and_that_is_on_record(enter: Enter) -> None:
    account = pays_to(HANAKO, at=now())
    path = f"/desk/payouts/accounts/{account.pk}/number/"
    stale = enter(Role.AGENT).post(path)
    assert "reauthenticate" in stale.headers["Location"]

    page = enter(Role.AGENT, stepped_up=True).post(path)

    assert HANAKO.number in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    kinds = [kind for kind, _ in ledger.kinds_about(f"payouts.account:{account.pk}")]
    assert kinds.count("payouts.show_number") == 1


def test_a_lead_says_that_a_hold_stays_and_why(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())
    desk = enter(Role.LEAD)
    path = f"{payout_case()}payouts/review/"
    assert "見直した" in text(desk, path)

    empty = desk.post(path, {"reason": " "})
    done = desk.post(path, {"reason": "名義がまだ違う"})

    assert empty.status_code == 422
    assert done.headers["Location"] == f"{payout_case()}?done=review"
    assert "このまま止めておくことを記録しました" in text(desk, f"{payout_case()}?done=review")
    assert "このまま止めておくことを記録しました" not in text(desk, f"{payout_case()}?done=settle")


def test_a_decision_that_is_sent_twice_is_made_once(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())
    desk, path = enter(Role.LEAD), f"{payout_case()}payouts/review/"
    token = re.search(r'name="token" value="([^"]+)"', text(desk, path))
    assert token is not None
    given = {"token": token[1], "reason": "まだ調べています"}

    led = [desk.post(path, given).headers["Location"] for _ in range(2)]
    other = desk.post(path, given | {"reason": "ほかの理由"}).headers["Location"]

    name = "payouts.payout:P-1"
    acts = ledger.acts_of([name], kind="payouts.review")[name]
    assert {*led, other} == {f"{payout_case()}?done=review"}
    assert len(acts) == 2, "the same form once, and the one with other words"


def test_an_agent_and_a_lead_are_kept_from_what_others_decide(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())
    agent, lead = enter(Role.AGENT, stepped_up=True), enter(Role.LEAD, stepped_up=True)

    answers = [
        agent.post(f"{payout_case()}payouts/review/", {"reason": "x"}).status_code,
        agent.post(f"{payout_case()}payouts/release/", {"reason": "x", "amount": "1"}).status_code,
        lead.post(f"{payout_case()}payouts/settle/", {"reason": "x", "how": "deposited"}).status_code,
        agent.get("/desk/payouts/runs/").status_code,
    ]

    assert answers == [403, 403, 403, 403]
    assert Payout.objects.get().waits == 10_000


def test_paying_what_waits_takes_two_people_and_the_proposal_is_seen_on_the_case(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask(at=now())
    lead, counsel = enter(Role.LEAD, stepped_up=True), enter(Role.COUNSEL, stepped_up=True)
    path = f"{payout_case()}payouts/release/"
    assert "申請する</button>" in text(counsel, path)

    too_much = lead.post(path, {"amount": "10001", "reason": "書類で確かめた"})
    minus = lead.post(path, {"amount": "-1", "reason": "書類で確かめた"})
    done = lead.post(path, {"amount": "4,000", "reason": "書類で確かめた"})

    assert (too_much.status_code, minus.status_code) == (422, 422)
    assert done.headers["Location"] == f"{payout_case()}?done=release"
    seen = text(counsel, payout_case())
    assert "支払いの申請が、別の人の承認を待っています" in seen, "why nobody can propose it again now"
    assert f'href="{path}"' not in seen
    assert "申請する</button>" not in text(counsel, path)
    assert Payout.objects.get().waits == 10_000
    proposal = re.search(r"/desk/people/proposals/\d+/", seen)
    assert proposal is not None
    words = text(counsel, proposal[0])
    assert "P-1" in words
    assert "4,000円" in words
    assert payout_case() in words
    own = lead.post(proposal[0], {"act": "agree"})
    assert own.status_code == 403
    counsel.post(proposal[0], {"act": "agree"})
    assert Payout.objects.get().waits == 6_000
    assert f'href="{path}"' in text(lead, payout_case())


def handed_to_counsel() -> None:
    """Let a name be refused where no clause bears a hold: counsel decides what becomes of the money."""
    account = pays_to(TARO, ref="S-2", at=now())
    ask(seller_ref="S-2", at=now())
    actions.refuse_name(agent(now()), account=account.pk, reason="別人")
    assert Payout.objects.get().state == "counsel"


def test_counsel_alone_ends_what_cannot_be_paid_and_freshly_proven(enter: Enter) -> None:
    handed_to_counsel()
    counsel, path = enter(Role.COUNSEL, stepped_up=True), f"{payout_case()}payouts/settle/"
    assert "payouts/settle/" in text(counsel, payout_case())
    assert "payouts/settle/" not in text(enter(Role.LEAD), payout_case())
    given = {"how": "deposited", "reason": "名義人が分からない"}
    stale = enter(Role.COUNSEL).post(path, given)
    assert (stale.status_code, "reauthenticate" in stale.content.decode()) == (403, True)
    assert given["reason"] in stale.content.decode(), "what was written is given back"
    assert Payout.objects.get().waits == 10_000

    unsaid = counsel.post(path, {"how": "kept", "reason": "x"})
    done = counsel.post(path, given)

    assert unsaid.status_code == 422
    assert done.headers["Location"] == f"{payout_case()}?done=settle"
    assert "法務局に供託しました" in text(counsel, payout_case())
    assert (Payout.objects.get().waits, Payout.objects.get().settled) == (0, "deposited")
    assert "payouts.ended" in told("S-2")


def test_a_deed_that_is_not_there_leads_back_to_the_case(enter: Enter) -> None:
    handed_to_counsel()
    counsel = enter(Role.COUNSEL, stepped_up=True)

    assert counsel.get(f"{payout_case()}payouts/review/").headers["Location"] == payout_case()
    assert counsel.get("/desk/cases/12345678/payouts/review/").status_code in (404, 422)


def test_the_report_of_a_run_says_of_each_line_why_it_is_not_paid(enter: Enter) -> None:
    pays_to(TARO, at=now())
    ask("P-1", by_run=True, at=now())
    run = Run.objects.create(ref="R-1", pays_on=now().date(), begun_at=now())
    for number, (payout, refused, values) in enumerate(
        (("P-1", "", {}), ("P-2", "payout-seller-unknown", {"seller": "S-9"})), start=1
    ):
        Line.objects.create(
            run=run,
            number=number,
            payout_ref=payout,
            seller_ref="S-1",
            amount=10_000,
            refused=refused,
            values=values,
        )
    lead, path = enter(Role.LEAD), f"/desk/payouts/runs/{run.pk}/"
    assert "R-1" in text(lead, "/desk/payouts/runs/")

    all_, refused, waits = (text(lead, path + query) for query in ("", "?show=refused", "?show=waiting"))

    assert ("P-1" in all_, "P-2" in all_) == (True, True)
    assert ("P-1" in refused, "P-2" in refused) == (False, True)
    assert ("P-1" in waits, "P-2" in waits) == (True, False)
    assert "出品者「S-9」が登録されていません" in refused
    assert "口座の名義が登録名と合わない" in waits
    assert "P-1" in text(lead, f"{path}?show=nonsense")
    assert lead.get("/desk/payouts/runs/999/").status_code == 404


def test_why_a_person_looks_is_said_where_the_names_agree(enter: Enter) -> None:
    account = pays_to(HANAKO, at=now())
    Account.objects.filter(pk=account.pk).update(look_since=now(), why=BANK_DIFFERS)
    desk = enter(Role.AGENT)

    assert "銀行の名義確認で「一致しない」と返りました" in text(desk, name_page(account))
    Account.objects.filter(pk=account.pk).update(tries=3)
    assert "試しの振込の金額が3回違いました" in text(desk, name_page(account))


def test_a_lead_calls_off_a_run_that_has_no_file_and_no_other(enter: Enter) -> None:
    run = Run.objects.create(ref="R-1", pays_on=now().date(), begun_at=now(), state="ordered")
    lead, path = enter(Role.LEAD), f"/desk/payouts/runs/{run.pk}/"
    assert "この作業を取りやめますか" in text(lead, path)
    assert lead.post(path, {"reason": " "}).status_code == 422

    done = lead.post(path, {"reason": "振込日を変える"}, follow=True)

    run.refresh_from_db()
    assert run.state == "called_off"
    assert "The run is called off." in done.content.decode() or "取りやめました" in done.content.decode()
    assert "この作業を取りやめますか" not in text(lead, path)
    assert enter(Role.AGENT).post(path, {"reason": "x"}).status_code == 403
