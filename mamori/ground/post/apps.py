"""The Django application of `ground/post`."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Registers the tables of `ground/post`."""

    name = "mamori.ground.post"
    label = "post"
