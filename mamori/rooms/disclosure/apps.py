"""The Django application of `rooms/disclosure`."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Registers the tables of `rooms/disclosure`."""

    name = "mamori.rooms.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Declare this room's cases, for lists that hold the cases of all rooms."""
        from mamori.rooms.disclosure import acts  # noqa: F401
