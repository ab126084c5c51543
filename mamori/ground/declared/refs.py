"""What a reference of the marketplace may be: it stands in addresses, so it must not lead from there to elsewhere."""

from __future__ import annotations


def leads_elsewhere(ref: str) -> bool:
    """Say whether an address with it would be another one: `.` and `..` are steps, and slashes that meet become one."""
    return any(part in ("", ".", "..") for part in ref.split("/"))
