"""Instructions: read, and answered."""

from __future__ import annotations

from mamori.doors.gateway import instructions
from mamori.doors.gateway.operation import Operation
from mamori.grammar.text import Text
from mamori.ground.declared.pages import CursorNotGood
from mamori.ground.market.actions import InstructionUnknown
from mamori.ground.people.facts import Scope

INSTRUCTIONS = (
    Operation(
        method="GET",
        path="/instructions",
        handler=instructions.list_instructions,
        text=Text("指示を一覧する", "List instructions"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: instructions.Instructions},
        refuses=(CursorNotGood,),
    ),
    Operation(
        method="GET",
        path="/instructions/{ref}",
        handler=instructions.get_instruction,
        text=Text("指示がどうなったかを読む", "Read how an instruction stands"),
        scope=Scope.INSTRUCTIONS_CONFIRM,
        answers={200: instructions.Instruction},
        refuses=(InstructionUnknown,),
        tagged=True,
    ),
)
