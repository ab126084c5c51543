"""What staff do at the desk: decisions with their hindrances, calls, cases that change hands, notes."""

from __future__ import annotations

import re
from itertools import pairwise

from django.test import Client

from mamori.doors.desk.tests.conftest import CANARY, Desk, Enter, actor
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as recording, facts as ledger
from mamori.ground.people.models import Account
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.facts import call_list
from mamori.rooms.contact.models import Proposal


def at(desk: Desk, rest: str, number: str = "") -> str:
    return f"/desk/cases/{number or desk.trouble}/{rest}"


def last(about: str) -> ledger.ActFact:
    return ledger.acts_about(about)[-1]


def kinds(about: str) -> list[str]:
    return [act.kind for act in ledger.acts_about(about)]


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def test_an_agent_opens_mediation_takes_it_and_has_the_case(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    who = Account.objects.get(role="agent").who

    opened = client.post(at(desk, "contact/mediate/"))
    taken = client.post(at(desk, "take/"))

    assert opened["Location"].endswith("?done=mediate")
    assert "あなたの担当にしました" in text(client, taken["Location"])
    assert cases.case_of(desk.about).assignee == who
    assert desk.trouble[:4] in text(client, "/desk/?view=mine")
    assert kinds(desk.about)[-2:] == ["cases.taken", "contact.follow_case"]


def test_what_stands_against_a_refund_is_said_before_one_tries(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    before = text(client, at(desk, "contact/grant/"))
    contact.request_mediation(
        actor("lead:9", Role.LEAD, desk.begun), trouble=int(desk.about.rpartition(":")[2])
    )
    after = text(client, at(desk, "contact/grant/"))

    assert "出品者の返事を待っているところです" in before
    assert 'name="amount"' not in before
    assert 'value="8000"' in after
    assert "8,000円" in after


def test_a_refund_is_granted_once_with_its_reason_and_a_wrong_one_keeps_what_was_typed(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.LEAD)
    contact.request_mediation(
        actor("lead:9", Role.LEAD, desk.begun), trouble=int(desk.about.rpartition(":")[2])
    )
    form = {
        "amount": "９，０００円",
        "reason": "回答がなく、約束も守られない",
        "token": "5b0f1a3e-9d0b-4b2e-8a62-000000000001",
    }

    too_much = client.post(at(desk, "contact/grant/"), form)
    missing = client.post(at(desk, "contact/grant/"), {"amount": "8000"})
    granted = [
        client.post(at(desk, "contact/grant/"), form | {"amount": "3,000", "because": "goods_kept"})
        for _ in range(2)
    ]

    assert too_much.status_code == 422
    assert "約束も守られない" in too_much.content.decode()
    assert missing.status_code == 422
    assert {answer["Location"] for answer in granted} == {at(desk, "?done=grant")}
    assert kinds(desk.about).count("contact.grant_remedy") == 1
    content = last(desk.about).content
    assert content is not None
    assert (content["payload"]["amount"], content["reason"]) == (3_000, "回答がなく、約束も守られない")


def test_only_a_lead_or_counsel_ends_without_a_refund_or_decides_a_recovery(desk: Desk, enter: Enter) -> None:
    contact.request_mediation(
        actor("lead:9", Role.LEAD, desk.begun), trouble=int(desk.about.rpartition(":")[2])
    )
    refusal = {"because": "not_established", "reason": "確かめられない"}
    claim = {"amount": "3000", "because": "no_answer", "reason": "返事がなかった"}

    by_agent = [
        enter(Role.AGENT).post(at(desk, "contact/refuse/"), refusal),
        enter(Role.AGENT).post(at(desk, "contact/claim/", desk.recovery), claim),
        enter(Role.AGENT).post(at(desk, "contact/waive/", desk.recovery), {"reason": "少額"}),
    ]
    too_high = enter(Role.COUNSEL).post(at(desk, "contact/claim/", desk.recovery), claim | {"amount": "3001"})
    claimed = enter(Role.COUNSEL).post(at(desk, "contact/claim/", desk.recovery), claim)
    refused = enter(Role.COUNSEL).post(at(desk, "contact/refuse/"), refusal)

    assert [answer.status_code for answer in by_agent] == [403, 403, 403]
    assert too_high.status_code == 422
    assert (claimed.status_code, refused.status_code) == (302, 302)
    assert cases.case_of(desk.about).state == "declined"


def test_a_case_is_closed_as_solved_with_the_reason_why_one_knows(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    without = client.post(at(desk, "contact/solve/"), {"reason": " "})
    solved = client.post(at(desk, "contact/solve/"), {"reason": "購入者から電話があった"})

    assert (without.status_code, solved.status_code) == (422, 302)
    assert cases.case_of(desk.about).state == "solved"
    assert "購入者から電話があった" in text(client, solved["Location"])


def test_a_lead_lowers_a_danger_and_an_agent_records_it_anew(desk: Desk, enter: Enter) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)
    given = {"harm": "money", "because": "looked_at", "reason": "商品を検査した"}

    by_agent = agent.post(at(desk, "contact/lower-harm/"), given)
    lowered = lead.post(at(desk, "contact/lower-harm/"), given)
    raised = agent.post(at(desk, "contact/danger/"), {"reason": "同じ品で発火の報告"})

    assert (by_agent.status_code, lowered.status_code, raised.status_code) == (403, 302, 302)
    assert kinds(desk.about)[-2:] == ["contact.lower_harm", "contact.note_danger"]
    assert cases.case_of(desk.about).attention == "danger"
    assert "危険：購入者に未確認" in text(agent, at(desk, ""))


def test_a_call_is_recorded_and_a_promise_needs_its_hours(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    [call] = call_list()
    path = at(desk, f"contact/call/{call.id}/")

    no_hours = client.post(path, {"outcome": "promised", "hours": ""})
    recorded = client.post(path, {"outcome": "promised", "hours": "４"})
    again = client.post(path, {"outcome": "reached", "hours": ""})

    assert (no_hours.status_code, recorded.status_code, again.status_code) == (422, 302, 409)
    assert call_list() == ()
    assert Hours(4)
    assert "対応の約束を得た" in text(client, at(desk, ""))
    assert client.get(at(desk, f"contact/call/{call.id}/", desk.refunded)).status_code == 404


def test_a_call_that_was_recorded_is_asked_for_no_more_also_while_the_next_one_waits(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    [first] = call_list()
    path = at(desk, f"contact/call/{first.id}/")
    client.post(path, {"outcome": "no_answer", "hours": ""})
    [second] = call_list()

    late = client.post(path, {"outcome": "reached", "hours": "", "note": "店主と話した"})

    assert second.id != first.id
    assert client.get(path)["Location"] == at(desk, "")
    assert late.status_code == 409
    assert "店主と話した" in late.content.decode()
    assert f'action="{path}"' not in late.content.decode()
    assert "この判断は、今の状態ではもうできません" in late.content.decode()


def test_counsel_reads_no_form_of_a_call_that_it_may_not_record(desk: Desk, enter: Enter) -> None:
    [call] = call_list()
    path = at(desk, f"contact/call/{call.id}/")
    counsel = enter(Role.COUNSEL)

    assert path in text(enter(Role.AGENT), at(desk, ""))
    assert path not in text(counsel, at(desk, ""))
    assert counsel.get(path)["Location"] == at(desk, "")
    assert counsel.post(path, {"outcome": "no_answer", "hours": ""}).status_code == 403


def test_a_call_that_is_refused_comes_back_with_its_note_beside_the_words_that_were_read(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    contact.share(actor("seller:S-1", Role.SELLER, desk.begun), thread=desk.thread)
    client.post(at(desk, "contact/words/"), {"ground": "party-share"})
    [call] = call_list()
    given = {"outcome": "promised", "hours": "", "note": "店主が今夜調べる"}

    refused = client.post(at(desk, f"contact/call/{call.id}/"), given)

    assert refused.status_code == 422
    assert "店主が今夜調べる" in refused.content.decode()
    assert CANARY in refused.content.decode()
    assert kinds(desk.about).count("contact.look") == 1
    assert "no-store" in refused["Cache-Control"]


def test_in_danger_each_of_the_two_calls_bears_a_name_of_its_own_among_the_clocks(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/danger/"), {"reason": "同じ品で発火の報告"})

    clocks = text(client, at(desk, "")).partition('id="clocks"')[2].partition("</section>")[0]

    assert clocks.count("出品者に電話する") == 1
    assert clocks.count("購入者に電話する") == 1


def test_what_happened_says_no_clocks_beginning_and_once_what_a_machine_did_again_and_again(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    machine = actor("machine:clocks", Role.MACHINE, desk.begun)
    for _ in range(5):
        recording.record(machine, kind="contact.remind_call", subject="buyer:B-1", about=desk.about)

    told = text(client, at(desk, "")).partition('id="story"')[2]

    assert "時計が動き始めた" not in told
    assert told.count("架電を促した") == 1
    assert "回数：5回" in told


def test_no_heading_of_a_call_leaves_a_rank_out(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/danger/"), {"reason": "同じ品で発火の報告"})
    pages = [text(client, at(desk, f"contact/call/{call.id}/")) for call in call_list()]

    for page in (*pages, text(client, at(desk, ""))):
        ranks = [int(rank) for rank in re.findall(r"<h([1-6])[ >]", page.partition("<main")[2])]
        assert ranks[0] == 1
        assert all(next_ <= rank + 1 for rank, next_ in pairwise(ranks)), ranks
    assert len(pages) == 2


def test_cases_change_hands_on_the_record(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    enter(Role.LEAD)
    lead = Account.objects.get(role="lead").who

    taken = client.post(at(desk, "take/"))
    wrong = client.post(at(desk, "hand-over/"), {"to": "agent:404"})
    handed = client.post(at(desk, "hand-over/"), {"to": lead, "reason": "判断をお願いします"})

    assert (taken.status_code, wrong.status_code, handed.status_code) == (302, 422, 302)
    assert cases.case_of(desk.about).assignee == lead
    assert kinds(desk.about)[-2:] == ["cases.taken", "cases.handed_over"]
    assert "判断をお願いします" in text(client, handed["Location"])


def test_a_note_is_kept_and_an_empty_one_is_not(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    empty = client.post(at(desk, "note/"), {"text": " "})
    kept = client.post(at(desk, "note/"), {"text": "<b>午後</b>に電話"})

    assert (empty.status_code, kept.status_code) == (422, 302)
    assert "&lt;b&gt;午後&lt;/b&gt;に電話" in text(client, kept["Location"])


def test_an_agent_proposes_for_the_centre_and_takes_it_back(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/mediate/"))

    wrong = client.post(at(desk, "contact/propose/"), {"kind": "part_refund", "amount": "8000"})
    proposed = client.post(at(desk, "contact/propose/"), {"kind": "part_refund", "amount": "3000"})
    page = text(client, proposed["Location"])
    seen = {"proposal": str(Proposal.objects.get().pk)}
    back = client.post(at(desk, "contact/withdraw-proposal/"), seen)
    again = client.post(at(desk, "contact/withdraw-proposal/"), seen)

    assert wrong.status_code == 422
    assert "出品者が一部を返金する（3,000円）" in page
    assert "返事待ち" in page
    assert "提案を取り下げました" in text(client, back["Location"])
    assert again.status_code == 409
    assert kinds(desk.about)[-2:] == ["contact.propose", "contact.withdraw_proposal"]


def test_an_old_page_takes_no_proposal_back_that_its_reader_never_saw(desk: Desk, enter: Enter) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)
    agent.post(at(desk, "contact/mediate/"))
    agent.post(at(desk, "contact/propose/"), {"kind": "repair"})
    first = Proposal.objects.get().pk
    page = text(agent, at(desk, "contact/withdraw-proposal/"))
    lead.post(at(desk, "contact/withdraw-proposal/"), {"proposal": str(first)})
    lead.post(at(desk, "contact/propose/"), {"kind": "replacement"})

    old = agent.post(at(desk, "contact/withdraw-proposal/"), {"proposal": str(first)})

    assert f'name="proposal" value="{first}"' in page
    assert old.status_code == 409
    assert Proposal.objects.get(closed_at__isnull=True).kind == "replacement"


def test_what_somebody_wrote_is_kept_where_the_decision_is_over_and_the_form_is_not_complete(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/mediate/"))
    contact.withdraw(actor("buyer:B-1", Role.BUYER, desk.begun), trouble=int(desk.about.rpartition(":")[2]))

    written = client.post(at(desk, "contact/propose/"), {"said": "代わりの品はいかがでしょうか"})
    empty = client.post(at(desk, "contact/propose/"), {})

    page = written.content.decode()
    assert written.status_code == 422
    assert "代わりの品はいかがでしょうか" in page
    assert "今の状態ではもうできません" in page
    assert "提案する</button>" not in page
    assert empty.status_code == 302
