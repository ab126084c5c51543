"""Every write of people: accounts, invitations, proposals, keys, links, codes, delegates."""

from mamori.ground.people.actions.accounts import (
    NoSuchAccount,
    add_account,
    allow_totp,
    change_role,
    factor_changed,
    let_in_again,
    propose_reset,
    suspend,
)
from mamori.ground.people.actions.codes import CodeUnusable, ask_code, send_code, sign_in_by_code
from mamori.ground.people.actions.company import (
    come_in_by_company,
    end_by_company,
    link_company,
    note_refused,
    unlink_company,
)
from mamori.ground.people.actions.counting import (
    TooMany,
    UsedBefore,
    count,
    count_exactly,
    counts,
    give_back,
    settle_limits,
    use_once,
)
from mamori.ground.people.actions.delegates import DelegateNameTaken, add_delegate, end_delegate
from mamori.ground.people.actions.invitations import (
    InvitationUnusable,
    Invited,
    invite,
    invite_by_mail,
    take_invitation,
)
from mamori.ground.people.actions.keys import NewKey, add_key, revoke_key, rotate_key
from mamori.ground.people.actions.links import CameIn, LinkUnusable, sign_in_by_link
from mamori.ground.people.actions.proposing import (
    NoSuchProposal,
    agree,
    decline,
    propose_erasing,
    propose_reading,
    propose_release,
    propose_terms,
    wait_is_over,
)
from mamori.ground.people.actions.sweeping import end_visits, sweep

__all__ = [
    "CameIn",
    "CodeUnusable",
    "DelegateNameTaken",
    "InvitationUnusable",
    "Invited",
    "LinkUnusable",
    "NewKey",
    "NoSuchAccount",
    "NoSuchProposal",
    "TooMany",
    "UsedBefore",
    "add_account",
    "add_delegate",
    "add_key",
    "agree",
    "allow_totp",
    "ask_code",
    "change_role",
    "come_in_by_company",
    "count",
    "count_exactly",
    "counts",
    "decline",
    "end_by_company",
    "end_delegate",
    "end_visits",
    "factor_changed",
    "give_back",
    "invite",
    "invite_by_mail",
    "let_in_again",
    "link_company",
    "note_refused",
    "propose_erasing",
    "propose_reading",
    "propose_release",
    "propose_reset",
    "propose_terms",
    "revoke_key",
    "rotate_key",
    "send_code",
    "settle_limits",
    "sign_in_by_code",
    "sign_in_by_link",
    "suspend",
    "sweep",
    "take_invitation",
    "unlink_company",
    "use_once",
    "wait_is_over",
]
