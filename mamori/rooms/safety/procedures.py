"""How this room's matters are dealt with, for the handbook, feature by feature."""

from mamori.ground.declared.fields import declare_procedures
from mamori.rooms.safety.accidents.procedures import ACCIDENT_PROCEDURE
from mamori.rooms.safety.agencies.procedures import AGENCY_PROCEDURE
from mamori.rooms.safety.recalls.procedures import RECALL_PROCEDURE
from mamori.rooms.safety.requests.procedures import REQUEST_PROCEDURE
from mamori.rooms.safety.screening.procedures import SCREENING_PROCEDURE

declare_procedures(
    REQUEST_PROCEDURE, AGENCY_PROCEDURE, ACCIDENT_PROCEDURE, RECALL_PROCEDURE, SCREENING_PROCEDURE
)
