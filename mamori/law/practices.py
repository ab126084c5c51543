"""What marketplaces do for those who buy, each under a number that stays its own, and the tests that show how far we do it.

Taken from what a member of Asia Internet Japan says that it does, in words of our own.  It is practice, not law, also where it
serves a duty.  A new one takes the next number; a number is never given again.
"""

from __future__ import annotations

from mamori.grammar.businesstime import span_words
from mamori.grammar.declaration import Duty, Practice
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.law import duties
from mamori.law.citations import PRACTICE
from mamori.law.deadlines import RESOLUTION

JOURNEYS = "tests/journeys"
COMPLAINTS = "mamori/rooms/complaints/tests"
CONTACT = "mamori/rooms/contact/tests"
DISCLOSURE = "mamori/rooms/disclosure/tests"
ENFORCEMENT = "mamori/rooms/enforcement/tests"
IDENTITY = "mamori/rooms/identity/tests"
INSIGHT = "mamori/rooms/insight/tests"
OUTREACH = "mamori/rooms/outreach/tests"
PAYOUTS = "mamori/rooms/payouts/tests"
SAFETY = "mamori/rooms/safety/tests"


def practice(
    code: str,
    room: str,
    duty: Duty | None,
    text: Text,
    *shown_by: str,
    runs: Text | None = None,
    missing: Text | None = None,
    rests_on: tuple[str, ...] = (),
) -> Practice:
    """Declare what is practice and nothing else, with the tests that show it."""
    return Practice(
        code=code,
        text=text,
        citation=PRACTICE,
        force=Force.PRACTICE,
        room=room,
        duty=duty.code if duty else "",
        shown_by=shown_by,
        runs=runs,
        missing=missing,
        rests_on=rests_on,
    )


# fmt: off
PRACTICES = (
    # Buyers reach sellers
    practice("P01", "display", duties.DISPLAY, Text(
        "特定商取引法の表示をすべての出品者に義務づける",
        "Every seller has to display what the Act on Specified Commercial Transactions asks"),
        "mamori/rooms/display/tests/test_pages.py::test_a_seller_writes_its_display_by_questions_and_reads_what_is_to_be_put_right",
        "mamori/rooms/display/tests/test_displays.py::test_a_display_that_is_not_put_right_in_time_is_told_upward_once_with_what_is_wrong",
        "mamori/rooms/display/tests/test_asking.py::test_who_never_wrote_a_display_is_told_then_asked_and_what_stays_missing_is_told_upward",
        "mamori/rooms/display/tests/test_requests.py::test_what_is_registered_is_given_at_once_and_the_seller_is_told",
        "mamori/rooms/display/tests/test_requests.py::test_what_is_not_given_in_time_is_told_upward_once_and_can_still_be_given",
        runs=Text(
            "事業者の出品者に、特定商取引法の表示を求める",
            "Sellers that are businesses are asked to display what the Act on Specified Commercial Transactions wants"),
        rests_on=("display.required", "display.hidden", "display.hinders")),
    practice("P02", "display", duties.DISPLAY, Text(
        "購入者がメールや電話で出品者に届くようにする",
        "A buyer reaches the seller by mail or telephone"),
        f"{CONTACT}/test_registered.py::test_every_registered_contact_stands_on_the_thread_when_sent_and_before_asking",
        "mamori/rooms/display/tests/test_proof_pages.py::test_a_seller_proves_its_address_and_everybody_reads_the_day",
        "mamori/rooms/display/tests/test_proof_pages.py::test_a_seller_is_called_and_reads_out_the_code_that_no_agent_sees",
        runs=Text(
            "事業者の出品者が登録した連絡先を、購入者に見せる",
            "Buyers are shown the contacts that a business has registered")),
    practice("P03", "contact", duties.CONTACT, Text(
        "商品や返品について、自分のメールアドレスを知られずに出品者に尋ねられる",
        "A buyer asks the seller about goods and returns without giving an address away"),
        f"{JOURNEYS}/test_few_inputs.py::test_a_buyer_asks_in_at_most_four_inputs",
        f"{JOURNEYS}/people/test_silent_seller.py::test_silence_costs_the_buyer_nothing_and_the_seller_is_heard"),
    practice("P04", "contact", duties.CONTACT, Text(
        "もめたときは相談窓口が間に入り、解決まで付き合う",
        "Where the two do not agree, the centre mediates until it is solved"),
        f"{JOURNEYS}/people/test_agent.py::test_an_agent_calls_reads_on_a_ground_and_brings_both_sides_to_an_agreement"),
    practice("P05", "contact", duties.CONTACT, Text(
        "困りごとの重さと進み具合に応じて、電話やメールで出品者に回答を促す",
        "Sellers are urged to answer, by telephone and mail, as harm and progress call for"),
        f"{CONTACT}/test_help.py::test_an_unanswered_trouble_is_urged_called_about_mediated_and_considered_in_its_hours",
        f"{JOURNEYS}/people/test_silent_seller.py::test_silence_costs_the_buyer_nothing_and_the_seller_is_heard"),
    practice("P06", "contact", duties.CONTACT, Text(
        "最初の問い合わせから{within}（土日祝を除く）での解決を求める",
        "A solution is asked for within {within} of the first inquiry, without Saturdays, Sundays and holidays",
        ).fill(within=span_words(RESOLUTION.duration)),
        f"{CONTACT}/test_help.py::test_an_unanswered_trouble_is_urged_called_about_mediated_and_considered_in_its_hours",
        runs=Text(
            "困りごとを伝えられてから、決めた時間のうちの解決を目指す",
            "A solution is aimed at within a set time of the first inquiry")),
    practice("P07", "contact", duties.CONTACT, Text(
        "出品者がきちんと応じないとき、運営者が代わりに返品を受け、返金する",
        "Where a seller does not do its part, the operator takes goods back and refunds in its place"),
        f"{JOURNEYS}/people/test_silent_seller.py::test_silence_costs_the_buyer_nothing_and_the_seller_is_heard",
        f"{CONTACT}/test_returns.py::test_the_return_goes_through_on_the_pages_of_buyer_and_staff",
        runs=Text(
            "出品者がきちんと応じないとき、運営者が代わりに返金することがある",
            "Where a seller does not do its part, the operator may refund in its place")),
    # Displays and goods are put right
    practice("P08", "complaints", duties.COMPLAINTS, Text(
        "購入の前も後も、チャット・メール・電話で相談を受ける",
        "The centre takes what troubles a buyer by chat, mail and telephone, before and after a purchase"),
        f"{JOURNEYS}/people/test_old_buyer.py::test_an_old_buyer_telephones_and_is_helped_as_everybody_is",
        f"{COMPLAINTS}/test_callpages.py::test_an_agent_takes_a_call_about_a_danger_reads_it_back_and_tells_the_number",
        runs=Text(
            "購入の前も後も、画面と電話で相談を受ける",
            "The centre takes what troubles a buyer by page and telephone, before and after a purchase"),
        missing=Text(
            "画面と電話だけで、チャットはなく、届いたメールも読まない",
            "by page and telephone; there is no chat, and the house reads no mail")),
    practice("P09", "complaints", duties.COMPLAINTS, Text(
        "不適切な商品を商品ページからすぐに報告できる",
        "Unsuitable goods are reported from their own page in a few steps"),
        f"{COMPLAINTS}/test_pages.py::test_anybody_reports_goods_from_their_page_without_a_name_and_follows_it_there",
        f"{JOURNEYS}/test_element.py::test_a_reason_is_chosen_by_keys_alone_and_leads_to_the_house",
        f"{COMPLAINTS}/test_hearing.py::test_everybody_who_left_a_confirmed_address_is_told_what_came_of_it",
        f"{COMPLAINTS}/test_silence.py::test_the_seller_finds_nothing_of_who_reported_in_anything_that_it_reads"),
    practice("P10", "outreach", duties.COMPLAINTS, Text(
        "行政機関と定期的に意見を交わす",
        "Views are exchanged with authorities at regular times"),
        f"{OUTREACH}/test_activities.py::test_it_is_planned_held_and_followed_up_and_the_next_is_asked_for",
        f"{OUTREACH}/test_activity_pages.py::test_a_regular_exchange_with_an_agency_leads_to_the_next_one"),
    practice("P11", "safety", duties.COMPLAINTS, Text(
        "行政機関からの連絡窓口があり、知らされた出品や表示にすぐ対処する",
        "Authorities have a point of contact, and what they tell of a listing or a display is acted on at once"),
        f"{SAFETY}/test_requests.py::test_a_request_is_entered_with_its_list_called_back_answered_and_closed",
        f"{SAFETY}/test_requests.py::test_it_is_due_at_the_end_of_the_second_business_day_after_it_came",
        f"{SAFETY}/test_hits_acting.py::test_of_a_display_or_an_advertisement_a_breach_is_found_and_a_person_decides",
        f"{SAFETY}/test_hits_pages.py::test_two_hundred_lines_are_answered_in_twelve_loads_and_forty_presses"),
    practice("P12", "enforcement", duties.COMPLAINTS, Text(
        "安全や知的財産の面で危うい商品を権利者などに尋ねて確かめる",
        "Rights holders and others are asked about goods that are risky for safety or for somebody's rights"),
        f"{ENFORCEMENT}/test_clarification_pages.py::test_somebody_outside_answers_from_the_mail_without_an_account_once",
        f"{ENFORCEMENT}/test_clarifications.py::test_silence_of_the_holder_of_a_right_never_counts_against_the_seller",
        f"{COMPLAINTS}/test_asking.py::test_while_an_answer_is_awaited_the_days_wait_and_begin_anew_with_it"),
    practice("P13", "enforcement", duties.COMPLAINTS, Text(
        "違反には、その内容とこれまでの記録に釣り合う措置を速やかに講じる",
        "A breach is soon answered by a measure in proportion to what it is and to what went before"),
        f"{ENFORCEMENT}/test_deciding.py::test_points_that_count_make_the_next_situation_graver",
        f"{ENFORCEMENT}/test_policy_checks.py::test_what_is_graver_is_never_answered_more_mildly",
        f"{JOURNEYS}/test_measures_walk.py::test_nothing_is_parked_past_its_end_or_lifted_twice_whatever_anybody_does"),
    practice("P14", "insight", duties.COMPLAINTS, Text(
        "問い合わせや意見を調べ、サービスをよくするのに使う",
        "Inquiries and opinions are analysed, and the service is improved by what they show"),
        f"{INSIGHT}/test_pages.py::test_what_rises_comes_first_and_leads_into_the_register",
        f"{INSIGHT}/test_improving.py::test_the_house_counts_before_and_after_and_what_it_counted_stays",
        f"{INSIGHT}/test_publishing.py::test_everybody_reads_what_was_seen_changed_and_counted_and_nothing_of_who_owns_it"),
    practice("P15", "outreach", duties.COMPLAINTS, Text(
        "行政機関や業界の団体に加わり、指針づくりに協力する",
        "The operator takes part in bodies of industry and authorities and in guidelines that they work out"),
        f"{OUTREACH}/test_activity_pages.py::test_a_body_of_industry_and_a_guideline_are_kept_with_their_papers"),
    practice("P16", "safety", duties.COMPLAINTS, Text(
        "購入した後に、安全に使うための情報を届ける",
        "After a purchase, buyers are told what they need to use the goods safely")),
    # A seller is known
    practice("P17", "identity", duties.IDENTITY, Text(
        "口座を開く出品者に、公的機関が発行した身分証明書などを求める",
        "Who opens a seller's account shows identity documents that a public body issued"),
        f"{IDENTITY}/test_identity.py::test_what_is_told_of_a_check_counts_in_the_same_moment_and_is_recorded",
        runs=Text(
            "出品者をいつ、どの方法で本人と確かめたかを記録する",
            "It is kept when and by which method a seller was verified"),
        missing=Text(
            "どう確認したかを通販サイトから聞いて保つだけで、書類は受け取らない",
            "keeps how the marketplace says that it verified; takes no document itself")),
    practice("P18", "identity", duties.IDENTITY, Text(
        "登録と違う情報に接したら、一件ずつ事実を確かめ、正しい記載を求める",
        "Information that differs from what is registered is checked case by case and has to be put right"),
        f"{IDENTITY}/test_identity.py::test_another_name_is_not_verified_by_the_old_check_and_the_seller_is_told_once",
        f"{PAYOUTS}/test_accounts.py::test_a_doubtful_name_is_a_case_of_its_own_with_a_clock_of_a_business_day",
        runs=Text(
            "名前や口座の名義が登録と違うとき、一件ずつ事実を確かめ、正しい登録を求める",
            "A name or an account that differs from what is registered is looked into case by case and has to be put right"),
        missing=Text(
            "比べるのは名前と口座だけで、住所・電話・書類は比べない",
            "only names and accounts are compared; addresses, telephones and documents are not")),
    practice("P19", "identity", duties.IDENTITY, Text(
        "販売に要る許可や免許を確かめる",
        "Permits and licences that the goods need are checked")),
    practice("P20", "identity", duties.IDENTITY, Text(
        "必要ならビデオ通話で面談し、本人かどうかを確かめる",
        "Where it is needed, a seller is interviewed by video to see who it is")),
    practice("P21", "payouts", duties.IDENTITY, Text(
        "登録名と振込口座の名義が合うまで、売上金を渡さない",
        "Proceeds are paid out only to an account in the registered name"),
        f"{PAYOUTS}/test_gate.py::test_an_account_in_another_name_is_not_paid",
        f"{PAYOUTS}/test_gate.py::test_a_checked_seller_whose_account_is_its_own_is_paid_at_once",
        f"{PAYOUTS}/test_walk.py::test_the_books_are_right_whatever_anybody_does"),
    practice("P22", "identity", duties.IDENTITY, Text(
        "事業所や店舗があれば、その写真を求める",
        "Who has an office or a shop sends photographs of it")),
    # Consumers learn of measures and of sellers
    practice("P23", "disclosure", duties.MEASURES_SHOWN, Text(
        "講じた措置を業界団体（JOMC）のサイトに載せ、自分のサイトからリンクする",
        "The measures are published on the site of JOMC, and the operator's own site links there"),
        f"{DISCLOSURE}/test_jomc.py::test_somebody_records_what_stands_there_and_everybody_reads_it_with_the_day",
        f"{DISCLOSURE}/test_jomc.py::test_leads_and_counsel_are_asked_to_look_again_each_month_until_somebody_did"),
    practice("P24", "disclosure", duties.MEASURES_SHOWN, Text(
        "購入者と出品者のための取組みを一つのページにまとめる",
        "One page gathers what is done for buyers and for sellers"),
        f"{DISCLOSURE}/test_measures.py::test_what_is_promised_stands_first_and_what_is_not_counted_says_when_it_will_be",
        f"{DISCLOSURE}/test_measures.py::test_numbers_stand_in_a_picture_and_a_table_and_small_ones_nowhere",
        f"{DISCLOSURE}/test_editions.py::test_a_lead_drafts_counsel_releases_and_everybody_reads_and_checks_it",
        "tests/halfyear/test_recount.py::test_an_edition_is_what_the_independent_program_finds"),
    practice("P25", "outreach", duties.MEASURES_SHOWN, Text(
        "ヘルプのページでも取組みを説明する",
        "Help pages say what is done, too"),
        f"{OUTREACH}/test_help_pages.py::test_the_measures_are_told_of_in_the_help_with_the_way_to_their_figures",
        f"{OUTREACH}/test_help_pages.py::test_a_page_says_the_time_that_is_in_force_and_is_another_version_when_it_changes",
        f"{OUTREACH}/test_help_pages.py::test_what_is_switched_off_is_not_promised"),
    practice("P26", "disclosure", duties.SELLER_DISCLOSURE, Text(
        "出品者情報の開示請求の流れを説明するヘルプページを置く",
        "A help page explains how a seller's information is asked for"),
        "mamori/rooms/disclosure/tests/test_pages.py::test_the_help_pages_and_the_procedure_say_what_is_declared",
        "mamori/rooms/disclosure/tests/test_pages.py::test_the_road_says_whether_it_helps_and_keeps_nothing"),
    practice("P27", "disclosure", duties.SELLER_DISCLOSURE, Text(
        "請求が要件に当たるかの判断に、必要なら法務が加わる",
        "Lawyers join, where needed, in deciding whether a request meets the requirements"),
        "mamori/rooms/disclosure/tests/test_pages.py::test_counsel_weighs_on_the_page_and_the_reason_stands_there"),
    practice("P28", "outreach", duties.SELLER_DISCLOSURE, Text(
        "情報が開示されうることを、前もって出品者に知らせる",
        "Sellers are told beforehand that their information may be disclosed"),
        f"{OUTREACH}/test_campaigns.py::test_every_business_is_told_once_and_nobody_else",
        f"{OUTREACH}/test_campaigns.py::test_a_newcomer_and_one_who_turns_out_to_be_a_business_are_told_as_well",
        f"{OUTREACH}/test_campaign_pages.py::test_an_agent_drafts_and_a_lead_looks_starts_stops_resumes_and_finishes"),
    practice("P29", "outreach", duties.SELLER_DISCLOSURE, Text(
        "その際、特定商取引法の表示を見直すよう出品者に頼む",
        "Sellers are then asked to look through what they display by law once more"),
        f"{OUTREACH}/test_campaign_pages.py::test_a_seller_reads_what_it_was_told_and_says_so_once",
        f"{OUTREACH}/test_words.py::test_who_has_not_answered_is_told_once_more_and_only_once"),
    practice("P30", "disclosure", duties.SELLER_DISCLOSURE, Text(
        "請求への対応手順を定め、どの部署からも読めるようにする",
        "The procedure for requests is written down where staff of every section can read it"),
        f"{DISCLOSURE}/test_handbook_runs.py::test_all_that_is_declared_stands_in_the_handbook",
        f"{DISCLOSURE}/test_handbook_runs.py::test_whoever_changes_a_declaration_changes_the_page",
        f"{DISCLOSURE}/test_handbook.py::test_every_procedure_has_a_page_for_a_reader_in_both_languages",
        f"{DISCLOSURE}/test_handbook.py::test_leads_see_who_read_what_it_says_now"),
    # No duty of the Act
    practice("P31", "outreach", None, Text(
        "消費者を守る取組みを、その都度ニュースとして知らせる",
        "What is done to protect consumers is published as news when it happens"),
        f"{OUTREACH}/test_announcements.py::test_nobody_reads_it_before_another_person_published_it",
        f"{OUTREACH}/test_announcements.py::test_what_promises_something_is_not_proposed_without_its_ground",
        f"{OUTREACH}/test_news_pages.py::test_everybody_reads_it_with_its_grounds_and_nothing_runs_in_it",
        f"{OUTREACH}/test_news_pages.py::test_a_correction_is_marked_and_the_version_before_can_be_read"),
    practice("P32", "reviews", None, Text(
        "不正なレビューをなくすために、行政や同業と力を合わせる",
        "Fake reviews are fought together with authorities and other marketplaces")),
    practice("P33", "reviews", None, Text(
        "不正なレビューを機械で見つけ、取り除く",
        "Fake reviews are found by machine and taken down")),
    practice("P34", "safety", None, Text(
        "製品安全誓約に署名し、そのとおりに行う",
        "The product safety pledge is signed and kept"),
        f"{SAFETY}/test_hits_pages.py::test_the_sheet_of_the_pledge_reads_each_listing_once_with_its_day_and_whether_in_time",
        f"{SAFETY}/test_accidents.py::test_all_buyers_are_warned_once_and_those_of_added_goods_when_it_is_widened",
        runs=Text(
            "要請の受付から回答まで、事故の対応、月ごとの数を数えることが動く",
            "From the intake of a request to its answer, accidents, and the figures of each month run"),
        missing=Text(
            "署名は事業者がする。回収の知らせを自分から見て回ることと、出品のときの確認はない",
            "signing is the operator's; regulators' sites are not looked at by it, nor are goods when they are listed")),
    practice("P35", "outreach", None, Text(
        "製品の安全のために、行政や団体との協力を広げる",
        "For the safety of products, work with authorities and other bodies is widened"),
        f"{OUTREACH}/test_activity_pages.py::test_work_on_product_safety_is_told_with_what_came_of_it_kept_inside"),
    practice("P36", "rights", None, Text(
        "偽物をどう防いだかを、毎年の報告にまとめる",
        "A yearly report says how counterfeits were kept out")),
    practice("P37", "network", None, Text(
        "なりすましなどの詐欺から購入者を守る",
        "Buyers are protected from fraud, such as people who pretend to be the marketplace")),
    practice("P38", "network", None, Text(
        "詐欺を防ぐために、業界を越えて情報をつなぐ",
        "Against fraud, marketplaces and other trades work together")),
    practice("P39", "outreach", None, Text(
        "偽物を防ぐためのセミナーを、権利者の団体と開く",
        "Seminars against counterfeits are held with bodies of rights holders"),
        f"{OUTREACH}/test_activity_pages.py::test_a_seminar_with_thirty_guests_is_entered_by_pasting_and_ticking"),
    practice("P40", "outreach", None, Text(
        "海外の出品者に、製品の安全についてのセミナーを開く",
        "Sellers abroad are taught about product safety, together with authorities"),
        f"{OUTREACH}/test_activity_pages.py::test_a_seminar_for_sellers_abroad_is_told_in_english_and_its_course_is_ready"),
    practice("P41", "outreach", None, Text(
        "関係団体とシンポジウムを開く",
        "Symposia are held with the bodies concerned"),
        f"{OUTREACH}/test_activity_pages.py::test_a_symposium_is_planned_called_off_planned_anew_and_told"),
    practice("P42", "outreach", None, Text(
        "消費者教育の活動に力を貸す",
        "Consumer education by others is supported"),
        f"{OUTREACH}/test_activity_pages.py::test_education_of_consumers_is_told_and_its_course_is_ready"),
)
# fmt: on
