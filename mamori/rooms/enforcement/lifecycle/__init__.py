"""The lifecycles of this room: findings, measures, appeals, versions of the policy."""

from mamori.rooms.enforcement.lifecycle.appeal import APPEAL, AppealState
from mamori.rooms.enforcement.lifecycle.finding import FINDING, GATHERING, HIDDEN_FROM_SELLER, FindingState
from mamori.rooms.enforcement.lifecycle.measure import MEASURE, STANDING, MeasureState
from mamori.rooms.enforcement.lifecycle.policy import POLICY, PolicyState

__all__ = [
    "APPEAL",
    "FINDING",
    "GATHERING",
    "HIDDEN_FROM_SELLER",
    "MEASURE",
    "POLICY",
    "STANDING",
    "AppealState",
    "FindingState",
    "MeasureState",
    "PolicyState",
]
