"""The Django application of `ground/outbox`."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Registers the tables of `ground/outbox`."""

    name = "mamori.ground.outbox"
    label = "outbox"
