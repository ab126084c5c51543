"""The seller answers how many yen of a test came: right once, wrong three times at most, the same form twice is one try."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.clocks import facts as clocks
from mamori.ground.terms import actions as terms
from mamori.law.settings import PAYOUT_PROOF
from mamori.rooms.payouts.accounts import actions
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.lifecycle import TransferState
from mamori.rooms.payouts.models import Account, Transfer
from mamori.rooms.payouts.refusals import ProofAmountWrong
from mamori.rooms.payouts.tests.conftest import EARLY, HANAKO, MONDAY, STRANGER, actor, ask, pays_to, seller
from mamori.rooms.payouts.tests.test_seller_pages import PAGE, read

pytestmark = pytest.mark.usefixtures("shops")


@pytest.fixture
def owner(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def under_test(state: TransferState = TransferState.PAID, given: Given = HANAKO) -> Account:
    """Return an account to which the seven yen of a test were sent."""
    lead = actor("lead:2", Role.LEAD, EARLY)
    terms.set(lead, setting=PAYOUT_PROOF, value="test")
    account = pays_to(given)
    closed_at = EARLY if state is TransferState.PAID else None
    Transfer.objects.filter(account=account).update(state=state.value, amount=7, closed_at=closed_at)
    return account


def test_the_yen_of_a_test_are_answered_and_a_wrong_answer_sent_twice_is_one_try(owner: Client) -> None:
    account = under_test()
    path = f"{PAGE}?test={account.pk}"

    page = read(owner)
    wrong = [owner.post(path, {"yen": "9", "seen": "0"}).content.decode() for _ in range(2)]
    right = [owner.post(path, {"yen": "７", "seen": "1"}) for _ in range(2)]
    account.refresh_from_db()

    assert path.removeprefix(PAGE) in page
    assert all("あと2回" in one for one in wrong)
    assert [one.status_code for one in right] == [302, 302]
    assert "口座の確かめは終わりです" in read(owner, right[0]["Location"])
    assert (account.tries, account.proved_by) == (1, "test")


def test_three_wrong_answers_end_the_test_and_a_person_looks(owner: Client) -> None:
    account = under_test()
    path = f"{PAGE}?test={account.pk}"

    last = [owner.post(path, {"yen": "9", "seen": str(seen)}) for seen in range(4)][-1]
    page = read(owner)

    assert last.status_code == 409
    assert "金額が3回違った" in page
    assert path not in page


def test_a_test_that_is_not_sent_yet_asks_for_nothing(owner: Client) -> None:
    account = under_test(TransferState.READY)

    assert "数円から数十円" in read(owner)
    assert "確かめの途中の振込はありません" in read(owner, f"{PAGE}?test={account.pk}")
    assert owner.post(f"{PAGE}?test={account.pk}", {"yen": "", "seen": "0"}).status_code == 422


def test_before_the_yen_are_sent_nothing_is_the_sellers_turn(owner: Client) -> None:
    under_test(TransferState.READY)
    ask()
    before = read(owner)
    Transfer.objects.filter(payout__isnull=True).update(state="paid", closed_at=EARLY)

    assert "お手続きが必要です" not in before
    assert "お手続きが必要です" in read(owner)


def test_a_wrong_guess_puts_the_look_at_a_doubtful_name_off_no_more() -> None:
    account = under_test(given=STRANGER)
    before = clocks.open_clocks(f"payouts.account:{account.pk}")

    with pytest.raises(ProofAmountWrong):
        actions.prove_by_test(seller(MONDAY), account=account.pk, yen=9)

    assert [one.kind for one in before] == ["payouts.look"]
    assert clocks.open_clocks(f"payouts.account:{account.pk}") == before
