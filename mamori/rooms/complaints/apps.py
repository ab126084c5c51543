"""The Django application of `rooms/complaints`."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Registers the tables of `rooms/complaints`."""

    name = "mamori.rooms.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Declare what this room records."""
        from mamori.rooms.complaints import acts  # noqa: F401
