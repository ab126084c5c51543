"""How long things are kept.  The law names no days: it asks to erase what is not needed, and the operator says when.

No default is "never": each says why it is as long as it is.  A choice of the operator's, "never" too, stays above it.
"""

from __future__ import annotations

from mamori.grammar.declaration import Retention
from mamori.grammar.text import Text
from mamori.law.citations import ERASE_WHEN_NOT_NEEDED, OWN_RULE

FILES = Retention(
    code="vault.files",
    title=Text("添付ファイル", "attached files"),
    what=Text(
        "ファイルの鍵を破棄し、ディスクから消す。やり取りの文面と記録は残る。",
        "The file's key is destroyed and its bytes are taken from the disk; the words and the record stay.",
    ),
    since=Text("案件が終わった時", "the end of its case"),
    days=1_095,
    least=90,
    most=3_650,
    because=Text(
        "不法行為による損害を知ってから請求できる間（民法724条1号）。やり取りの文面と記録は、その後も鍵とともに残る。",
        "As long as damages in tort can be claimed from when they are known (Civil Code, art. 724). The words and "
        "the record stay on with the key.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
LOCKED_FILES = Retention(
    code="vault.locked_files",
    title=Text("隔離した、または開けないファイル", "files that were locked away or cannot be read"),
    what=Text(
        "鍵を破棄し、ディスクから消す。", "Their keys are destroyed and their bytes are taken from the disk."
    ),
    since=Text("受け取った時", "their receipt"),
    days=30,
    least=1,
    most=365,
    because=Text(
        "だれにも開けない。差し出し直しを頼み、原因を調べるのに足りる。",
        "Nobody can open them. It is enough to ask for them anew and to see what they were.",
    ),
    citation=OWN_RULE,
)
PERSONS = Retention(
    code="market.persons",
    title=Text("取引の絶えた購入者・出品者の鍵", "keys of buyers and sellers who are gone"),
    what=Text(
        "本人の鍵を破棄する。連絡先・文面・添付・記録の中身は二度と読めない。0 なら自動では破棄しない。",
        "The person's key is destroyed: contact, words, files and the content of records can never be read again. With 0 "
        "nothing of it happens by itself.",
    ),
    since=Text(
        "最後の注文と、最後の案件の終わりのうち、遅いほう",
        "the last order or the end of the last case, whichever is later",
    ),
    days=1_827,
    least=0,
    most=7_300,
    because=Text(
        "消費者契約の取消し（契約から5年、消費者契約法7条）と、ふつうの請求（知ってから5年、民法166条）ができる間。"
        "より長く要る件は消去を止める。この定めより前から使っている運営者では、選ぶまで「破棄しない」のまま。",
        "As long as a consumer contract can be undone (five years from it, Consumer Contract "
        "Act, art. 7) and most claims be made (five years from knowing, Civil Code, art. 166). What is needed longer is put "
        "under a hold. A house from before keeps them until its operator chooses.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
REPLIES = Retention(
    code="gateway.replies",
    title=Text(
        "送られたフォームと API の返答の控え", "forms that were taken, and replies kept for repeated requests"
    ),
    what=Text("行ごと消す。", "The rows are deleted."),
    since=Text("返答した時", "the reply"),
    days=1,
    least=1,
    most=1,
    because=Text("送り直しが届きうる間。", "As long as the same form or request may come again."),
    citation=OWN_RULE,
)

COMPLAINT_REPORTS = Retention(
    code="complaints.reports",
    title=Text("申し出（言葉・連絡先・添付）", "reports: words, mail address and files"),
    what=Text(
        "申し出ごとの鍵を破棄し、届いたネットワークの印も消す。何がどう決まったかは、だれのものでもない記録として残る。",
        "Each report's own key is destroyed, and the mark of its network forgotten. What was decided stays, of nobody.",
    ),
    since=Text("結論が出た時（見直しがあれば、その時）", "the decision, or that upon another look"),
    days=366,
    least=60,
    most=1_827,
    because=Text(
        "見直しを求め、同じ出品がまた現れたときに比べるのに足りる。争いが続く件は消去を止める。",
        "Enough to ask for another look, and to compare when the same goods come back. What is in dispute longer "
        "is put under a hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)

CLARIFICATIONS = Retention(
    code="enforcement.clarifications",
    title=Text(
        "事実確認（尋ねたこと・相手・返答・添付）",
        "clarifications: question, who was asked, answer and files",
    ),
    what=Text(
        "事実確認ごとの鍵を破棄する。だれに何についていつ尋ねたかは、言葉のない記録として残る。",
        "The key of each is destroyed. Whom it went to, about what and when stays, without words.",
    ),
    since=Text("返答があったか、期限が過ぎた時", "the answer, or the end of its time"),
    days=1_827,
    least=366,
    most=7_300,
    because=Text(
        "返答をもとにした決定が争われうる間。争いが続く件は消去を止める。",
        "As long as what was decided upon an answer may be disputed. What is in dispute longer "
        "is put under a hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
COMPLAINT_SHEETS = Retention(
    code="complaints.sheets",
    title=Text("電話の受付票の番号", "numbers on call sheets"),
    what=Text(
        "電話番号とその印を消す。申し出になったものは、申し出の中に残る。",
        "The number and its mark are erased; what became a report stays with that.",
    ),
    since=Text("電話がかかってきた時", "the call"),
    days=1,
    least=1,
    most=1,
    because=Text(
        "受けている間と、切れてかけ直されたときに要る。",
        "While the call is taken, and when it was cut off.",
    ),
    citation=OWN_RULE,
)
ACCIDENTS = Retention(
    code="safety.accidents",
    title=Text("製品の事故の記録の言葉", "words in records of accidents with goods"),
    what=Text(
        "事故の内容・場所・ロット・メーカーの連絡先を消す。いつ、どの商品で、何をしたかは残る。",
        "What happened, where, the lot and the maker's contact are erased; when it was, with which goods and what was done stay.",
    ),
    since=Text("対応を終えた時", "its closing"),
    days=3_653,
    least=366,
    most=7_300,
    because=Text(
        "製造物の責任が争われうる間、何を知り何をしたかを示すのに要る。争いがあるものは消去を止める。",
        "As long as liability for goods may be disputed it shows what was known and done. What is in dispute is held.",
    ),
    citation=OWN_RULE,
)
AUTHORITY_REQUESTS = Retention(
    code="safety.requests",
    title=Text("行政機関の要請の言葉と一覧", "words and lists of authorities' requests"),
    what=Text(
        "要請した機関と担当者の名、文書番号、内容、一覧を消す。いつ、どの根拠で、どの出品に何をしたかは残る。",
        "Who asked and in what words, the paper's number and the list are erased; when, on what basis and what was done stay.",
    ),
    since=Text("対応を終えた時", "its closing"),
    days=3_653,
    least=366,
    most=7_300,
    because=Text(
        "要請の範囲内で対応したことを、出品者との争いで示すのに要る。争いがあるものは消去を止める。",
        "In a dispute with a seller it shows that what was done lay within the request. What is in dispute is held.",
    ),
    citation=OWN_RULE,
)
SCREENED = Retention(
    code="safety.screening",
    title=Text("出品の確認で決めたこと", "what was decided of listings that rules found"),
    what=Text(
        "どの出品がどの規則に当たり、どう決めたかを消す。違反の疑いとしたものと、決めたことの記録は残る。",
        "Which listing a rule found and what was decided is forgotten; findings, and the record of what was decided, stay.",
    ),
    since=Text("決めた時", "the decision"),
    days=1_096,
    least=92,
    most=3_653,
    because=Text(
        "問題なしとした出品を尋ね直さず、規則がどれだけ当たるかを数えるのに要る。",
        "It keeps what is fine from being asked again, and shows how well a rule finds.",
    ),
    citation=OWN_RULE,
)
ACTIVITIES = Retention(
    code="outreach.activities",
    title=Text("活動の記録の言葉", "words in records of activities"),
    what=Text(
        "相手、議題、議事、招いた人、何につながったかの言葉を消す。いつ、どの活動を、何人で行ったかと、公表した一文は残る。",
        "With whom, the agenda, minutes, who was invited and what came of it are erased; when it was, of what kind, how many "
        "came and the public line stay.",
    ),
    since=Text("確認を終えた時、または中止した時", "when it was followed up or called off"),
    days=1_827,
    least=366,
    most=7_300,
    because=Text(
        "続いている意見交換で、前に何を話し何を決めたかを確かめるのに要る。",
        "In an exchange that goes on it shows what was said and agreed before.",
    ),
    citation=OWN_RULE,
)
COMPLAINT_CARE = Retention(
    code="complaints.care",
    title=Text("カスハラの記録の言葉", "words in records of abuse"),
    what=Text(
        "記録ごとの鍵を破棄する。いつ、だれが、どの種類を受けたかは残る。",
        "Each record's own key is destroyed; when it was, who bore it and of what kind it was stay.",
    ),
    since=Text("責任者が対応した時", "a lead's care"),
    days=1_096,
    least=366,
    most=1_827,
    because=Text(
        "働く人の安全への配慮を示し、同じ人からの繰り返しに備えるのに足りる。争いがあるものは消去を止める。",
        "Enough to show that staff were cared for, and to be prepared. What is in dispute is put under a hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
COMPLAINT_CONSULTATIONS = Retention(
    code="complaints.consultations",
    title=Text(
        "相談員からの相談（言葉・相談者の名前）", "consultations of counsellors: words, the consumer's name"
    ),
    what=Text(
        "相談ごとの鍵を破棄する。いつ、何への同意があり、どう終わったかの種類は残る。",
        "Each one's own key is destroyed; when it was, what was allowed and how it ended stay.",
    ),
    since=Text("相談が終わった時", "the end of the consultation"),
    days=1_096,
    least=366,
    most=1_827,
    because=Text(
        "何を本人の同意のもとに渡したかを、本人に問われたときに示すのに足りる。争いがあるものは消去を止める。",
        "Enough to show the consumer what was handed over. What is in dispute is put under a hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
COMPLAINT_COUNSELLORS = Retention(
    code="complaints.counsellors",
    title=Text("相談員の名前とメールアドレス", "names and mail addresses of counsellors"),
    what=Text(
        "相談員ごとの鍵を破棄する。相談が残る間は残る。",
        "Each one's key is destroyed, once no consultation of theirs is left.",
    ),
    since=Text("招待の期間が終わった時", "the end of the invitation"),
    days=366,
    least=30,
    most=1_827,
    because=Text(
        "また招くときと、だれに渡したかを答えるのに足りる。",
        "Enough to invite them again, and to say who was answered.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)

QUESTIONS_OF_VISITORS = Retention(
    code="contact.askers",
    title=Text(
        "アカウントのない人の購入前の質問（メールアドレス・言葉）",
        "questions before purchase of people without an account: mail address, words",
    ),
    what=Text(
        "メールアドレスの鍵と、その人が書いた言葉の鍵を破棄する。いつ、どの商品の質問があり、出品者が何と答えたかは残る。"
        "確認されなかったアドレスと質問は、まもなく消える。",
        "The key of the address and that of what was written are destroyed. That a question was asked, about which goods, and "
        "what the seller answered stay. What nobody proved is soon gone.",
    ),
    since=Text("質問が終わった時", "the end of the question"),
    days=366,
    least=30,
    most=1_827,
    because=Text(
        "回答を見て買ったあとに、何と答えたかを確かめるのに足りる。争いがあるものは消去を止める。",
        "Enough to see what was answered after somebody has bought upon it. What is in dispute is put under a "
        "hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
CASE_NOTES = Retention(
    code="cases.notes",
    title=Text(
        "当事者のいない案件（申し出・相談員からの相談）の担当者のメモ",
        "notes of staff on cases of no party: reports and consultations",
    ),
    what=Text(
        "その案件のメモだけの鍵を破棄する。だれがいつ書いたかは残る。",
        "The key that a case's notes alone have is destroyed; who wrote one, and when, stays.",
    ),
    since=Text("案件が終わった時", "the end of the case"),
    days=COMPLAINT_REPORTS.days,
    least=60,
    most=1_827,
    because=Text(
        "申し出の言葉と同じ間。当事者のいる案件のメモは、その人の鍵とともに消える。",
        "As long as the words of reports. Notes on a case that has parties go with the party's key.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)

_CARRIED = Text(
    "行ごと消す。決めたことと、だれに知らせたかは、行為の記録に残る。案件や期限が続いている間、消去の停止の間、届いていない間は消さない。",
    "The rows are deleted; what was decided, and that somebody was told, stays in the record of acts. They stay while the matter "
    "or a clock of it is open, under a hold, and while anything of them has not arrived.",
)
CARRIED = Retention(
    code="outbox.carried",
    title=Text(
        "届け終えたお知らせ・メール・連携の送信と、その試みの記録",
        "notices, mails and webhooks that were carried, with the log of tries",
    ),
    what=_CARRIED,
    since=Text(
        "送った時か、案件が終わった時のうち、遅いほう", "sending, or the end of the case, whichever is later"
    ),
    days=366,
    least=90,
    most=3_650,
    because=Text(
        "届いていないと言われて調べ、通販サイトの記録と突き合わせるのに足りる。",
        "Enough to look into what somebody says never arrived, and to compare with the shop's own records.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)
CARRIED_LEGAL = Retention(
    code="outbox.carried_legal",
    title=Text(
        "法令上のお知らせ・安全のお知らせ・手紙の送付の記録",
        "legal and safety notices, and letters, that were carried",
    ),
    what=_CARRIED,
    since=Text(
        "送った時か、案件が終わった時のうち、遅いほう", "sending, or the end of the case, whichever is later"
    ),
    days=1_827,
    least=366,
    most=7_300,
    because=Text(
        "いつ何が届いたかが争われうる間（民法166条）。より長く要る件は消去を止める。",
        "As long as it may be disputed what arrived when (Civil Code, art. 166). What is needed "
        "longer is put under a hold.",
    ),
    citation=ERASE_WHEN_NOT_NEEDED,
)

RETENTIONS = (
    FILES,
    LOCKED_FILES,
    PERSONS,
    REPLIES,
    COMPLAINT_REPORTS,
    COMPLAINT_SHEETS,
    ACCIDENTS,
    AUTHORITY_REQUESTS,
    SCREENED,
    ACTIVITIES,
    COMPLAINT_CARE,
    COMPLAINT_CONSULTATIONS,
    COMPLAINT_COUNSELLORS,
    CASE_NOTES,
    CLARIFICATIONS,
    CARRIED,
    CARRIED_LEGAL,
    QUESTIONS_OF_VISITORS,
)
RETENTION_SETTINGS = tuple(rule.setting for rule in RETENTIONS if rule.least != rule.most)
