"""The Django application of `ground/terms`."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Registers the tables of `ground/terms`."""

    name = "mamori.ground.terms"
    label = "terms"
