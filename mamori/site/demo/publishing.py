"""Scenes of what everybody is told: two people publish the half-year, and a text is listed at JOMC beside the own page."""

from __future__ import annotations

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.japan.months import half_of, month_of
from mamori.law.shown import TROUBLES
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.queries import editions, jomc
from mamori.rooms.disclosure.queries import handbook as handbooks
from mamori.rooms.disclosure.queries.kpi import kpi_sheet
from mamori.rooms.disclosure.queries.publicpage import edition_lines
from mamori.site.demo.cast import COUNSEL
from mamori.site.demo.course import Course
from mamori.site.demo.days import half, moment

HEARD = "request"
"""The procedure that is read."""
LISTED_AT = "https://onlinemarketplace.jp/sample/"


def half_year(story: Course) -> None:
    """Play an edition: too early it is refused, then drafted by one, released by another, and small counts are hidden in it."""
    story.teller.scene(Text("取組みと実績を公表する", "What is done is published"))
    story.now = moment("2027-02-01T09:00")
    story.jump(story.now)
    months = 0
    while tasks.count_months(story.now):
        months += 1
    counted = Text(
        f"数え終わる日を過ぎた{months}か月を数えた", f"{months} months are settled, and were counted"
    )
    story.teller.house(story.now, counted)
    hand = story.lead("2027-02-01T10:00", Text("次の半期の確定版を作ろうとする", "drafts the next half-year"))
    try:
        actions.draft_edition(hand, half=str(half_of(month_of(story.now))))
    except Refusal as refusal:
        story.teller.house(story.now, refusal.sentence)
    said = Text("終わった半期の確定版を作る", "drafts the half-year that is over")
    number = actions.draft_edition(story.lead("2027-02-01T10:05", said), half=str(half()))
    said = Text("別の人として確かめ、公表する", "looks at it, as another person, and releases it")
    actions.release_edition(story.do("2027-02-01T15:00", COUNSEL, Role.COUNSEL, said), edition=number)
    for one in editions.published():
        said = Text(f"要約値 {one.digest[:16]}… を記録した", f"digest {one.digest[:16]}… was recorded")
        story.teller.house(story.now, said)
        for line in edition_lines(one.told):
            if line.title == TROUBLES.title and line.total:
                last, told, _ = line.months[-2]
                story.teller.house(
                    story.now,
                    Text(f"{line.title.ja} {last}：{told.ja}", f"{line.title.en}, {last}: {told.en}"),
                )
    story.jump(story.now)


def handbook(story: Course) -> None:
    """Play the handbook: its versions are kept, counsel reads a procedure and answers, adds words, and is to read it anew."""
    story.teller.scene(Text("手順書を読む", "The handbook is read"))
    kept = tasks.note_procedures(story.now)
    told = Text(
        f"{kept}の手順が動いている仕組みから作られ、最初の版が残った",
        f"{kept} procedures were drawn from what runs",
    )
    story.teller.house(story.now, told)
    reader = story.do(
        "2027-02-02T10:00",
        COUNSEL,
        Role.COUNSEL,
        Text("開示請求の手順を読み、問いに答える", "reads how requests go, and answers"),
    )
    shown = handbooks.procedure_of(HEARD, reader.at)
    asked = handbooks.quiz_of(reader, shown, 0)
    answers = [question.right for question in asked]
    right = actions.read_procedure(reader, procedure=HEARD, digest=shown.digest, turn=0, answers=answers)
    story.teller.house(story.now, Text(f"{len(asked)}問中{right}問正解", f"{right} of {len(asked)} right"))
    words = "書留で届いた請求は、総務が受け取った日に写しを送ります。"
    hand = story.lead("2027-02-02T11:00", Text("会社での進め方を書き足す", "adds how the company does it"))
    actions.add_words(hand, procedure=HEARD, ja=words, en="")
    again = handbooks.own_readings(reader, [handbooks.procedure_of(HEARD, hand.at)])[HEARD]
    if not again.is_current:
        story.teller.house(
            story.now,
            Text(
                "法務担当には「読んだあとで変わりました」と出る", "counsel is told that it has changed since"
            ),
        )
    story.jump(story.now)


def at_jomc(story: Course) -> None:
    """Play the page of JOMC: the text is sent by a person, listed at an address that is taken, and stands beside one's own."""
    story.teller.scene(Text("JOMCのページ", "The page of JOMC"))
    hand = story.lead(
        "2027-02-02T12:00",
        Text("文を読み、JOMCに送ったと記録する", "reads the text and records that it was sent"),
    )
    number = actions.send_jomc(hand, digest=jomc.text_now(hand.at).digest)
    on = hand.at.astimezone(JAPAN).date()
    hand = story.lead("2027-02-02T12:05", Text("よそのアドレスを書く", "writes an address elsewhere"))
    try:
        actions.list_jomc(hand, entry=number, address="https://jomc.example.com/", changed_on=on)
    except Refusal as refusal:
        story.teller.house(story.now, refusal.sentence)
    said = Text("載ったページと日を記録する", "records the page on which it is listed, and the day")
    hand = story.lead("2027-02-02T12:10", said)
    actions.list_jomc(hand, entry=number, address=LISTED_AT, changed_on=on)
    found = jomc.listed()
    if found is not None:
        same = found.digest == jomc.text_now(hand.at).digest
        is_same = Text("いまの文と同じ", "the text of now") if same else Text("古い文", "an older text")
        told = Text("公表のページにリンクと日が出た：{what}", "link and day stand on the public page: {what}")
        story.teller.house(story.now, told.fill(what=is_same))
    story.jump(story.now)


def pledge(story: Course) -> None:
    """Play the sheet of the product safety pledge: a year to come is refused, and what is not counted has no figure."""
    story.teller.scene(Text("製品安全誓約のKPI", "The figures of the product safety pledge"))
    hand = story.lead("2027-02-02T13:00", Text("始まっていない年を選ぶ", "chooses a year that has not begun"))
    try:
        kpi_sheet(str(hand.at.year + 1), hand.at)
    except Refusal as refusal:
        story.teller.house(story.now, refusal.sentence)
    hand = story.lead("2027-02-02T13:05", Text("前の年の数を開く", "opens the figures of the year before"))
    for line in kpi_sheet(str(half().year), hand.at).lines:
        told = Text("({number}) {title}：{said}", "({number}) {title}: {said}")
        story.teller.house(story.now, told.fill(number=line.row.number, title=line.row.title, said=line.said))
    story.jump(story.now)
