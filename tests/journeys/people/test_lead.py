"""A lead looks after what others may not decide alone: a look in an emergency, a recovery, a disaster."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from mamori.japan.calendar import JAPAN
from tests.journeys.people.conftest import Come

pytestmark = pytest.mark.processes


def test_a_lead_confirms_a_look_decides_a_recovery_and_stops_clocks_after_a_disaster(
    comes: Come, village: dict[str, str]
) -> None:
    number = village["silent"]

    lead = comes("lead", to="/desk/today/", lang="en")

    # An agent has read in an emergency, with a reason; nobody confirms their own look.
    agent = comes("agent", to=f"/desk/cases/{number}/")
    agent.opens("緊急のときに読む")
    agent.writes(reason="発火のおそれ")
    agent.main.locator("#words details").get_by_role("button", name="理由を残して開く").click()
    agent.sees("ランプがまだ届きません")

    lead.goes("/desk/today/")
    lead.shows("lead-today")
    lead.opens("Looks")
    lead.main.locator(f'a[href*="/{number}/"]').first.click()
    lead.sees("発火のおそれ")
    lead.sees_nothing_of("ランプがまだ届きません")  # a reason is judged, the words stay closed
    lead.shows("lead-look")
    panel = lead.main.locator("details", has_text="Confirm an emergency look").last
    if panel.get_attribute("open") is None:  # folded where a call is owed first
        panel.locator("summary").click()
    lead.presses("There was danger: confirm")
    lead.sees(re.compile("confirm", re.I))
    assert agent.goes(f"/desk/cases/{number}/contact/words/") == 200

    # A recovery whose hearing is over: clause, ceiling, and a reason that is recorded.
    lead.goes(f"/desk/cases/{village['recovery']}/")
    lead.sees("Heard, waiting for a decision", "Clause", "6,800")
    lead.shows("lead-recovery")
    lead.opens("Waive the recovery")
    lead.presses("Waive it")
    lead.sees("Please check what you entered")
    lead.writes(reason="The parcel service has admitted the loss")
    lead.presses("Waive it")
    lead.sees("The recovery was waived.")

    # While carriers have stopped a case stands still until a day, and the page says that its solution does not.
    lead.goes("/desk/suspensions/")
    lead.chooses("because carriers have stopped")
    last = datetime.now(UTC).astimezone(JAPAN) + timedelta(days=3)
    lead.writes(until_year=str(last.year), until_month=str(last.month), until_day=str(last.day))
    lead.writes(cases=number, reason="Typhoon, no parcels until further notice")
    lead.presses("Let them stand still")
    lead.sees("Another last day", "Because carriers have stopped")
    lead.shows("lead-disaster")

    # An agent cannot do any of this.
    for path in (f"/desk/cases/{village['recovery']}/contact/waive/", "/desk/suspensions/"):
        agent.goes(path)
        agent.has_no_button("請求しないと決める", "期限を止める")
