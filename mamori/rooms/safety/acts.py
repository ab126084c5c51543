"""What is recorded of this room, in words, feature by feature."""

from mamori.rooms.safety.accidents import acts as accidents  # noqa: F401
from mamori.rooms.safety.recalls import acts as recalls  # noqa: F401
from mamori.rooms.safety.requests import acts as requests  # noqa: F401
from mamori.rooms.safety.screening import acts as screening  # noqa: F401
