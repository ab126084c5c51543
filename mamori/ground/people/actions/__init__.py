"""Every write of people: accounts, invitations, proposals, keys, links, codes, delegates."""

from mamori.ground.people.actions.accounts import (
    NoSuchAccount as NoSuchAccount,
    add_account as add_account,
    allow_totp as allow_totp,
    change_role as change_role,
    come_in_by_company as come_in_by_company,
    end_by_company as end_by_company,
    factor_changed as factor_changed,
    hold_means as hold_means,
    let_in_again as let_in_again,
    link_company as link_company,
    note_refused as note_refused,
    propose_reset as propose_reset,
    put_place as put_place,
    suspend as suspend,
    unlink_company as unlink_company,
)
from mamori.ground.people.actions.counting import (
    TooMany as TooMany,
    UsedBefore as UsedBefore,
    count as count,
    count_exactly as count_exactly,
    count_mail_code as count_mail_code,
    counts as counts,
    give_back as give_back,
    settle_limits as settle_limits,
    use_once as use_once,
)
from mamori.ground.people.actions.delegates import (
    DelegateNameTaken as DelegateNameTaken,
    NewKey as NewKey,
    add_delegate as add_delegate,
    add_key as add_key,
    end_delegate as end_delegate,
    revoke_key as revoke_key,
    rotate_key as rotate_key,
)
from mamori.ground.people.actions.entering import (
    CameIn as CameIn,
    CodeUnusable as CodeUnusable,
    InvitationUnusable as InvitationUnusable,
    LinkUnusable as LinkUnusable,
    ask_code as ask_code,
    end_visits as end_visits,
    invite as invite,
    invite_by_mail as invite_by_mail,
    send_code as send_code,
    sign_in_by_code as sign_in_by_code,
    sign_in_by_link as sign_in_by_link,
    sweep as sweep,
    take_invitation as take_invitation,
)
from mamori.ground.people.actions.proposing import (
    NoSuchProposal as NoSuchProposal,
    agree as agree,
    decline as decline,
    propose_erasing as propose_erasing,
    propose_reading as propose_reading,
    propose_release as propose_release,
    propose_terms as propose_terms,
    wait_is_over as wait_is_over,
)
