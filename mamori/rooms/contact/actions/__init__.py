"""Every write of this room, one function per verb."""

from mamori.rooms.contact.actions.answered import (
    confirm_instruction as confirm_instruction,
    fail_instruction as fail_instruction,
    hear_told_late as hear_told_late,
)
from mamori.rooms.contact.actions.attach import (
    attach as attach,
    drop as drop,
    prepare as prepare,
    ready_files as ready_files,
)
from mamori.rooms.contact.actions.brought import (
    TABLE as TABLE,
    WORDS as WORDS,
    BroughtLine as BroughtLine,
    bring_trouble as bring_trouble,
    bring_troubles as bring_troubles,
)
from mamori.rooms.contact.actions.callers import (
    check_caller as check_caller,
    find_matter as find_matter,
    open_for_caller as open_for_caller,
    take_down as take_down,
    the_check as the_check,
)
from mamori.rooms.contact.actions.calls import (
    ready_call as ready_call,
    record_call as record_call,
    remind_call as remind_call,
)
from mamori.rooms.contact.actions.clock import (
    break_promise as break_promise,
    chase_confirmation as chase_confirmation,
    end_hearing as end_hearing,
    lapse as lapse,
    miss_answer as miss_answer,
    miss_resolution as miss_resolution,
    remind_remedy as remind_remedy,
    review_recovery as review_recovery,
    urge as urge,
)
from mamori.rooms.contact.actions.danger import (
    lower_harm as lower_harm,
    note_danger as note_danger,
    raise_harm as raise_harm,
    reach_buyer as reach_buyer,
    rule_out_danger as rule_out_danger,
)
from mamori.rooms.contact.actions.helping import (
    come_to_help as come_to_help,
    end_help as end_help,
    let_decide as let_decide,
    let_decide_for_caller as let_decide_for_caller,
    let_help as let_help,
)
from mamori.rooms.contact.actions.leave import (
    end_contact as end_contact,
    let_contact as let_contact,
    see_contact as see_contact,
)
from mamori.rooms.contact.actions.mediation import (
    follow_case as follow_case,
    request_mediation as request_mediation,
)
from mamori.rooms.contact.actions.paidback import (
    hear_cancelled as hear_cancelled,
    hear_paid_back as hear_paid_back,
)
from mamori.rooms.contact.actions.phrases import (
    answer_scanning as answer_scanning,
    count_lures as count_lures,
    drop_phrase as drop_phrase,
    keep_phrase as keep_phrase,
)
from mamori.rooms.contact.actions.proposals import (
    answer_with_refund as answer_with_refund,
    expire_proposal as expire_proposal,
    miss_agreement as miss_agreement,
    propose as propose,
    withdraw_proposal as withdraw_proposal,
)
from mamori.rooms.contact.actions.reading import (
    let_read as let_read,
    look as look,
    read_on as read_on,
    share as share,
)
from mamori.rooms.contact.actions.recovery import (
    claim as claim,
    give_again as give_again,
    give_back as give_back,
    state_view as state_view,
    waive as waive,
)
from mamori.rooms.contact.actions.remedy import (
    ask_remedy as ask_remedy,
    grant_remedy as grant_remedy,
    refuse_remedy as refuse_remedy,
)
from mamori.rooms.contact.actions.replies import accept as accept, counter as counter, decline as decline
from mamori.rooms.contact.actions.returning import (
    arrange_return as arrange_return,
    give_up_return as give_up_return,
    inspect as inspect,
    miss_sending as miss_sending,
    note_arrival as note_arrival,
    note_sent as note_sent,
    remind_return as remind_return,
)
from mamori.rooms.contact.actions.searching import (
    Entered as Entered,
    enter_missing as enter_missing,
    search_words as search_words,
)
from mamori.rooms.contact.actions.second_reader import (
    confirm_look as confirm_look,
    object_to_look as object_to_look,
    remind_second_reader as remind_second_reader,
)
from mamori.rooms.contact.actions.standstill import (
    declare_closing as declare_closing,
    hold_still as hold_still,
    move_deadline as move_deadline,
    withdraw_closing as withdraw_closing,
)
from mamori.rooms.contact.actions.talk import (
    acknowledge as acknowledge,
    answer as answer,
    say_unsolved as say_unsolved,
    write as write,
)
from mamori.rooms.contact.actions.told_replies import (
    Told as Told,
    correct_reply as correct_reply,
    take_reply as take_reply,
    text_to_read_back as text_to_read_back,
)
from mamori.rooms.contact.actions.trouble import (
    open_trouble as open_trouble,
    solve as solve,
    withdraw as withdraw,
)
from mamori.rooms.contact.actions.visiting import (
    ask_question as ask_question,
    begin_question as begin_question,
    close_thread as close_thread,
    erase_askers as erase_askers,
    prove_question as prove_question,
    send_code_again as send_code_again,
)
from mamori.rooms.contact.centre.actions import (
    ask_seller as ask_seller,
    miss_centre_answer as miss_centre_answer,
    write_as_centre as write_as_centre,
    write_to_centre as write_to_centre,
)
from mamori.rooms.contact.formal.actions import (
    dispute as dispute,
    go_along as go_along,
    look_formal as look_formal,
    miss_formal as miss_formal,
    review_formal as review_formal,
    send_formal as send_formal,
    send_formal_for_caller as send_formal_for_caller,
    settle_formal as settle_formal,
    settle_formal_for_caller as settle_formal_for_caller,
    settling_for_caller as settling_for_caller,
    share_formal as share_formal,
    text_for_caller as text_for_caller,
)
from mamori.rooms.contact.formal.rules import Declared as Declared
