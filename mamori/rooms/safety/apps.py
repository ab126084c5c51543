"""The Django application of `rooms/safety`."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the tables of `rooms/safety`."""

    name = "mamori.rooms.safety"
    label = "safety"

    def ready(self) -> None:
        """Declare what this room records."""
        from mamori.rooms.safety import acts  # noqa: F401
