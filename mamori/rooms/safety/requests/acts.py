"""What is recorded of this room, in words, feature by feature."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.law.requests import (
    REQUEST_BASES,
    REQUEST_DEADLINES,
    REQUEST_OWN_DAY,
    REQUEST_OWN_DAY_TITLE,
)
from mamori.rooms.safety.lifecycle import REQUEST

AGENCY_ACTS = {
    "safety.enter_agency": Text("機関を書き入れた", "An agency was entered"),
    "safety.correct_agency": Text("機関の記録を直した", "An agency was corrected"),
    "safety.confirm_agency": Text("機関の公式ページで確かめた", "An agency was confirmed from its own page"),
    "safety.link_sender": Text("一度だけのページを機関に送った", "A page to use once was sent to an agency"),
    "safety.end_agency": Text("機関を使わないことにした", "An agency is used no more"),
}
REQUEST_ACTS = {
    "safety.enter_request": Text("行政機関の要請を受け付けた", "An authority's request was taken"),
    "safety.correct_request": Text("要請の記録を直した", "A request was corrected"),
    "safety.attach_request": Text("届いた文書を添えた", "Papers were put to a request"),
    "safety.verify_request": Text("送り主を折り返しの電話で確かめた", "Who sent a request was called back"),
    "safety.find_forged": Text("要請は偽物だった", "A request was found to be forged"),
    "safety.look_after_forged": Text(
        "偽物の要請でしたことを見直した", "What was done upon a forged request was looked at again"
    ),
    "safety.answer_request": Text("要請に回答した", "A request was answered"),
    "safety.note_published": Text("要請の公表を記録した", "It was noted that a request was published"),
    "safety.close_request": Text("要請への対応を終えた", "A request was closed"),
    "safety.remind_request": Text("要請への対応を催促した", "Somebody was reminded of a request"),
    "safety.join_request": Text(
        "同じ件の要請をつないだ", "A request was joined to another of the same matter"
    ),
}
HIT_ACTS = {
    "safety.list_goods": Text("一覧を出品と照らし合わせた", "A list was held against the listings"),
    "safety.judge_hits": Text("要請の対象かどうかを確かめた", "It was judged which listings a request means"),
    "safety.confirm_hits": Text("要請の対象を確かめ終えた", "Which listings a request means was confirmed"),
    "safety.act_on": Text("要請の対象に対応した", "The listings of a request were acted upon"),
    "safety.hit_undone": Text("非表示などが終わり、また見える", "What was hidden is shown again"),
    "safety.look_undone": Text("また見えるものを確かめた", "Staff took note of what is shown again"),
}
REQUEST_CASE = CaseKind(
    code="safety.request",
    title=Text("行政機関の要請", "request of an authority"),
    states={state.value: text for state, text in REQUEST.states.items()},
    topics={f"request-{basis.value}": rule.title for basis, rule in REQUEST_BASES.items()},
    attentions={
        "verify": Text("送り主を折り返しの電話で確かめる", "call back who sent it"),
        "confirm": Text("対象の出品を確かめる", "confirm which listings it means"),
        "act": Text("対応する", "act upon it"),
        "answer": Text("回答する", "answer it"),
        "close": Text("終える", "close it"),
        "undone": Text("対応した出品がまた見える", "a listing that was acted upon is shown again"),
        "forged": Text("偽物の要請でしたことを見直す", "look again at what was done upon a forged request"),
    },
)
declare(
    REQUEST_CASE,
    acts=AGENCY_ACTS | REQUEST_ACTS | HIT_ACTS,
    clocks={REQUEST_OWN_DAY: REQUEST_OWN_DAY_TITLE},
    staffs=[*(one.code for one in REQUEST_DEADLINES), REQUEST_OWN_DAY],
)
