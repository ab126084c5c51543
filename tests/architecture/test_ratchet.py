"""What makes the next room dear becomes less, never more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import ratchet

VIEW = """
def write(request):
    form = Form(request.POST)


def send(request):
    if request.method == "POST":
        act()


def read(request):
    return render(request)
"""
ACTION = """
from mamori.ground.clocks import actions as ticking
from mamori.rooms.lending import keeping


def lend(actor):
    ticking.start(about="lending.loan:1")
    keeping.start_days("loan", 14)
    ticking.beat(name="worker")
    actor.stop()
"""


def planted(root: Path, modules: dict[str, str]) -> ratchet.Figures:
    """Build a house of one small room, with these modules in it, and count."""
    for name, text in {"__init__.py": "", "models.py": "class Loan: ...", **modules}.items():
        path = root / "mamori" / "rooms" / "lending" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return ratchet.figures(ratchet.found(root))


def test_there_is_no_more_by_hand_than_there_was_and_what_became_less_is_kept() -> None:
    places = ratchet.found()

    faults = ratchet.faults(ratchet.figures(places), ratchet.known(), places)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("modules", "counted"),
    [
        ({"views.py": VIEW}, {"POST flows by hand": {"rooms.lending": 2}}),
        ({"actions.py": ACTION}, {"clocks by hand": {"rooms.lending": 2}}),
        ({"lending.py": ""}, {"modules outside the vocabulary": {"rooms.lending": 1}}),
        ({"facts.py": "class Loan: ..."}, {"classes of one name": {"Loan": 2}}),
    ],
)
def test_each_kind_is_counted(
    tmp_path: Path, modules: dict[str, str], counted: dict[str, dict[str, int]]
) -> None:
    assert planted(tmp_path, modules) == counted


def test_a_feature_has_the_rooms_vocabulary_in_a_folder_of_its_own(tmp_path: Path) -> None:
    modules = {f"returns/{name}.py": "" for name in ("__init__", "rules", "views", "parcels")}

    figures = planted(tmp_path, modules)

    assert figures == {"modules outside the vocabulary": {"rooms.lending": 1}}


def test_a_new_room_begins_at_nothing() -> None:
    one = {"clocks by hand": {"rooms.lending": 1}}

    faults = ratchet.faults(
        one, {}, {"clocks by hand": {"rooms.lending": ["mamori/rooms/lending/actions.py:7"]}}
    )

    assert faults == [
        "clocks by hand, rooms.lending: 1, and no more than 0 may be: mamori/rooms/lending/actions.py:7"
    ]


def test_what_became_less_is_to_be_written_down_with_one_line() -> None:
    faults = ratchet.faults({}, {"clocks by hand": {"rooms.lending": 1}}, {})

    assert faults == [f"clocks by hand, rooms.lending: 0, down from 1: keep it so with `{ratchet.LOWER}`"]
