"""Every write of this room, one function per verb."""

from mamori.rooms.enforcement.actions.policy import (
    begin_policy,
    discard_policy,
    lapse_policy,
    propose_policy,
    publish_policy,
    send_back_policy,
)
from mamori.rooms.enforcement.actions.policy_drafting import (
    draft_policy,
    drop_row,
    move_row,
    put_row,
    replace_table,
    set_bands,
)

__all__ = [
    "begin_policy",
    "discard_policy",
    "draft_policy",
    "drop_row",
    "lapse_policy",
    "move_row",
    "propose_policy",
    "publish_policy",
    "put_row",
    "replace_table",
    "send_back_policy",
    "set_bands",
]
