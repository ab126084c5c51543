"""The Django application of `rooms/enforcement`."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Registers the tables of `rooms/enforcement`."""

    name = "mamori.rooms.enforcement"
    label = "enforcement"

    def ready(self) -> None:
        """Declare this room's cases, for lists that hold the cases of all rooms."""
        from mamori.rooms.enforcement import acts  # noqa: F401
