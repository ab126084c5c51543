"""What others may ask of this room."""

from __future__ import annotations

from mamori.rooms.insight.outlines import OUTLINES
from mamori.rooms.insight.queries.improvements import first_noted_at

__all__ = ["OUTLINES", "first_noted_at"]
