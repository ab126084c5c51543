"""What this room keeps of people, feature by feature."""

from mamori.rooms.safety.accidents import personal as accidents  # noqa: F401
from mamori.rooms.safety.recalls import personal as recalls  # noqa: F401
from mamori.rooms.safety.requests import personal as requests  # noqa: F401
from mamori.rooms.safety.screening import personal as screening  # noqa: F401
