"""How sellers and everybody are told of things, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law.activities import ACTIVITY_DEADLINES, ACTIVITY_PRACTICES
from mamori.law.outreach import OUTREACH_DEADLINES, OUTREACH_HOURLY
from mamori.rooms.outreach import notices, views
from mamori.rooms.outreach.activities import views as activities
from mamori.rooms.outreach.announcements import views as announcements
from mamori.rooms.outreach.campaigns import views as campaigns
from mamori.rooms.outreach.lifecycle import ACTIVITY, ANNOUNCEMENT, CAMPAIGN, TOLD

PROCEDURES = (
    Procedure(
        code="campaign",
        room="outreach",
        title=Text("出品者への一斉案内", "Telling all sellers something"),
        lead=Text(
            "情報が開示されうることなど、決まった案内をすべての出品者に届けるとき。読んだという返事を待ち、返事のない人にもう一度知らせます。",
            "Something declared is to reach all sellers, such as that information may be disclosed. Their word that they read "
            "it is "
            "awaited, and whoever does not answer is reminded.",
        ),
        examples=(
            Text(
                "情報の開示についての案内を始め、決まった日数のあと、返事のない出品者にもう一度知らせた。",
                "The notice on disclosure was started; sellers that had not answered were reminded in their time.",
            ),
        ),
        lifecycles=(CAMPAIGN, TOLD),
        decisions=(campaigns.DRAFT, *campaigns.OF_CAMPAIGN, campaigns.ACKNOWLEDGE),
        deadlines=OUTREACH_DEADLINES,
        notices=notices.TEMPLATES,
        serves=("P28", "P29"),
        settings=(OUTREACH_HOURLY,),
    ),
    Procedure(
        code="announcement",
        room="outreach",
        title=Text("だれでも読むニュースを出す", "Announcing something to everybody"),
        lead=Text(
            "取組みをニュースとして知らせるとき。数や「初」などの言葉には、意味と日付と根拠を書き、書いた人とは別の人が公開します。",
            "What is done for buyers is announced. Numbers and words such as “first” carry their meaning, day and evidence, and "
            "whoever publishes it did not write on it.",
        ),
        examples=(
            Text(
                "公開したあとで数の誤りに気づき、訂正版を別の人が公開した。前の版も読めるまま残した。",
                "A number proved wrong after publishing. Another person published a correction, and the former stayed readable.",
            ),
        ),
        lifecycles=(ANNOUNCEMENT,),
        decisions=(announcements.WRITE, *announcements.OF_ANNOUNCEMENT),
        serves=("P31",),
    ),
    Procedure(
        code="help",
        room="outreach",
        title=Text("ヘルプの記事を書く", "Writing articles of the help"),
        lead=Text(
            "ヘルプのページのうち、期限や権利は仕組みから作られます。運営者の記事は、ニュースと同じく、書いた人とは別の人が公開します。",
            "Pages on times and rights are made from what runs. The operator's own articles are published as news is: by "
            "somebody "
            "who did not write on them.",
        ),
        examples=(
            Text(
                "決済詐欺の啓発の文をもとに記事を書き、法務担当が確かめて公開した。",
                "An article was begun from the text on payment fraud; counsel looked at it and published it.",
            ),
        ),
        decisions=(announcements.WRITE_ARTICLE, views.SAY_HELPFUL),
        serves=("measures-shown", "P25"),
    ),
    Procedure(
        code="activity",
        room="outreach",
        title=Text("行政・団体との活動を記録する", "Keeping what is done with authorities and bodies"),
        lead=Text(
            "意見交換、団体への参加、セミナー、消費者教育などを、予定から、何につながったかまで記録します。"
            "定期の活動は、次回の手配が求められます。公表するのは、二人が確かめた一文だけです。",
            "Exchanges, bodies, seminars and the education of consumers are kept from the plan until it is known what came of "
            "them; of a series the next one is asked for. Published is one line, which two persons have seen.",
        ),
        examples=(
            Text(
                "消費者庁との意見交換を記録し、決めたことを期日までに済ませ、次回を予定した。一文を別の責任者が公開した。",
                "An exchange with the CAA was noted, what was agreed was done by its day, the next one planned, and another lead "
                "released its line.",
            ),
        ),
        lifecycles=(ACTIVITY,),
        decisions=(activities.PLAN, *activities.DECISIONS),
        deadlines=ACTIVITY_DEADLINES,
        notices=(notices.ACTIVITY_DUE,),
        serves=ACTIVITY_PRACTICES,
    ),
)
declare_procedures(*PROCEDURES)
