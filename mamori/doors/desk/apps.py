"""The Django application of `doors/desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the pages of `doors/desk`."""

    name = "mamori.doors.desk"
    label = "desk"
