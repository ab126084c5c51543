"""The tables of this room, feature by feature."""

from mamori.rooms.safety.models.accidents import (
    Accident as Accident,
    AccidentListing as AccidentListing,
    AccidentReport as AccidentReport,
)
from mamori.rooms.safety.models.recalls import (
    Recall as Recall,
    RecallCandidate as RecallCandidate,
)
from mamori.rooms.safety.models.requests import (
    Agency as Agency,
    AuthorityRequest as AuthorityRequest,
    RequestHit as RequestHit,
    RequestLine as RequestLine,
)
from mamori.rooms.safety.models.screening import (
    ScreenedListing as ScreenedListing,
    Screening as Screening,
)
from mamori.rooms.safety.models.watches import ListingWatch as ListingWatch
