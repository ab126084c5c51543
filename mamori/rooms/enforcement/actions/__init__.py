"""Every write of this room, one function per verb: what each module names in its `__all__`."""

from mamori.rooms.enforcement.actions.appeals import *
from mamori.rooms.enforcement.actions.appeals_of_money import *
from mamori.rooms.enforcement.actions.asking import *
from mamori.rooms.enforcement.actions.cures import *
from mamori.rooms.enforcement.actions.deciding import *
from mamori.rooms.enforcement.actions.displays import *
from mamori.rooms.enforcement.actions.evidence import *
from mamori.rooms.enforcement.actions.findings import *
from mamori.rooms.enforcement.actions.hiding import *
from mamori.rooms.enforcement.actions.measures import *
from mamori.rooms.enforcement.actions.policy import *
from mamori.rooms.enforcement.actions.policy_drafting import *
from mamori.rooms.enforcement.actions.reported import *
from mamori.rooms.enforcement.actions.reviews import *
from mamori.rooms.enforcement.clarifications.actions import *
from mamori.rooms.enforcement.fitness import *
from mamori.rooms.enforcement.intake import *
from mamori.rooms.enforcement.refusals import *
