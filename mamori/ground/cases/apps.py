"""The Django application of `ground/cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the tables of `ground/cases`."""

    name = "mamori.ground.cases"
    label = "cases"
