"""The eleven lifecycles: thread, trouble, mediation, proposal, remedy, recovery, giving back, call, formal, alert, alerted."""

from mamori.rooms.contact.alerts.lifecycle import ALERT as ALERT, ALERTED as ALERTED
from mamori.rooms.contact.formal.lifecycle import FORMAL as FORMAL, FormalState as FormalState
from mamori.rooms.contact.lifecycle.mediation import MEDIATION as MEDIATION, MediationState as MediationState
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL as PROPOSAL, ProposalState as ProposalState
from mamori.rooms.contact.lifecycle.recovery import (
    GIVE_BACK as GIVE_BACK,
    RECOVERY as RECOVERY,
    TAKEN as TAKEN,
    GiveBackState as GiveBackState,
    RecoveryState as RecoveryState,
)
from mamori.rooms.contact.lifecycle.remedy import (
    FIXED as FIXED,
    REMEDY as REMEDY,
    RETURNING as RETURNING,
    UNDECIDED as UNDECIDED,
    UNDER_WAY as UNDER_WAY,
    RemedyState as RemedyState,
)
from mamori.rooms.contact.lifecycle.thread import THREAD as THREAD, ThreadState as ThreadState
from mamori.rooms.contact.lifecycle.trouble import (
    CALL as CALL,
    TROUBLE as TROUBLE,
    CallState as CallState,
    TroubleState as TroubleState,
)
