"""The Django application of `rooms/insight`."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the tables of `rooms/insight`."""

    name = "mamori.rooms.insight"
    label = "insight"

    def ready(self) -> None:
        """Declare what this room records."""
        from mamori.rooms.insight import acts  # noqa: F401
