"""The addresses of the sheet of the product safety pledge: for leads, counsel and readers, and nobody else."""

from __future__ import annotations

from mamori.grammar.actor import Role
from tests.permissions.lines import HEADS, Line

KPI_READERS = HEADS | {Role.READER}
KPI = (Line("/desk/kpi/", KPI_READERS, opens=True),)
