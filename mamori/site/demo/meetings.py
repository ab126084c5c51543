"""Two scenes of an exchange with an agency: held and told in one line by two persons; what came of it, and the next one."""

from __future__ import annotations

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.law.activities import ActivityKind
from mamori.rooms.outreach.activities import actions, queries
from mamori.rooms.outreach.activities.actions import ActivityTold
from mamori.rooms.outreach.models import Activity
from mamori.site.demo.course import Course, moment
from mamori.site.demo.guests import COUNSEL

LINE = Text(
    "見本市の消費者行政と、年末の困りごとについて意見を交わしました。",
    "We exchanged views with the consumer office of Mihon City on troubles at the year's end.",
)
SEMINAR = "出品者03\n出品者07\n出品者11\n見本の商工会\n"


def an_agency_met(story: Course) -> None:
    """Play an exchange that is held half-yearly: planned, held, something agreed, and its line released by a second person."""
    story.teller.scene(Text("行政機関との意見交換", "An exchange with an agency"))
    said = Text("半年ごとの意見交換を予定する", "plans an exchange that is held twice a year")
    told = ActivityTold(
        kind=ActivityKind.AGENCY,
        title="見本市との意見交換",
        title_en="Exchange with Mihon City",
        on=moment("2026-12-18T10:00").date(),
        bodies="見本市 消費生活課",
        agenda="年末の困りごと\n返品の案内",
        every_months=6,
    )
    number = actions.plan_activity(story.lead("2026-12-17T11:00", said), told=told)
    said = Text("開いたことと議事を記録する", "notes that it was held, and the minutes")
    actor = story.agent("2026-12-18T11:30", said)
    actions.hold_activity(actor, activity=number, came=5, minutes="届かない品の相談が増えている。")
    actions.add_activity_action(
        actor,
        activity=number,
        words="返品の案内の文を送る",
        owner="広報",
        on=moment("2026-12-21T10:00").date(),
    )
    said = Text("公表の一文を書く", "writes its public line")
    actor = story.lead("2026-12-18T11:40", said)
    actions.propose_line(actor, activity=number, line=LINE.ja, line_en=LINE.en)
    said = Text(
        "書いた人とは別の法務担当が確かめ、公開する", "who did not write it looks at it and releases it"
    )
    actions.release_line(story.do("2026-12-18T12:00", COUNSEL, Role.COUNSEL, said), activity=number)
    [one] = queries.news()
    where = Text(
        "「{line}」が取組みのページとニュースに載った", "“{line}” stands among the measures and in the news"
    )
    story.teller.house(story.now, where.fill(line=one.line_text))


def what_came_of_it(story: Course) -> None:
    """Play what follows: the house has asked for it, what was agreed is done, and the next one is planned."""
    story.teller.scene(Text("意見交換のあと", "After the exchange"))
    row = Activity.objects.get()
    said = Text("決めたことを済ませたと記録する", "notes that what was agreed is done")
    actions.finish_activity_action(
        story.agent("2027-02-02T13:00", said), activity=row.pk, action=row.actions.get().pk
    )
    said = Text("何につながったかを記録し、次回を予定する", "notes what came of it, and plans the next one")
    actor = story.lead("2027-02-02T13:30", said)
    actions.follow_up_activity(actor, activity=row.pk, result="市の広報に、返品の案内が載った。")
    actions.arrange_next(actor, activity=row.pk, on=moment("2027-03-02T10:00").date())


def waits(counsel: Actor) -> None:
    """Leave the next exchange to be noted as held, and a seminar for sellers whose line waits for another person."""
    told = ActivityTold(
        kind=ActivityKind.RIGHTS_SEMINAR,
        title="偽物を防ぐセミナー",
        title_en="Seminar against counterfeits",
        on=counsel.at.date(),
        bodies="見本の権利者団体",
    )
    number = actions.plan_activity(counsel, told=told)
    actions.note_guests(counsel, activity=number, guests=SEMINAR)
    actions.hold_activity(counsel, activity=number, present=["出品者03", "見本の商工会"], came=18)
    actions.propose_line(
        counsel,
        activity=number,
        line="権利者の団体と、偽物を防ぐセミナーを開きました。",
        line_en="With a body of rights holders we held a seminar against counterfeits.",
    )
