"""The Django application of `ground/clocks`."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Registers the tables of `ground/clocks`."""

    name = "mamori.ground.clocks"
    label = "clocks"
