"""The tables of this room, feature by feature."""

from mamori.rooms.safety.models.accidents import (
    Accident as Accident,
    AccidentListing as AccidentListing,
    AccidentReport as AccidentReport,
)
from mamori.rooms.safety.models.guidance import (
    GuidanceCategory as GuidanceCategory,
    GuidanceDeclined as GuidanceDeclined,
    GuidanceOff as GuidanceOff,
    GuidanceRound as GuidanceRound,
    GuidanceTold as GuidanceTold,
)
from mamori.rooms.safety.models.recalls import (
    Recall as Recall,
    RecallCandidate as RecallCandidate,
    RecallWatch as RecallWatch,
)
from mamori.rooms.safety.models.requests import (
    Agency as Agency,
    AuthorityRequest as AuthorityRequest,
    RequestHit as RequestHit,
    RequestLine as RequestLine,
)
