"""The Django application of `ground/web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the tables of `ground/web`."""

    name = "mamori.ground.web"
    label = "web"
