"""The Django application of `rooms/contact`."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Registers the tables of `rooms/contact`."""

    name = "mamori.rooms.contact"
    label = "contact"
