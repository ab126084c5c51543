"""What the Act asks, duty by duty: how strongly, which room does it, and the tests that show how far."""

from __future__ import annotations

from mamori.grammar.declaration import Duty
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.law.citations import act, order
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER, RESOLUTION

NO_DAYS = Text("法に日数の定めがない。", "The Act names no number of days.")

DISCLOSURE = "mamori/rooms/disclosure/tests"
SAFETY = "mamori/rooms/safety/tests"
CONTACT = Duty(
    code="contact",
    title=Text("購入者が出品者に円滑に連絡できるようにする", "Let buyers contact sellers smoothly"),
    text=Text(
        "購入者が出品者に円滑に連絡できるようにする措置を講じるよう努める。仲介、催促、出品者に代わる返金は通販サイトの取組みであり、法の求めではない。",
        "Endeavour to take measures by which buyers reach sellers smoothly. Mediating, urging and refunding in the seller's "
        "place are practice of marketplaces; the law does not ask for them.",
    ),
    citation=act("3(1)(i)"),
    force=Force.EFFORT,
    room="contact",
    deadlines=(ANSWER.code, RESOLUTION.code, QUESTION_ANSWER.code),
    shown_by=(
        "tests/journeys/test_buyer_and_seller.py::test_a_trouble_is_reported_answered_and_solved",
        "tests/journeys/people/test_silent_seller.py::test_silence_costs_the_buyer_nothing_and_the_seller_is_heard",
    ),
)
DISPLAY = Duty(
    code="display",
    title=Text("連絡先の表示が働くことを確かめる", "See that the displayed contact details work"),
    text=Text(
        "表示すべき事項を示させ、つながることを確かめる。",
        "Have sellers show what they must, and prove that it reaches them.",
    ),
    citation=act("3(1)(i)"),
    force=Force.EFFORT,
    room="display",
    no_deadline_because=NO_DAYS,
    shown_by=(
        "mamori/rooms/contact/tests/test_registered.py::test_every_registered_contact_stands_on_the_thread_when_sent_and_before_asking",
        "mamori/rooms/display/tests/test_pages.py::test_a_seller_writes_its_display_by_questions_and_reads_what_is_to_be_put_right",
        "mamori/rooms/display/tests/test_proof_pages.py::test_a_seller_proves_its_address_and_everybody_reads_the_day",
        "mamori/rooms/display/tests/test_hidden_pages.py::test_an_agent_looks_asks_the_seller_answers_and_a_lead_concludes",
        "mamori/rooms/display/tests/test_proof_forms.py::test_a_code_is_sent_by_the_form_and_what_the_seller_enters_proves_it",
    ),
    rests_on=("display.required", "display.proofs", "display.hidden", "display.hinders"),
)
COMPLAINTS = Duty(
    code="complaints",
    title=Text(
        "表示についての苦情を調べ、適正を確保する", "Investigate complaints about displays and put them right"
    ),
    text=Text(
        "申出を受け、事情を調べ、必要な措置を講じる。",
        "Take in complaints, investigate, and take the measures that are needed.",
    ),
    citation=act("3(1)(ii)"),
    force=Force.EFFORT,
    room="complaints",
    no_deadline_because=NO_DAYS,
    shown_by=(
        "mamori/rooms/complaints/tests/test_pages.py::test_anybody_reports_goods_from_their_page_without_a_name_and_follows_it_there",
        "mamori/rooms/complaints/tests/test_asking.py::test_while_an_answer_is_awaited_the_days_wait_and_begin_anew_with_it",
        "mamori/rooms/enforcement/tests/test_finding_by_steps.py::test_a_finding_is_asked_for_page_by_page_checked_and_recorded_once",
    ),
    missing=Text(
        "チャットと届いたメールでの相談、行政機関の窓口、購入後の安全情報がまだない",
        "there is no chat, no reading of mail, no point of contact for authorities, and no safety news after a purchase",
    ),
)
IDENTITY = Duty(
    code="identity",
    title=Text("出品者の特定に資する情報を求める", "Ask sellers for what identifies them"),
    text=Text(
        "必要に応じて、所在などの情報の提供を求める。",
        "Ask, as needed, for whereabouts and other identifying information.",
    ),
    citation=act("3(1)(iii)"),
    force=Force.EFFORT,
    room="identity",
    no_deadline_because=NO_DAYS,
    shown_by=(
        "mamori/rooms/identity/tests/test_identity.py::test_what_is_told_of_a_check_counts_in_the_same_moment_and_is_recorded",
    ),
    missing=Text(
        "通販サイトから知らされた名前と確認の方法を保つだけで、書類や所在を出品者に求めていない",
        "keeps the name and how it was verified as the marketplace tells it; asks sellers for no document or whereabouts",
    ),
)
MEASURES_SHOWN = Duty(
    code="measures-shown",
    title=Text("講じた措置を消費者に開示する", "Disclose the measures to consumers"),
    text=Text(
        "措置の概要と実施の状況などを開示するものとされる。常に容易に見られるように、明確かつ平易に示す。",
        "Outline and state of implementation are to be disclosed: always easy to view, clear and plain.",
    ),
    citation=act("3(2)"),
    details=(order("1"), order("2")),
    force=Force.SHALL,
    room="disclosure",
    no_deadline_because=NO_DAYS,
    shown_by=(
        f"{DISCLOSURE}/test_measures.py::test_what_is_promised_stands_first_and_what_is_not_counted_says_when_it_will_be",
        f"{DISCLOSURE}/test_measures.py::test_numbers_stand_in_a_picture_and_a_table_and_small_ones_nowhere",
        f"{DISCLOSURE}/test_editions.py::test_a_lead_drafts_counsel_releases_and_everybody_reads_and_checks_it",
        "tests/halfyear/test_recount.py::test_an_edition_is_what_the_independent_program_finds",
    ),
)
SUSPENSION = Duty(
    code="suspension",
    title=Text("利用の停止等の要請を受けたとき", "When it is requested that use be stopped"),
    text=Text(
        "消費者庁長官（第11条の委任による）が要請できるとされるだけで、応じる義務はない。要請と、それに応じた措置を結びつけて記録する。"
        "要請に係る措置による出品者の損害は、賠償の責任を負わない。",
        "The Commissioner of the Consumer Affairs Agency (to whom article 11 delegates it) may request it; nothing obliges "
        "anybody to follow. Each request is recorded, and every act tied to it: for what was done on it the marketplace is "
        "not liable to the seller.",
    ),
    citation=act("4"),
    details=(act("11"), order("3")),
    force=Force.ASKED_BY_AUTHORITY,
    room="safety",
    no_deadline_because=Text(
        "要請であって義務ではなく、法に期限もない。",
        "It is a request and no duty, and the Act names no deadline.",
    ),
    shown_by=(
        "mamori/rooms/enforcement/tests/test_deciding.py::test_a_request_under_the_law_needs_no_clause_and_does_not_wait_but_two_people_and_its_document",
        f"{SAFETY}/test_hits_acting.py::test_within_a_verified_and_confirmed_request_each_listing_is_hidden_and_the_seller_reads_who_asked",
        f"{SAFETY}/test_hits_acting.py::test_before_it_is_verified_only_our_own_decision_is_possible_and_it_says_nothing_of_an_authority",
        f"{SAFETY}/test_requests.py::test_a_forged_request_ends_and_nothing_follows_from_it",
    ),
)
SELLER_DISCLOSURE = Duty(
    code="seller-disclosure",
    title=Text("販売業者等情報の開示請求に応える", "Answer requests for a seller's information"),
    text=Text(
        "要件を確かめ、出品者の意見を聴き、保有する項目だけを開示する。",
        "Check the requirements, hear the seller, and disclose only what is held and asked.",
    ),
    citation=act("5"),
    details=(order("4"), order("5"), order("6")),
    force=Force.ON_REQUEST,
    room="disclosure",
    no_deadline_because=NO_DAYS,
    shown_by=(
        f"{DISCLOSURE}/test_pages.py::test_a_buyer_asks_the_seller_is_heard_two_decide_and_the_buyer_reads_it",
        f"{DISCLOSURE}/test_pages.py::test_staff_enter_a_letter_and_find_it_in_the_list",
        f"{DISCLOSURE}/test_requests.py::test_nothing_is_disclosed_without_two_people",
    ),
)

DUTIES = (CONTACT, DISPLAY, COMPLAINTS, IDENTITY, MEASURES_SHOWN, SUSPENSION, SELLER_DISCLOSURE)
