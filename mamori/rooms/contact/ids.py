"""The ids of this room's things, as other software sees them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

THREAD = IdKind("thr", Text("やり取り", "thread"), "contact.thread")
TROUBLE = IdKind("trb", Text("困りごと", "trouble"), "contact.trouble")
MEDIATION = IdKind("med", Text("仲介", "mediation"), "contact.mediation")
PROPOSAL = IdKind("prp", Text("解決の提案", "proposal"), "contact.proposal")
REMEDY = IdKind("rem", Text("出品者に代わる返金", "remedy"), "contact.remedy")
RECOVERY = IdKind("rcv", Text("出品者への請求", "recovery"), "contact.recovery")
FORMAL = IdKind("fml", Text("返品・取消しなどの通知", "formal notice"), "contact.formal")

ThreadId = Annotated[int, THREAD]
TroubleId = Annotated[int, TROUBLE]
MediationId = Annotated[int, MEDIATION]
ProposalId = Annotated[int, PROPOSAL]
RemedyId = Annotated[int, REMEDY]
RecoveryId = Annotated[int, RECOVERY]
FormalId = Annotated[int, FORMAL]
