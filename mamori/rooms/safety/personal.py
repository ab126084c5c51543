"""What this room keeps of people, feature by feature."""

from mamori.rooms.safety.accidents import personal  # noqa: F401
