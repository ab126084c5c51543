"""The Django application of `ground/market`."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Registers the tables of `ground/market`."""

    name = "mamori.ground.market"
    label = "market"
