"""The Django application of `ground/ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the tables of `ground/ledger`."""

    name = "mamori.ground.ledger"
    label = "ledger"
