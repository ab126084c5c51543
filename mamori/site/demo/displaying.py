"""A scene of what a seller has to show: written, looked at, put right in time, and kept as the buyer saw it."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.law.deadlines import DISPLAY_MENDING
from mamori.law.display import DisplayItem, Trait
from mamori.rooms.display import actions, facts
from mamori.rooms.display.queries.contactproofs import proof_shown
from mamori.rooms.display.queries.requests import of_buyer
from mamori.rooms.display.rules.proofs import CallHours, ProofCall, ProofChannel, proof_name
from mamori.rooms.display.rules.told import DisplayTold, ItemTold
from mamori.site.demo.cast import SELLERS
from mamori.site.demo.course import Course

SHOWN = {
    DisplayItem.NAME: "株式会社こもれび電器",
    DisplayItem.PHONE: "000-0000-0000",
    DisplayItem.PRICE: "各商品のページに税込で表示します。",
    DisplayItem.SHIPPING: "全国一律 800円",
    DisplayItem.PAYMENT_METHOD: "クレジットカード",
    DisplayItem.PAYMENT_TIME: "ご注文時にお支払いいただきます。",
    DisplayItem.DELIVERY: "ご注文から3営業日以内に発送します。",
    DisplayItem.RETURNS: "商品到着後8日以内にご連絡のうえ、お客様の送料負担で返品できます。",
}
ADDRESS = ItemTold(item=DisplayItem.ADDRESS, on_request=True)
PHONE = "03-0581-5438"


def shown(story: Course) -> None:
    """Play a display with a telephone that is none: told to its seller, put right, both versions kept."""
    story.teller.scene(Text("特定商取引法に基づく表示", "What the law asks a seller to show"))
    said = Text(
        "表示を書く（電話番号は 000-0000-0000、住所は請求されたら知らせる）",
        "writes its display, with 000-0000-0000 for a telephone and its address on request",
    )
    _write(story, "2026-12-04T16:00", said, SHOWN)
    _told(story)
    said = Text("電話番号を直す", "puts the telephone right")
    _write(story, "2026-12-07T10:00", said, SHOWN | {DisplayItem.PHONE: PHONE})
    _told(story)
    found = facts.shown(SELLERS["solved"])
    if found is not None:
        kept = Text(
            f"表示は第{found.version}版。前の版も、注文した人が見たとおりに残る",
            f"version {found.version} is shown; the one before is kept as buyers saw it",
        )
        story.teller.house(story.now, kept)
    _prove(story)
    _give(story)
    story.jump(story.now)


def _prove(story: Course) -> None:
    """Let the seller be called at the number that it shows, and read the code out that its page shows."""
    proof = proof_name(ProofChannel.PHONE, SELLERS["solved"])
    hand = story.seller(
        "2026-12-07T11:00",
        "solved",
        Text("電話での確認を頼む（平日12時から15時）", "asks to be called, weekdays from 12:00 to 15:00"),
    )
    actions.offer_call(hand, proof=proof, hours=CallHours.NOON)
    page = proof_shown(ProofChannel.PHONE, SELLERS["solved"], at=hand.at)
    agent = story.agent(
        "2026-12-07T12:30",
        Text(
            "表示の番号にかけ、出品者が読み上げた確認コードを入れる",
            "calls the number shown and enters the code that is read out",
        ),
    )
    actions.record_proof_call(agent, proof=proof, outcome=ProofCall.CODE, code=page.call_code if page else "")
    for one in facts.proven(SELLERS["solved"]):
        said = one.channel.text
        story.teller.house(
            story.now,
            Text(
                f"連絡先確認 {one.at:%Y-%m-%d}（{said.ja}）が表示に出る",
                f"“contact proved {one.at:%Y-%m-%d}” ({said.en}) stands in the display",
            ),
        )


def _give(story: Course) -> None:
    """Let a buyer ask for the address that the display leaves out, and have it at once, as it is registered."""
    said = Text("省略された住所を請求する", "asks for the address that is left out")
    hand = story.buyer("2026-12-07T13:00", "solved", said)
    actions.ask_items(hand, seller_ref=SELLERS["solved"], items=(DisplayItem.ADDRESS,))
    [asked, *_] = of_buyer(hand.whose.removeprefix("buyer:"))
    for title, words in asked.rows:
        given = Text(
            f"登録から、その購入者だけに知らせる。{title.ja}：{words}",
            f"given from the registration, to that buyer alone. {title.en}: {words}",
        )
        story.teller.house(story.now, given)


def _write(story: Course, when: str, said: Text, words: dict[DisplayItem, str]) -> None:
    hand = story.seller(when, "solved", said)
    items = (*(ItemTold(item=item, said=value) for item, value in words.items()), ADDRESS)
    traits = (Trait.SENDS, Trait.PREPAID, Trait.ALL_CHARGES_SHOWN)
    actions.write_display(hand, seller_ref=SELLERS["solved"], told=DisplayTold(traits=traits, items=items))


def _told(story: Course) -> None:
    """Tell what the house found, and by when it is to be put right."""
    wrong = facts.display(SELLERS["solved"]).items_text
    if wrong is None:
        story.teller.house(story.now, Text("表示はそろっている", "the display is complete"))
        return
    running = clocks.open_clocks(f"display.display:{SELLERS['solved']}")
    due = next(clock.due_at for clock in running if clock.kind == DISPLAY_MENDING.code)
    story.note(Text(f"表示に直すところ：{wrong.ja}", f"to be put right in the display: {wrong.en}"), due)
