"""How reports are dealt with, for the handbook."""

from __future__ import annotations

from mamori.grammar.procedure import Procedure, ProcedureTable
from mamori.grammar.text import Text
from mamori.ground.declared.fields import declare_procedures
from mamori.law.calls import COMPLAINT_CALL, COMPLAINT_CALL_TRIES
from mamori.law.care import CONDUCT
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION, COMPLAINT_REASONS, COMPLAINT_WISH_DAYS
from mamori.law.counselling import COUNSELLOR_ANSWER
from mamori.rooms.complaints import notices, views as care
from mamori.rooms.complaints.counselling import views as counselling
from mamori.rooms.complaints.lifecycle import CALL_BACK, COMPLAINT, CONSULTATION
from mamori.rooms.complaints.reports.views import calls, public

NO_BREACH = Text("なし（違反の疑いは開かない）", "none: no finding is opened")
PROCEDURES = (
    Procedure(
        code="complaint",
        room="complaints",
        title=Text("だれでもできる申し出", "Reports by anybody"),
        lead=Text(
            "商品・お店・レビュー・メッセージ・広告・通販サイトそのものについて、だれかが知らせたとき。同じ対象・同じ理由のものは一つの申し出にまとまります。"
            "危険は何より先に見ます。お店が読むものには、担当者が確かめたことだけを自分の言葉で書きます。",
            "Somebody reports goods, a shop, a review, a message, an advertisement or the marketplace itself. What is about the "
            "same thing for the same reason is one matter. Dangers go first. What the shop reads is what staff found, in their "
            "own words.",
        ),
        examples=(
            Text(
                "充電器が発火したとの知らせが夜に届き、すぐに読んで商品を暫定的に非表示にし、取り上げた。知らせた人には、取り上げたことだけを伝えた。",
                "A charger was reported at night to have caught fire. It was read at once, the goods were provisionally hidden "
                "and it was taken up; who reported was told that, and no more.",
            ),
            Text(
                "偽物だという知らせを取り上げなかったが、見直しを求められ、別の担当者が見直して取り上げた。",
                "A report of a counterfeit was not taken up; upon the wish for another look another person took it up.",
            ),
        ),
        lifecycles=(COMPLAINT,),
        decisions=(public.REPORT, *public.DECISIONS, *care.DECISIONS),
        deadlines=(COMPLAINT_DANGER, COMPLAINT_DECISION),
        notices=notices.REPORT_TEMPLATES,
        tables=(
            ProcedureTable(
                title=Text("理由と、違反の疑い", "Reasons, and what they may become"),
                heads=(Text("理由", "reason"), Text("違反の疑い", "finding")),
                rows=tuple(
                    (rule.text, rule.breach.title if rule.breach else NO_BREACH)
                    for rule in COMPLAINT_REASONS.values()
                ),
            ),
        ),
        serves=("complaints", "P09"),
        settings=(COMPLAINT_WISH_DAYS,),
    ),
    Procedure(
        code="complaint-calls",
        room="complaints",
        title=Text("電話・手紙での申し出", "Reports by telephone and on paper"),
        lead=Text(
            "注文もアカウントもない人が、電話・手紙・ファックス・窓口で知らせたとき。名前は要りません。"
            "録音は先に伝え、断られてもそのまま受け付けます。"
            "まとめを読み返してから受け付け、結果は望まれた方法で伝えます。",
            "Somebody without order or account telephones, writes or comes. No name is needed. A recording is announced, and who "
            "refuses it is heard all the same. The summary is read back, and the outcome told in the way that they chose.",
        ),
        examples=(
            Text(
                "発煙したという電話に、すぐ「使用を中止し、捨てないで」と読み上げ、型番を伺い、まとめを読み返して受付番号を伝えた。",
                "On a call about smoke the agent read out at once to stop using it and keep it, asked the model, read the "
                "summary back and told the number.",
            ),
            Text(
                "結論の翌営業日に折り返したが留守だった。二度目でつながり、結論と理由を伝えた。",
                "The day after the decision nobody answered; the second call reached them, and they heard outcome and reason.",
            ),
        ),
        lifecycles=(CALL_BACK,),
        decisions=calls.DECISIONS,
        deadlines=(COMPLAINT_CALL,),
        notices=notices.CALL_TEMPLATES,
        serves=("complaints", "P08"),
        settings=(COMPLAINT_CALL_TRIES,),
    ),
    Procedure(
        code="complaint-care",
        room="complaints",
        title=Text("カスハラから担当者を守る", "Care for staff who bear abuse"),
        lead=Text(
            "担当者が電話でカスハラを受けたとき。注意を読み上げ、続けば電話を終え、責任者が担当者に対応します。"
            "消費者の申し出は閉じず、遅らせず、結果も伝えます。きつい言い方の苦情は、カスハラではありません。",
            "Somebody of the centre bears abuse on a call. A warning is read out; if it goes on the call is ended, and a lead "
            "sees to who bore it. The consumer's matter is neither closed nor delayed. A complaint in hard words is no abuse.",
        ),
        examples=(
            Text(
                "どなり続けられたので注意を読み上げ、やまないので電話を終えた。"
                "責任者が休憩を取らせ、次の電話を替わった。申し出は期限どおりに調べた。",
                "The agent read the warning out, and ended the call when the shouting went on. A lead gave a rest and took the "
                "next call. What was reported was looked into in time.",
            ),
            Text(
                "暴力をほのめかされ、注意なしで電話を終えた。責任者が警察に相談した。",
                "Upon a threat the call was ended without a warning, and the lead went to the police.",
            ),
        ),
        decisions=care.CARE_DECISIONS,
        notices=(notices.ABUSE_FLAGGED,),
        tables=(
            ProcedureTable(
                title=Text("種類と、読み上げる注意", "Kinds, and the warning to read out"),
                heads=(Text("種類", "kind"), Text("注意", "warning")),
                rows=tuple(CONDUCT.values()),
            ),
        ),
        serves=("complaints", "P08"),
    ),
    Procedure(
        code="complaint-counsellors",
        room="complaints",
        title=Text("消費生活センターの相談員", "Counsellors of consumer centres"),
        lead=Text(
            "相談員が、消費者本人の同意を得て相談したとき。センターの代表番号で相談員を確かめて招きます。"
            "本人の同意は本人に確かめ、それまで注文ややり取りの中身は答えません。渡した資料と日時は記録されます。",
            "A counsellor asks with a consumer's consent. They are confirmed by the centre's public number, and invited. The "
            "consumer is asked whether the consent is theirs; before that nothing of order or conversation is answered. Which "
            "papers were taken when is recorded.",
        ),
        examples=(
            Text(
                "購入者がページで「同意したとおり」と答え、相談員は注文したときの表示とやり取りの記録を取り出し、窓口は翌日に回答した。",
                "The buyer confirmed it on their page, the counsellor took what was displayed and the record, and the centre "
                "answered the next day.",
            ),
            Text(
                "購入者に覚えがなく、伝えないでほしいと答えた。何も渡さずに終え、責任者がセンターに確かめた。",
                "The buyer knew nothing of it and said no. Nothing was handed over, and a lead called the centre.",
            ),
        ),
        lifecycles=(CONSULTATION,),
        decisions=counselling.DECISIONS,
        deadlines=(COUNSELLOR_ANSWER,),
        notices=notices.COUNSELLING_TEMPLATES,
        serves=("complaints", "P08"),
    ),
)
declare_procedures(*PROCEDURES)
