"""The Django application of `ground/vault`."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Registers the tables of `ground/vault`."""

    name = "mamori.ground.vault"
    label = "vault"
