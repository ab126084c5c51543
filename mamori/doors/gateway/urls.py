"""The addresses of this door."""

from __future__ import annotations

from mamori.doors.gateway.api import addresses, built

urlpatterns = addresses(built())
