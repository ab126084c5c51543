"""What is done about campaigns, as data: drafted, started, stopped, resumed, finished; and a seller says that it read one."""

from __future__ import annotations

from mamori.grammar.hand import SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.outreach import actions
from mamori.rooms.outreach.queries.campaigns import CampaignShown, ToldShown

LEADS = (Role.LEAD, Role.COUNSEL)
DRAFT: Decision[None] = Decision(
    slug="draft",
    title=Text("一斉案内を下書きする", "Draft a campaign"),
    lead=Text(
        "まず、届く出品者を数えます。人数と、届くメールの文面を確かめるまで、だれにも知らせません。",
        "First it is counted to whom it goes. Nobody is told before the number and the mail were looked at.",
    ),
    button=Text("下書きして数える", "Draft and count"),
    done={
        "draft": Text(
            "下書きしました。届く出品者を数えています。", "It is drafted, and being counted to whom it goes."
        )
    },
    verb=actions.draft_campaign,
    key="campaign",
    roles=tuple(STAFF),
    is_there=lambda page: True,
)
START: Decision[CampaignShown] = Decision(
    slug="start",
    title=Text("知らせ始める", "Start it"),
    lead=Text(
        "案内のページに出ているメールを、出品者に順に送ります。始めたあとも止められますが、送ったものは取り消せません。",
        "The mail on the campaign's page is sent to the sellers one after another. It can be stopped, but what was sent "
        "cannot be taken back.",
    ),
    button=Text("知らせ始める", "Start"),
    done={"start": Text("始めました。", "It has started.")},
    verb=actions.start_campaign,
    key="campaign",
    roles=LEADS,
    is_there=lambda page: page.may("start"),
    closed=lambda page: None if page.counted_at else actions.NotCountedYet.text,
)
STOP: Decision[CampaignShown] = Decision(
    slug="stop",
    title=Text("止める", "Stop it"),
    lead=Text(
        "再び始めるまで、だれにも知らせず、もう一度の知らせも出しません。",
        "Until it is resumed nobody is told, and nobody is told once more.",
    ),
    button=Text("止める", "Stop"),
    done={"stop": Text("止めました。", "It is stopped.")},
    verb=actions.stop_campaign,
    key="campaign",
    roles=LEADS,
    is_there=lambda page: page.may("stop"),
)
RESUME: Decision[CampaignShown] = Decision(
    slug="resume",
    title=Text("再び始める", "Resume it"),
    lead=Text(
        "知らせた出品者を飛ばして、はじめから順に見ます。同じ出品者に二度は届きません。",
        "It goes through the sellers from the first and passes over who was told: nobody is told twice.",
    ),
    button=Text("再び始める", "Resume"),
    done={"resume": Text("再び始めました。", "It goes on.")},
    verb=actions.resume_campaign,
    key="campaign",
    roles=LEADS,
    is_there=lambda page: page.may("resume"),
)
FINISH: Decision[CampaignShown] = Decision(
    slug="finish",
    title=Text("終える", "Finish it"),
    lead=Text(
        "新しい出品者にも知らせなくなります。もう始め直せません。知らせた出品者は、あとからでも返事ができます。",
        "Newcomers are told no more, and it cannot be begun again. Who was told can still answer.",
    ),
    button=Text("終える", "Finish"),
    done={"finish": Text("終えました。", "It is finished.")},
    verb=actions.finish_campaign,
    key="campaign",
    roles=LEADS,
    is_there=lambda page: page.may("finish"),
)
OF_CAMPAIGN = (START, STOP, RESUME, FINISH)
ACKNOWLEDGE: Decision[ToldShown] = Decision(
    slug="acknowledge",
    title=Text("読んで、表示を確かめたと知らせる", "Say that you read it and checked your display"),
    lead=Text(
        "案内を読み、お店の表示がいまの事実と合うことを確かめたと記録し、受領証を出します。代理担当も押せます。だれが押したかは記録に残ります。",
        "It is recorded that you read this and found your display true, and you get a receipt. Who acts for you may do so too; "
        "it is kept who did.",
    ),
    button=Text("読んで、表示を確かめた", "I have read this and checked my display"),
    done={"acknowledge": Text("承りました。", "Thank you, it is noted.")},
    verb=actions.acknowledge,
    key="told",
    roles=tuple(SELLERS),
    is_there=lambda page: page.is_waiting,
)
