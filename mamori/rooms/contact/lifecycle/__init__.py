"""The nine lifecycles of this room: thread, trouble, mediation, proposal, remedy, recovery, giving back, call, formal."""

from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.lifecycle.mediation import MEDIATION, MediationState
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL, ProposalState
from mamori.rooms.contact.lifecycle.recovery import GIVE_BACK, RECOVERY, TAKEN, GiveBackState, RecoveryState
from mamori.rooms.contact.lifecycle.remedy import FIXED, REMEDY, RETURNING, UNDECIDED, UNDER_WAY, RemedyState
from mamori.rooms.contact.lifecycle.thread import THREAD, ThreadState
from mamori.rooms.contact.lifecycle.trouble import CALL, TROUBLE, CallState, TroubleState

__all__ = [
    "CALL",
    "FIXED",
    "FORMAL",
    "GIVE_BACK",
    "MEDIATION",
    "PROPOSAL",
    "RECOVERY",
    "REMEDY",
    "RETURNING",
    "TAKEN",
    "THREAD",
    "TROUBLE",
    "UNDECIDED",
    "UNDER_WAY",
    "CallState",
    "FormalState",
    "GiveBackState",
    "MediationState",
    "ProposalState",
    "RecoveryState",
    "RemedyState",
    "ThreadState",
    "TroubleState",
]
