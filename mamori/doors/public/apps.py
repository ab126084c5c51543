"""The Django application of `doors/public`."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Registers the pages of `doors/public`."""

    name = "mamori.doors.public"
    label = "public"
