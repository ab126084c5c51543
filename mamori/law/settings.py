"""What an operator may choose, with bounds; each choice is recorded with its day."""

from __future__ import annotations

from typing import Any

from mamori.grammar.declaration import CountedIn, Setting, SettingGroup
from mamori.grammar.text import Text
from mamori.law.citations import NOTIFICATION, OWN_RULE, SECRECY
from mamori.law.company import COMPANY_SETTINGS
from mamori.law.complaints import COMPLAINT_SETTINGS
from mamori.law.display import DISPLAY_SETTINGS
from mamori.law.guidance import GUIDANCE_DAYS
from mamori.law.hidden import HIDDEN_SETTINGS
from mamori.law.outreach import OUTREACH_SETTINGS
from mamori.law.reports import PUBLISHING_SETTINGS
from mamori.law.retention import RETENTION_SETTINGS

PAYOUT_PROOF = Setting(
    code="payouts.proof",
    title=Text(
        "新しい振込先に初めて支払う前の確かめ方",
        "how a new account is proven before the first payout goes to it",
    ),
    default="none",
    citation=OWN_RULE,
    among=("none", "test", "bank"),
    words=(
        Text("しない（名義と読みの一致だけで支払う）", "not at all (name and reading have to agree)"),
        Text(
            "少額を試しに振り込み、届いた額を出品者が答える",
            "a few yen are sent and the seller says how many came",
        ),
        Text("銀行の口座確認の結果を連携で受け取る", "the bank's own check of the name, told over the API"),
    ),
)
PAYER_CODE = Setting(
    code="payouts.payer_code",
    title=Text(
        "総合振込の依頼人コード（10桁）",
        "the code under which the bank knows who orders transfers (10 digits)",
    ),
    default="",
    citation=OWN_RULE,
    most=10,
)
PAYER_NAME = Setting(
    code="payouts.payer_name",
    title=Text("総合振込の依頼人名（カナ）", "the name of who orders transfers, in kana"),
    default="",
    citation=OWN_RULE,
    most=40,
)
PAYER_ACCOUNT = Setting(
    code="payouts.payer_account",
    title=Text(
        "支払う口座（銀行コード-支店コード-種目-口座番号、例 0001-001-1-1234567）",
        "the account that pays: bank-branch-kind-number, such as 0001-001-1-1234567",
    ),
    default="",
    citation=OWN_RULE,
    most=20,
)

PAYOUT_SETTINGS = (PAYOUT_PROOF, PAYER_CODE, PAYER_NAME, PAYER_ACCOUNT)


REMEDY_CEILING = Setting(
    code="contact.remedy_ceiling",
    title=Text("立替返金の上限", "most that is refunded in the seller's place"),
    default=100_000,
    citation=OWN_RULE,
    least=0,
    most=100_000_000,
    unit=CountedIn.YEN,
    group=SettingGroup.MONEY,
)
REMEDY_DAYS = Setting(
    code="contact.remedy_days",
    title=Text(
        "注文から困りごとの受付までの日数", "days from the order within which a trouble must be reported"
    ),
    default=90,
    citation=OWN_RULE,
    least=8,
    most=3_650,
    unit=CountedIn.DAYS,
    group=SettingGroup.MONEY,
)
REMEDY_TIMES = Setting(
    code="contact.remedy_times",
    title=Text("同じ購入者への補償の回数（1年）", "times a year that one buyer may be refunded"),
    default=5,
    citation=OWN_RULE,
    least=1,
    most=1_000,
    unit=CountedIn.TIMES,
    group=SettingGroup.MONEY,
)
RETURNS_ON = Setting(
    code="contact.returns_on",
    title=Text("返品を運営者が手配する", "arrange returns of goods"),
    default=True,
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
RECOVERY_CEILING = Setting(
    code="contact.recovery_ceiling",
    title=Text(
        "1件の立替返金について出品者に請求する上限",
        "most that is recovered from a seller for one refund",
    ),
    default=100_000,
    citation=OWN_RULE,
    least=1,
    most=100_000_000,
    unit=CountedIn.YEN,
    group=SettingGroup.MONEY,
)
RECOVERY_ON = Setting(
    code="contact.recovery_on",
    title=Text("立替返金を出品者に請求する", "recover refunds from sellers"),
    default=True,
    citation=OWN_RULE,
    group=SettingGroup.MONEY,
)
CLOSINGS_MOST = Setting(
    code="contact.closings_most",
    title=Text(
        "出品者の休業日のうち、1件の回答期限で数えない日数（0＝数えない日を認めない）",
        "days of a seller's closing that one answer's clock leaves out at most (0 = none)",
    ),
    default=3,
    citation=OWN_RULE,
    least=0,
    most=10,
    unit=CountedIn.DAYS,
)
CLOSINGS_NOTICE = Setting(
    code="contact.closings_notice",
    title=Text(
        "出品者の休業日を、何日前までに知らせてもらうか",
        "days before a closing day by which a seller must declare it",
    ),
    default=1,
    citation=OWN_RULE,
    least=0,
    most=30,
    unit=CountedIn.DAYS,
)
CLOSINGS_LEAVE = Setting(
    code="contact.closings_leave",
    title=Text(
        "出品者の休業日があっても、回答の期限から解決の期限までに残す時間（営業日の24時間を1日と数える）",
        "hours left between the answer and the solution whatever a seller's closing days (24 on each business day)",
    ),
    default=12,
    citation=OWN_RULE,
    least=0,
    most=240,
    unit=CountedIn.HOURS,
)

CALL_TRIES = Setting(
    code="contact.call_tries",
    title=Text(
        "つながらない出品者に電話する回数（そのあと責任者に知らせる）",
        "how often a seller who is not reached is called before a lead is told",
    ),
    default=4,
    citation=OWN_RULE,
    least=1,
    most=10,
    unit=CountedIn.TIMES,
)
TELECOM_NUMBER = Setting(
    code="contact.telecom_number",
    title=Text("電気通信事業の届出番号", "notification number as a telecommunications business"),
    default="",
    citation=NOTIFICATION,
    most=40,
    group=SettingGroup.TELLING,
)
SCANNING = Setting(
    code="contact.scanning",
    title=Text(
        "やり取りの連絡先や誘いを機械で確かめる（off＝しない、warn＝送る前に本人に知らせる、"
        "ask＝同意した本人にだけ知らせる、mask＝双方が同意したときは伏せる）",
        "a machine looks for contact details and lures (off = never, warn = the writer is told before sending, "
        "ask = only a writer who agreed, mask = hidden where both sides agreed)",
    ),
    default="warn",
    citation=SECRECY,
    among=("off", "warn", "ask", "mask"),
    words=(
        Text("しない", "never"),
        Text("送る前に本人に知らせる", "the writer is told before sending"),
        Text("同意した本人にだけ知らせる", "only a writer who agreed is told"),
        Text("双方が同意したときは伏せる", "hidden where both sides agreed"),
    ),
)
OWN_HOSTS = Setting(
    code="contact.own_hosts",
    title=Text(
        "通販サイトのホスト名（空白区切り。そこへのリンクは知らせない）",
        "the marketplace's own host names, separated by blanks: links there are never remarked on",
    ),
    default="",
    citation=OWN_RULE,
    most=400,
)

MEDIATOR_SHOWN = Setting(
    code="contact.mediator_shown",
    title=Text(
        "仲介する担当者の示し方（番号・名前）", "how the parties are told who mediates (number or name)"
    ),
    default="number",
    citation=OWN_RULE,
    among=("number", "name"),
    words=(Text("番号", "number"), Text("名前", "name")),
)

OPERATOR_NAME = Setting(
    code="operator.name",
    title=Text("メールと手紙に出す運営者の名前", "the operator's name on mails and letters"),
    default="",
    citation=OWN_RULE,
    most=60,
)
OPERATOR_PHONE = Setting(
    code="operator.phone",
    title=Text("相談窓口の電話番号", "telephone number of the customer centre"),
    default="",
    citation=OWN_RULE,
    most=40,
)
OPERATOR_ADDRESS = Setting(
    code="operator.address",
    title=Text("手紙の差出人の住所（〒から）", "the sender's address on letters, with the postal code"),
    default="",
    citation=OWN_RULE,
    most=200,
)
OPERATOR_SHOP = Setting(
    code="operator.shop",
    title=Text(
        "通販サイトのアドレス（https:// から。どのページからもそこへ戻れます）",
        "the shop's address, from https:// on: every page leads back to it",
    ),
    default="",
    citation=OWN_RULE,
    most=200,
)
OPERATOR_COLOUR = Setting(
    code="operator.colour",
    title=Text("通販サイトの色（#0b57d0 のように）", "the shop's colour, such as #0b57d0"),
    default="",
    citation=OWN_RULE,
    most=7,
)
WAYS = ("auto", "webhook", "mail", "both")
WAY_WORDS = (
    Text(
        "自動（受け取る連携があれば連携、なければメールか手紙）",
        "by itself: webhook where one takes notices, else mail or letter",
    ),
    Text("連携（ウェブフック）だけ", "webhook only"),
    Text("メールか手紙だけ", "mail or letter only"),
    Text("連携と、メールか手紙の両方", "both webhook and mail or letter"),
)
NOTICES_TO_BUYERS = Setting(
    code="post.to_buyers",
    title=Text("購入者へのお知らせの送り方", "how notices reach buyers"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
    words=WAY_WORDS,
)
NOTICES_TO_SELLERS = Setting(
    code="post.to_sellers",
    title=Text("出品者へのお知らせの送り方", "how notices reach sellers"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
    words=WAY_WORDS,
)
NOTICES_TO_STAFF = Setting(
    code="post.to_staff",
    title=Text("窓口の担当へのお知らせの送り方", "how notices reach the centre's staff"),
    default="auto",
    citation=OWN_RULE,
    among=WAYS,
    words=WAY_WORDS,
)
LETTERS_ON = Setting(
    code="post.letters_on",
    title=Text("メールのない人への手紙を用意する", "prepare letters for those who have no mail address"),
    default=True,
    citation=OWN_RULE,
)

REPEAT_TIMES = Setting(
    code="enforcement.repeat_times",
    title=Text(
        "同じ軽い違反が何度目から重い違反と数えるか（0は数えない）",
        "after how many decisions a minor breach of the same kind counts as serious (0: never)",
    ),
    default=3,
    citation=OWN_RULE,
    least=0,
    most=100,
    unit=CountedIn.TIMES,
)
REPEAT_DAYS = Setting(
    code="enforcement.repeat_days",
    title=Text("同じ違反を数える日数", "the days within which breaches of the same kind are counted"),
    default=180,
    citation=OWN_RULE,
    least=1,
    most=3_650,
    unit=CountedIn.DAYS,
)

PEOPLE_SIZE = Setting(
    code="people.size",
    title=Text("相談窓口の人数の型（1・3・20）", "how many people run the centre (1, 3 or 20)"),
    default="3",
    citation=OWN_RULE,
    among=("1", "3", "20"),
)
OUTSIDE_READER = Setting(
    code="people.outside_reader",
    title=Text(
        "ほかに承認できる人がいないとき、代わりに知らせを読む外部の人のメール",
        "mail address of somebody outside who reads along where nobody else can approve",
    ),
    default="",
    citation=OWN_RULE,
    most=254,
)
COUNTS_AFTER = Setting(
    code="people.counts_after",
    title=Text(
        "登録されてから、二人目として数えられるまでの日数",
        "days from when somebody was added until they count as a second person",
    ),
    default=7,
    citation=OWN_RULE,
    least=1,
    most=90,
    unit=CountedIn.DAYS,
)
STAFF_IDLE = Setting(
    code="people.staff_idle",
    title=Text(
        "担当者が操作しないとサインアウトするまで",
        "minutes without a sign of life after which staff are signed out",
    ),
    default=30,
    citation=OWN_RULE,
    least=5,
    most=120,
    unit=CountedIn.MINUTES,
)
STAFF_STAY = Setting(
    code="people.staff_stay",
    title=Text("担当者が続けてサインインできる時間", "hours after which staff sign in again in any case"),
    default=12,
    citation=OWN_RULE,
    least=1,
    most=24,
    unit=CountedIn.HOURS,
)
VISITOR_IDLE = Setting(
    code="people.visitor_idle",
    title=Text(
        "購入者・出品者が操作しないと終わるまで",
        "minutes without a sign of life after which a buyer's or seller's visit ends",
    ),
    default=120,
    citation=OWN_RULE,
    least=5,
    most=720,
    unit=CountedIn.MINUTES,
)
VISITOR_STAY = Setting(
    code="people.visitor_stay",
    title=Text(
        "購入者・出品者の一回の訪問が続く時間", "hours that one visit of a buyer or seller lasts at most"
    ),
    default=24,
    citation=OWN_RULE,
    least=1,
    most=72,
    unit=CountedIn.HOURS,
)
FILE_BYTES = Setting(
    code="vault.file_bytes",
    title=Text("添付ファイル1つの大きさ", "bytes that one attached file may have"),
    default=10 << 20,
    citation=OWN_RULE,
    least=1 << 20,
    most=20 << 20,
    unit=CountedIn.BYTES,
)
FILE_PIXELS = Setting(
    code="vault.file_pixels",
    title=Text("画像1枚の画素数", "pixels that one picture may have"),
    default=40_000_000,
    citation=OWN_RULE,
    least=1_000_000,
    most=50_000_000,
    unit=CountedIn.PIXELS,
)
FILE_PAGES = Setting(
    code="vault.file_pages",
    title=Text("PDF 1つのページ数", "pages that one PDF may have"),
    default=20,
    citation=OWN_RULE,
    least=1,
    most=50,
    unit=CountedIn.PAGES,
)
FILES_BYTES = Setting(
    code="vault.files_bytes",
    title=Text("やり取り1つの添付の合計", "bytes that all files of one matter may have together"),
    default=60 << 20,
    citation=OWN_RULE,
    least=10 << 20,
    most=1 << 30,
    unit=CountedIn.BYTES,
)
FILES_MOST = Setting(
    code="vault.files_most",
    title=Text("やり取り1つの添付の数", "files that one matter may have"),
    default=40,
    citation=OWN_RULE,
    least=1,
    most=500,
    unit=CountedIn.FILES,
)
FILE_SETTINGS = (FILE_BYTES, FILE_PIXELS, FILE_PAGES, FILES_BYTES, FILES_MOST)

SETTINGS: tuple[Setting[Any], ...] = (
    *PAYOUT_SETTINGS,
    REMEDY_CEILING,
    REMEDY_DAYS,
    REMEDY_TIMES,
    RETURNS_ON,
    RECOVERY_CEILING,
    RECOVERY_ON,
    *DISPLAY_SETTINGS,
    *HIDDEN_SETTINGS,
    *OUTREACH_SETTINGS,
    GUIDANCE_DAYS,
    *COMPLAINT_SETTINGS,
    *PUBLISHING_SETTINGS,
    CALL_TRIES,
    TELECOM_NUMBER,
    SCANNING,
    OWN_HOSTS,
    CLOSINGS_MOST,
    CLOSINGS_NOTICE,
    CLOSINGS_LEAVE,
    MEDIATOR_SHOWN,
    OPERATOR_NAME,
    OPERATOR_PHONE,
    OPERATOR_ADDRESS,
    OPERATOR_SHOP,
    OPERATOR_COLOUR,
    NOTICES_TO_BUYERS,
    NOTICES_TO_SELLERS,
    NOTICES_TO_STAFF,
    LETTERS_ON,
    PEOPLE_SIZE,
    OUTSIDE_READER,
    COUNTS_AFTER,
    STAFF_IDLE,
    STAFF_STAY,
    *COMPANY_SETTINGS,
    VISITOR_IDLE,
    VISITOR_STAY,
    *FILE_SETTINGS,
    *RETENTION_SETTINGS,
    REPEAT_TIMES,
    REPEAT_DAYS,
)

ON_SERVER = frozenset(
    {"people.lone_delay", PEOPLE_SIZE.code, OUTSIDE_READER.code, COUNTS_AFTER.code}
    | {setting.code for setting in COMPANY_SETTINGS}
)
"""What says who must agree, and who comes in by the company in which role: set on the server's command line alone."""

CLOSING_DAYS = "closing-days"
"""The code of the operator's closing days, which are a list of days and not a figure with bounds."""
