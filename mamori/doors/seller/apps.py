"""The Django application of `doors/seller`."""

from django.apps import AppConfig


class SellerConfig(AppConfig):
    """Registers the pages of `doors/seller`."""

    name = "mamori.doors.seller"
    label = "seller"
