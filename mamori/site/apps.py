"""The Django application of `site`: wires the house once all tables are known."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Runs the wiring table at start-up."""

    name = "mamori.site"
    label = "site"

    def ready(self) -> None:
        """Connect handlers, clocks, calendar and triggers."""
        from mamori.site import wiring

        wiring.connect()
