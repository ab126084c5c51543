"""What is decided about consultations, each declared once: by the counsellor, by the consumer, and by staff."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.law.counselling import INVITED_DAYS
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.counselling.queries.consultations import ConsultationShown
from mamori.rooms.complaints.counselling.queries.counsellors import CounsellorShown

_COUNSELLOR, _CONSUMER = frozenset({Role.COUNSELLOR}), frozenset({Role.BUYER})
ASK_LINK: Decision[str] = Decision(
    slug="link",
    title=Text("消費生活センターの相談員の方へ", "For counsellors of consumer centres"),
    lead=Text(
        "招待されたメールアドレスに、入るためのリンクをお送りします。パスワードは要りません。",
        "We send a link to the address at which you are invited. There is no password.",
    ),
    button=Text("リンクを送る", "Send the link"),
    done={},
    verb=actions.ask_link,
    key="",
    roles=tuple(Role),
    is_there=lambda page: True,
)
CONSULT: Decision[tuple[ConsultationShown, ...]] = Decision(
    slug="new",
    title=Text("相談する", "Ask for a consumer"),
    lead=Text(
        "ご本人の同意を得た相談だけをお送りください。注文が決まる相談では、ご本人にも通販サイトから確かめます。",
        "Only with the consumer's consent, please. Where there is an order, the marketplace asks them as well.",
    ),
    button=Text("送る", "Send it"),
    done={
        "consult": Text(
            "相談を受け付けました。回答はメールでお知らせします。", "It is taken. You are told of the answer."
        )
    },
    verb=actions.consult,
    key="",
    roles=_COUNSELLOR,
    is_there=lambda page: True,
)
WRITE: Decision[ConsultationShown] = Decision(
    slug="write",
    title=Text("書き足す", "Write more"),
    lead=None,
    button=Text("送る", "Send it"),
    done={"write": Text("送りました。", "It was sent.")},
    verb=actions.write_on,
    key="consultation",
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
TAKE_BACK: Decision[ConsultationShown] = Decision(
    slug="take-back",
    title=Text("ご本人が同意を取り消した", "The consumer took the consent back"),
    lead=Text(
        "この相談は終わり、資料は取り出せなくなります。", "It ends, and no papers can be taken any more."
    ),
    button=Text("同意の取り消しを伝える", "Say that it is taken back"),
    done={"withdraw": Text("同意の取り消しを記録しました。", "It is noted.")},
    verb=actions.withdraw_consent,
    key="consultation",
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
END: Decision[ConsultationShown] = Decision(
    slug="end",
    title=Text("相談を終える", "End the consultation"),
    lead=Text("終えると書き足せず、資料も取り出せません。", "Nothing can be written or taken after that."),
    button=Text("相談を終える", "End it"),
    done={"close": Text("相談を終えました。", "It has ended.")},
    verb=actions.close_consultation,
    key="consultation",
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
ALLOW: Decision[ConsultationShown] = Decision(
    slug="allow",
    title=Text("同意したとおりです", "I agreed to this"),
    lead=Text("いつでも取り消せます。", "You can take it back at any time."),
    button=Text("伝えてよい", "You may tell it"),
    done={"confirm": Text("承りました。いつでも取り消せます。", "Noted. You can take it back at any time.")},
    verb=actions.confirm_consent,
    key="consultation",
    roles=_CONSUMER,
    is_there=lambda page: page.awaits_consumer,
)
REFUSE: Decision[ConsultationShown] = Decision(
    slug="refuse",
    title=Text("伝えないでください", "Do not tell it"),
    lead=Text(
        "覚えがないとき、気が変わったときに。相談員には、同意が取り消されたことだけを知らせます。",
        "If you know nothing of it, or thought better of it. The counsellor is told only that the consent was taken back.",
    ),
    button=Text("伝えないでほしい", "Do not tell it"),
    done={"withdraw": Text("承りました。これから先は何も伝えません。", "Noted. Nothing more is told.")},
    verb=actions.withdraw_consent,
    key="consultation",
    roles=_CONSUMER,
    is_there=lambda page: page.is_open,
)
ANSWER: Decision[ConsultationShown] = Decision(
    slug="answer",
    title=Text("回答する", "Answer"),
    lead=None,
    button=Text("回答を送る", "Send the answer"),
    done={"answer": Text("回答しました。", "It is answered.")},
    verb=actions.answer_counsellor,
    key="consultation",
    roles=STAFF,
    is_there=lambda page: page.is_open,
    warns=lambda page: (
        Text(
            "本人の同意はまだ確かめられていません。注文ややり取りの中身は答えないでください。",
            "The consumer has not confirmed the consent yet: nothing of order or conversation may be answered.",
        )
        if page.confirmed_at is None
        else None
    ),
)
CONFIRM: Decision[ConsultationShown] = Decision(
    slug="confirm",
    title=Text("電話で本人に確かめた", "The consumer was called and agreed"),
    lead=Text(
        "本人のページでお返事がないときに。登録の番号にかけて確かめたことを記録し、本人にも書面で知らせます。",
        "Where they did not answer on their page. They were called at the registered number, and are told in writing.",
    ),
    button=Text("同意を記録する", "Note the consent"),
    done={"confirm": Text("本人の同意を記録しました。", "The consent is noted.")},
    verb=actions.confirm_by_call,
    key="consultation",
    roles=STAFF,
    is_there=lambda page: page.awaits_consumer,
)
WITHDRAW: Decision[ConsultationShown] = Decision(
    slug="withdraw",
    title=Text("本人が同意を取り消した", "The consumer took the consent back"),
    lead=Text(
        "電話や手紙で取り消されたときに。すぐに何も渡さなくなります。",
        "By telephone or letter. Nothing more is shown.",
    ),
    button=Text("取り消しを記録する", "Note it"),
    done={"withdraw": Text("取り消しを記録しました。", "It is noted.")},
    verb=actions.withdraw_for,
    key="consultation",
    roles=STAFF,
    is_there=lambda page: page.is_open,
)
CLOSE: Decision[ConsultationShown] = Decision(
    slug="close",
    title=Text("相談を終える", "End the consultation"),
    lead=None,
    button=Text("相談を終える", "End it"),
    done={"close": Text("相談を終えました。", "It has ended.")},
    verb=actions.close_consultation,
    key="consultation",
    roles=STAFF,
    is_there=lambda page: page.is_open,
)
INVITE: Decision[str] = Decision(
    slug="invite",
    title=Text("相談員を招く", "Invite a counsellor"),
    lead=Text(
        "センターの代表番号に電話して、その人が相談員であることを確かめてから招きます。招待は{days}日間で、同じ人を招くと延びます。",
        "Call the centre's public number first to see that they work there. It is for {days} days; inviting them again prolongs "
        "it.",
    ).fill(days=INVITED_DAYS),
    button=Text("招待のメールを送る", "Send the invitation"),
    done={"invite": Text("招待のメールを送りました。", "The invitation was sent.")},
    verb=actions.invite_counsellor,
    key="",
    roles=HEADS,
    is_there=lambda page: True,
)
END_COUNSELLOR: Decision[CounsellorShown] = Decision(
    slug="end-counsellor",
    title=Text("相談員の利用を終える", "Let them come in no more"),
    lead=Text("この人の相談も終わります。", "What they asked ends, too."),
    button=Text("利用を終える", "End it"),
    done={"end_counsellor": Text("利用を終えました。", "They may come in no more.")},
    verb=actions.end_counsellor,
    key="counsellor",
    roles=HEADS,
    is_there=lambda page: page.is_here,
)
OF_COUNSELLOR = (WRITE, END, TAKE_BACK)
OF_CONSUMER = (ALLOW, REFUSE)
OF_STAFF = (ANSWER, CONFIRM, WITHDRAW, CLOSE)
OF_ALL = (*OF_COUNSELLOR, *OF_CONSUMER, *OF_STAFF)
BY_SLUG = {one.slug: one for one in OF_ALL}
DECISIONS = (ASK_LINK, CONSULT, *OF_ALL, INVITE, END_COUNSELLOR)
