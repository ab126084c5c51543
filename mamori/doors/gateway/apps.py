"""The Django application of `doors/gateway`."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Registers the pages of `doors/gateway`."""

    name = "mamori.doors.gateway"
    label = "gateway"
