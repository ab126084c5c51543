"""The Django application of `rooms/payouts`."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """Registers the tables of `rooms/payouts`."""

    name = "mamori.rooms.payouts"
    label = "payouts"

    def ready(self) -> None:
        """Declare this room's cases, for lists that hold the cases of all rooms."""
        from mamori.rooms.payouts import acts  # noqa: F401
