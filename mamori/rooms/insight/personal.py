"""What this room keeps of people: which of the staff noted and own something; the words are the house's, of nobody."""

from __future__ import annotations

from mamori.ground.declared.personal import BY_STAFF, KIND, table

table(
    "insight_improvement",
    title=KIND,
    seen=KIND,
    figure=KIND,
    month=KIND,
    noted_by=BY_STAFF,
    owner=BY_STAFF,
    department=KIND,
    changed=KIND,
    came=KIND,
    counts=KIND,
    no_number=KIND,
    told=KIND,
)
