"""The tables of this room: what is kept, and what the database itself refuses."""

from mamori.rooms.contact.models.alerts import (
    Alert as Alert,
    AlertedBuyer as AlertedBuyer,
    AlertedGoods as AlertedGoods,
    AlertListing as AlertListing,
)
from mamori.rooms.contact.models.centre import CentreMessage as CentreMessage
from mamori.rooms.contact.models.formal import (
    Formal as Formal,
    FormalFile as FormalFile,
    FormalReply as FormalReply,
)
from mamori.rooms.contact.models.money import GiveBack as GiveBack, Recovery as Recovery, Remedy as Remedy
from mamori.rooms.contact.models.standstill import (
    LureCount as LureCount,
    Phrase as Phrase,
    ScanningAnswer as ScanningAnswer,
    SellerClosing as SellerClosing,
    Standstill as Standstill,
)
from mamori.rooms.contact.models.thread import (
    HOLDS as HOLDS,
    IS_BUYERS_TURN as IS_BUYERS_TURN,
    IS_QUESTION as IS_QUESTION,
    IS_SELLERS_TURN as IS_SELLERS_TURN,
    OWES_ANSWER as OWES_ANSWER,
    Asker as Asker,
    Attachment as Attachment,
    Check as Check,
    Leave as Leave,
    Message as Message,
    Thread as Thread,
)
from mamori.rooms.contact.models.trouble import (
    WAS_AGREED as WAS_AGREED,
    WAS_BROKEN as WAS_BROKEN,
    WAS_DECIDED as WAS_DECIDED,
    Call as Call,
    Helper as Helper,
    Mediation as Mediation,
    Proposal as Proposal,
    ToldReply as ToldReply,
    Trouble as Trouble,
    WrongNumber as WrongNumber,
)
