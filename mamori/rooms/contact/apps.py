"""The Django application of `rooms/contact`."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Registers the tables of `rooms/contact`."""

    name = "mamori.rooms.contact"
    label = "contact"

    def ready(self) -> None:
        """Declare this room's cases, for lists that hold the cases of all rooms."""
        from mamori.rooms.contact import kinds  # noqa: F401
