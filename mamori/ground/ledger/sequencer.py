"""The sequencer."""

from datetime import datetime


def run(*, at: datetime) -> int:
    """Placeholder until the tiles are written."""
    raise NotImplementedError
