"""The Django application of `ground/seal`."""

from django.apps import AppConfig


class SealConfig(AppConfig):
    """Registers the tables of `ground/seal`."""

    name = "mamori.ground.seal"
    label = "seal"
