"""The Django application of `ground/people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables of `ground/people`."""

    name = "mamori.ground.people"
    label = "people"
