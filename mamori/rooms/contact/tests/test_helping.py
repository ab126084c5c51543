"""Somebody helps a buyer: one conversation, as far and as long as the buyer wants, and never under the buyer's name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions, helping
from mamori.rooms.contact.leave import Way
from mamori.rooms.contact.models import Helper, Message, Thread, Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.rules.deeds import Deed
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, buyer, open_trouble, seller
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, token
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")

LATER = MONDAY + timedelta(hours=1)


@laid
def thread() -> int:
    return Trouble.objects.get(pk=open_trouble()).thread_id


def let(thread: int, *, may: May = May.WRITE, name: str = "長女の花子", days: int = 7) -> Actor:
    code = actions.let_help(buyer(), thread=thread, name=name, may=may, days=days)
    return come(code)


def come(code: str, at: object = LATER) -> Actor:
    presence, _ = actions.come_to_help(code=code, at=at)  # type: ignore[arg-type]
    return presence.actor(at=LATER, via="test")


def number(thread: int) -> str:
    return number_of(Trouble.objects.get(thread=thread).pk)


def test_a_helper_reads_and_writes_and_each_act_bears_their_own_name(thread: int) -> None:
    helper = let(thread)

    page = threads.page_of(helper, number(thread))
    actions.write(helper, thread=thread, said="母の代わりに書きます")

    message = Message.objects.latest("number")
    acts = ledger.acts_about(f"contact.trouble:{Trouble.objects.get().pk}")
    assert [m.words for m in page.messages] == ["動きません"]
    assert page.deeds == {Deed.WRITE, Deed.RAISE_HARM, Deed.TO_CENTRE}
    assert (message.by_seller, message.through) == (False, "helper")
    assert acts[-1].content is not None
    assert (acts[-1].content["by"], acts[-1].content["role"]) == (
        f"buyer:B-1/helper-{Helper.objects.get().pk}",
        "helper",
    )
    assert [act.kind for act in acts[-3:]] == ["contact.let_help", "contact.come_to_help", "contact.write"]


def test_whoever_may_only_read_cannot_write(thread: int) -> None:
    helper = let(thread, may=May.READ)

    page = threads.page_of(helper, number(thread))
    with pytest.raises(Refusal) as refused:
        actions.write(helper, thread=thread, said="書けますか")

    assert page.deeds == frozenset()
    assert refused.value.status == 404
    assert Message.objects.count() == 1


def test_what_decides_stays_with_the_buyer(thread: int) -> None:
    helper, trouble = let(thread), Trouble.objects.get().pk

    tried = (
        lambda: actions.solve(helper, trouble=trouble),
        lambda: actions.withdraw(helper, trouble=trouble),
        lambda: actions.request_mediation(helper, trouble=trouble, centre_may_read=True),
        lambda: actions.let_read(helper, thread=thread, centre_may_read=True),
        lambda: actions.let_contact(helper, thread=thread, way=Way.PHONE, detail="090-0000-0000"),
        lambda: actions.let_help(helper, thread=thread, name="友人", may=May.WRITE, days=7),
        lambda: actions.end_help(helper, thread=thread, helper=1),
        lambda: actions.share(helper, thread=thread),
        lambda: actions.answer(helper, thread=thread, said="答え"),
        lambda: actions.close_thread(helper, thread=thread),
        lambda: open_for(helper),
    )
    codes = []
    for act in tried:
        with pytest.raises(Refusal) as refused:
            act()
        codes.append(refused.value.status)

    assert set(codes) <= {403, 404, 409}
    assert (Thread.objects.get().state, Trouble.objects.get().state) == ("waiting", "open")


def open_for(actor: Actor) -> int:
    from mamori.rooms.contact.topics import Harm, Topic

    return actions.open_trouble(
        actor, order_ref="O-3", topic=Topic.OTHER, harm=Harm.MONEY, said="x", centre_may_read=True
    )


def test_one_conversation_and_no_other(thread: int) -> None:
    helper = let(thread)
    other = Trouble.objects.get(pk=open_trouble(order_ref="O-2")).thread_id

    with pytest.raises(Refusal):
        threads.page_of(helper, number(other))
    with pytest.raises(Refusal):
        actions.write(helper, thread=other, said="x")


@pytest.mark.parametrize(
    "by",
    [
        "buyer:B-1/helper-999",
        "buyer:B-2/helper-{}",
        "buyer:B-1",
        "buyer:B-1/helper-x",
        "buyer:B-1/helper-{}0",
    ],
)
def test_a_forged_helper_sees_nothing(thread: int, by: str) -> None:
    let(thread)
    forged = Actor(by=by.format(Helper.objects.get().pk), role=Role.HELPER, at=LATER, via="test")

    with pytest.raises(Refusal):
        threads.page_of(forged, number(thread))


def test_it_ends_when_the_buyer_ends_it_and_when_its_time_is_over(thread: int) -> None:
    code = actions.let_help(buyer(), thread=thread, name="花子", may=May.WRITE, days=7)
    helper = come(code)
    late = Actor(by=helper.by, role=Role.HELPER, at=MONDAY + timedelta(days=7), via="test")

    with pytest.raises(Refusal):
        threads.page_of(late, number(thread))
    for _ in range(2):  # what is over is ended once
        actions.end_help(buyer(LATER), thread=thread, helper=Helper.objects.get().pk)
    ended = [act.kind for act in ledger.acts_about(f"contact.trouble:{Trouble.objects.get().pk}")]
    assert ended.count("contact.end_help") == 1
    with pytest.raises(Refusal):
        threads.page_of(helper, number(thread))
    with pytest.raises(Refusal) as refused:
        come(code)

    assert refused.value.code == "help-code-unusable"


def test_a_code_is_read_however_it_is_written_and_kept_as_a_digest_only(thread: int) -> None:
    code = actions.let_help(buyer(), thread=thread, name="花子", may=May.WRITE, days=7)

    row = Helper.objects.get()
    written = f" {helping.spelt(code).lower()} ".replace("-", " － ")
    assert come(written)
    assert code not in str(Helper.objects.values())
    assert "花子".encode() not in bytes(row.sealed)
    assert len(code) == helping.LENGTH
    assert len({helping.new_code() for _ in range(100)}) == 100


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "\u202e", "x" * 5_000])
def test_a_code_that_is_none_opens_nothing(thread: int, code: str) -> None:
    let(thread)

    with pytest.raises(Refusal) as refused:
        come(code)

    assert refused.value.code == "help-code-unusable"


def test_an_erased_buyer_lets_nobody_in(thread: int) -> None:
    code = actions.let_help(buyer(), thread=thread, name="花子", may=May.WRITE, days=7)

    sealing.shred(subject="buyer:B-1", at=LATER)

    with pytest.raises(Refusal):
        come(code)
    assert helping.name_of(Thread.objects.get(), Helper.objects.get()) == ""


def test_three_may_help_and_each_has_a_name(thread: int) -> None:
    for name in ("一", "二", "三"):
        let(thread, name=name)

    refused = []
    for name in ("四", "", "\u202e", "あ" * 41):
        with pytest.raises(Refusal) as why:
            let(thread, name=name)
        refused.append(why.value.code)
    with pytest.raises(ValueError, match="365"):
        let(thread, days=365)

    assert refused == ["too-many-helpers", "helper-name", "helper-name", "helper-name"]


@pytest.mark.parametrize("eve", [*EVES, seller()])
def test_nobody_but_the_buyer_lets_somebody_help(thread: int, eve: Actor) -> None:
    with pytest.raises(Refusal):
        actions.let_help(eve, thread=thread, name="花子", may=May.WRITE, days=7)

    assert not Helper.objects.exists()


def test_after_the_end_nobody_new_is_let_in(thread: int) -> None:
    actions.withdraw(buyer(LATER), trouble=Trouble.objects.get().pk)

    with pytest.raises(Refusal) as refused:
        let(thread)

    assert refused.value.code == "thread-ended"


def test_the_pages_lead_from_the_buyer_to_the_helper(enter: Enter) -> None:
    case = number_of(open_trouble(now()))
    hers: Client = enter(Role.BUYER, "buyer:B-1")
    path = f"/threads/{case}/helpers/"
    form = {
        "token": token(hers.get(path).content.decode()),
        "name": "長女の花子",
        "may": "write",
        "days": "7",
    }

    shown = hers.post(path, form, follow=True).content.decode()
    again = hers.post(path, form, follow=True).content.decode()
    code = shown.split('class="code"><strong>')[1].split("<")[0]
    client = enter()
    asked = client.get(f"/help/{code}/").content.decode()
    wrong = client.post("/help/", {"code": "x"})
    thread = client.post("/help/", {"code": code}, follow=True)
    page = thread.content.decode()
    sent = client.post(
        f"/threads/{case}/write/", {"token": token(page), "said": "代わりに書きます"}, follow=True
    )
    shut = [
        client.get(where).status_code
        for where in ("/threads/", path, f"/threads/{case}/reach/", "/report/", "/seller/", "/desk/")
    ]
    sellers = enter(Role.SELLER, "seller:S-1").get(f"/seller/threads/{case}/").content.decode()
    hers.post(path, {"act": "end", "helper": str(Helper.objects.get().pk)})
    gone = client.get(f"/threads/{case}/")

    assert Helper.objects.count() == 1
    assert code not in again
    assert "/help/ を開いて" in shown
    assert "ご相談の窓口" in shown
    assert f'value="{code}"' in asked
    assert wrong.status_code == 410
    assert thread.redirect_chain[-1][0] == f"/threads/{case}/"
    assert "購入者に頼まれて見ています" in page
    assert "記録の控え" not in page
    assert "代わりに書きます" in sent.content.decode()
    assert set(shut) <= {302, 403, 404}
    assert "頼まれた人が代わりに書きました" in sellers
    assert "花子" not in sellers
    assert gone.status_code == 404


@pytest.mark.parametrize("may", [May.READ, May.WRITE])
def test_a_helper_is_told_nothing_that_only_the_buyer_can_ask_for(thread: int, may: May) -> None:
    helper = let(thread, may=may)

    hers, theirs = (threads.page_of(actor, number(thread)).standing.next for actor in (buyer(), helper))

    assert "それより早く頼むこともできます" in hers.ja
    assert "それより早く" not in theirs.ja
    assert "earlier" not in theirs.en
    assert hers.ja.startswith(theirs.ja)


@pytest.mark.parametrize("which", ["9" * 5_000, "9" * 19, "９", "-1", "", "x"])
@pytest.mark.parametrize("act", ["end", "decide", "decide-no-more"])
def test_a_helper_that_cannot_be_is_none_and_no_fault(
    enter: Enter, thread: int, which: str, act: str
) -> None:
    let(thread)

    answer = enter(Role.BUYER, "buyer:B-1").post(
        f"/threads/{number(thread)}/helpers/", {"act": act, "helper": which}
    )

    assert answer.status_code < 500
    assert Helper.objects.get().ended_at is None
