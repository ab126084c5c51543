"""What staff do for who telephones, writes or comes, each declared once: a sheet, the report, papers, the call back."""

from __future__ import annotations

from mamori.grammar.hand import STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries.callbacks import CallBackShown, CallsShown
from mamori.rooms.complaints.queries.callers import SheetShown, TakenShown

OPEN: Decision[CallsShown] = Decision(
    slug="open",
    title=Text("電話・手紙での申し出", "Reports by telephone and on paper"),
    lead=Text(
        "注文もアカウントもない人の申し出を、電話・手紙・ファックス・窓口で受け付けます。"
        "番号がわかれば、同じ番号から前に届いた申し出が出ます。調べたことは記録に残ります。",
        "Take what somebody without order or account reports by telephone, letter, fax or at the counter. With a number, what "
        "came from it earlier is shown; that you looked is recorded.",
    ),
    button=Text("受付票を開く", "Open a sheet"),
    done={"look_up": Text("受付票を開きました。", "A sheet was opened.")},
    verb=actions.open_sheet,
    key="",
    roles=STAFF,
    is_there=lambda page: True,
)
PICK: Decision[SheetShown] = Decision(
    slug="pick",
    title=Text("この電話を受ける", "Take this call"),
    lead=Text(
        "開くと、番号と、同じ番号から前に届いた申し出が出ます。調べたことは記録に残ります。",
        "The number is shown, and what came from it earlier; that you looked is recorded.",
    ),
    button=Text("この電話を受ける", "Take this call"),
    done={"look_up": Text("受付票を開きました。", "A sheet was opened.")},
    verb=actions.pick_up,
    key="sheet",
    roles=STAFF,
    is_there=lambda page: not page.is_open,
)
TAKE: Decision[SheetShown] = Decision(
    slug="take",
    title=Text("申し出を書き取る", "Take a report down"),
    lead=None,
    button=Text("読み返して受け付ける", "Read it back and take it"),
    done={"take": Text("受け付けました。", "It was taken.")},
    verb=actions.take_report,
    key="sheet",
    roles=STAFF,
    is_there=lambda page: page.is_open,
)
SCAN: Decision[TakenShown] = Decision(
    slug="scan",
    title=Text("届いた紙を添える", "Add papers that came"),
    lead=Text(
        "手紙・ファックスをスキャンした PDF か写真を添えます。開くまで、だれの画面にも出ません。",
        "Add a letter or fax as scanned PDF or photo. It is not shown before somebody opens it.",
    ),
    button=Text("添える", "Add them"),
    done={"scan": Text("添えました。", "They were added.")},
    verb=actions.add_scan,
    key="report",
    roles=STAFF,
    is_there=lambda page: not page.is_erased,
)
MORE: Decision[TakenShown] = Decision(
    slug="more",
    title=Text("言われたことを書き足す", "Add what they say"),
    lead=None,
    button=Text("書き足す", "Add it"),
    done={"add": Text("書き足しました。", "It was added.")},
    verb=actions.add_words_for,
    key="report",
    roles=STAFF,
    is_there=lambda page: not (page.heard or page.is_erased),
)
AGAIN: Decision[TakenShown] = Decision(
    slug="again",
    title=Text("見直しの求めを受ける", "Take the wish for another look"),
    lead=Text(
        "言われたとおりに書きます。はじめに決めた人とは別の担当者が見直します。求められるのは一度です。",
        "Write it as it is said. Somebody else than who decided looks at it again. It can be asked once.",
    ),
    button=Text("見直しの求めを受ける", "Take it"),
    done={"ask_again": Text("別の担当者が見直します。", "Another person will look at it.")},
    verb=actions.ask_again_for,
    key="report",
    roles=STAFF,
    is_there=lambda page: bool(page.heard) and not page.is_erased,
    closed=lambda page: page.why_not_again,
)
ERASE: Decision[TakenShown] = Decision(
    slug="erase",
    title=Text("頼まれて、消す", "Erase it as they ask"),
    lead=Text(
        "本人とわかってから消します。言葉・紙・名前・連絡先が消え、折り返しもしません。元には戻せません。"
        "一件あったことと、対象・理由・結論は残ります。危険の申し出では、対象・型番・けがや火の有無も残ります。",
        "Erase it once you know that it is them. Words, papers, name and address go, and nobody is called back. It cannot be "
        "undone. That there was a report, what about, why and what was decided stays; of a danger also the model and whether "
        "somebody was hurt or it burnt.",
    ),
    button=Text("消す", "Erase it"),
    done={"take_back": Text("消しました。", "It is erased.")},
    verb=actions.take_back_for,
    key="report",
    roles=STAFF,
    is_there=lambda page: not page.is_erased,
    tone="grave",
)
OF_TAKEN = (MORE, AGAIN, SCAN, ERASE)
TAKEN_BY_SLUG = {one.slug: one for one in OF_TAKEN}
REACHED: Decision[CallBackShown] = Decision(
    slug="reached",
    title=Text("つながって、伝えた", "Reached, and told"),
    lead=Text(
        "ご本人とわかってから、上の言葉を読み上げます。出た人が違うときは、用件を言わずに切ります。",
        "Read the words out once you know that it is them. To anybody else say nothing of it.",
    ),
    button=Text("伝えたと記録する", "Note that they were told"),
    done={"reach": Text("伝えたことを記録しました。", "It is noted that they were told.")},
    verb=actions.note_reached,
    key="back",
    roles=STAFF,
    is_there=lambda page: page.is_due,
)
MISSED: Decision[CallBackShown] = Decision(
    slug="missed",
    title=Text("つながらなかった", "Nobody was reached"),
    lead=None,
    button=Text("つながらなかった", "Nobody was reached"),
    done={
        "miss": Text("記録しました。またかけてください。", "It is noted. Please try again."),
    },
    verb=actions.note_missed,
    key="back",
    roles=STAFF,
    is_there=lambda page: page.is_due,
)
WRONG: Decision[CallBackShown] = Decision(
    slug="wrong",
    title=Text("番号が違った", "The number was wrong"),
    lead=None,
    button=Text("番号が違った", "The number was wrong"),
    done={"find_wrong": Text("記録しました。もうかけません。", "It is noted: it is called no more.")},
    verb=actions.note_wrong_number,
    key="back",
    roles=STAFF,
    is_there=lambda page: page.is_due,
)
BACKS = (REACHED, MISSED, WRONG)
BACK_BY_SLUG = {one.slug: one for one in BACKS}
DECISIONS = (OPEN, PICK, TAKE, *OF_TAKEN, *BACKS)
