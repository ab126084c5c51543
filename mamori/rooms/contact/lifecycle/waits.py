"""Which clock runs in which state: nothing that is open waits without one.  The walks hold the room to it."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.declaration import Deadline
from mamori.law.deadlines import (
    AGREEMENT,
    CONFIRMATION,
    HEARING,
    PROPOSAL,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SILENCE,
)
from mamori.rooms.contact.lifecycle.proposal import ProposalState
from mamori.rooms.contact.lifecycle.recovery import GiveBackState, RecoveryState
from mamori.rooms.contact.lifecycle.remedy import RemedyState

REMEDY_WAITS: Mapping[RemedyState, Deadline] = {
    RemedyState.CONSIDERED: REMEDY_DECISION,
    RemedyState.FAILED: REMEDY_DECISION,
    RemedyState.ORDERED: CONFIRMATION,
    RemedyState.LABELLED: RETURN_SENDING,
    RemedyState.SENT: RETURN_ARRIVAL,
    RemedyState.ARRIVED: RETURN_INSPECTION,
    RemedyState.INSTRUCTED: CONFIRMATION,
}
RECOVERY_WAITS: Mapping[RecoveryState, Deadline] = {
    RecoveryState.HEARING: HEARING,
    RecoveryState.HEARD: RECOVERY_REVIEW,
    RecoveryState.CLAIMED: RECOVERY_REVIEW,
}
GIVE_BACK_WAITS: Mapping[GiveBackState, Deadline] = {
    GiveBackState.AWAITED: RECOVERY_REVIEW,
    GiveBackState.INSTRUCTED: RECOVERY_REVIEW,
    GiveBackState.STALLED: RECOVERY_REVIEW,
}
"""By the recovery's own clock: it is looked at again until the money is back."""
PROPOSAL_WAITS: Mapping[ProposalState, Deadline] = {
    ProposalState.OFFERED: PROPOSAL,
    ProposalState.ACCEPTED: AGREEMENT,
}
WATCHED = frozenset(
    {RESOLUTION.code, SILENCE.code, AGREEMENT.code, *(deadline.code for deadline in REMEDY_WAITS.values())}
)
"""The clocks of which one at least runs on every open trouble: what comes next comes by itself."""
