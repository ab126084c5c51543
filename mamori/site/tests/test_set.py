"""An operator's choices: shown, made, refused in a sentence, and in force from the next clock on."""

from datetime import datetime

import pytest
from click.testing import CliRunner

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.japan.calendar import JAPAN
from mamori.site import work
from mamori.site.command.set import command

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 28, 9, tzinfo=JAPAN)


def run(*words: str) -> str:
    result = CliRunner().invoke(command, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_arguments_every_choice_is_shown_with_its_value() -> None:
    shown = run()

    assert "contact.resolution           48h" in shown
    assert "contact.remedy_ceiling       100,000" in shown
    assert "closing-days" in shown


def test_a_choice_is_shown_beside_its_default_and_recorded() -> None:
    shown = run("contact.resolution", "36h")

    assert "36h" in shown
    assert "48h" in shown
    [act] = ledger.acts_about("terms.setting:contact.resolution")
    assert act.content is not None
    assert act.content["by"].startswith("machine:command/")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("contact.resolution", "tomorrow"), "bad-duration"),
        (("contact.remedy_ceiling", "たくさん"), "value-unreadable"),
        (("contact.remedy_days", "7"), "setting-out-of-bounds"),
        (("contact.recovery_on", "maybe"), "value-unreadable"),
        (("contact.resolution", "36h", "37h"), "value-unreadable"),
        (("contact.scanning", "ask", "mask"), "setting-not-among"),
        (("no.such", "1"), "no-such-setting"),
        (("no.such",), "no-such-setting"),
        (("closing-days", "some day"), "closing-days-unreadable"),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_a_sentence(words: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        CliRunner().invoke(command, list(words), catch_exceptions=False, standalone_mode=False)

    assert refused.value.code == code


def test_text_of_several_words_needs_no_quotes() -> None:
    shown = run("contact.own_hosts", "www.example.jp", "help.example.jp")

    assert "www.example.jp help.example.jp" in shown


def test_yes_no_and_yen_are_read_as_people_write_them() -> None:
    run("contact.recovery_on", "no")

    assert "contact.recovery_on          no" in run("contact.recovery_on")
    assert "50,000" in run("contact.remedy_ceiling", "50,000")


def test_closing_days_move_running_clocks_and_the_next_ones() -> None:
    clocks.start(kind="contact.answer", about="contact.nothing:1", at=MONDAY, duration=Hours(48))
    assert clock_facts.next_due("contact.nothing:1") == datetime(2026, 12, 30, 9, tzinfo=JAPAN)

    run("closing-days", "2026-12-29/2027-01-03")
    work.renew(at=MONDAY)
    clocks.start(kind="contact.answer", about="contact.nothing:2", at=MONDAY, duration=Hours(48))

    for about in ("contact.nothing:1", "contact.nothing:2"):
        assert clock_facts.next_due(about) == datetime(2027, 1, 5, 9, tzinfo=JAPAN)
    run("closing-days", "none")
    assert clock_facts.calendar().version == clock_facts.calendar().version.split("+")[0]


def test_the_machine_of_the_command_may_set_and_a_buyer_may_not() -> None:
    from mamori.site.command.set import choose

    buyer = Actor(by="buyer:B-1", role=Role.BUYER, at=MONDAY, via="test")

    with pytest.raises(Refusal) as refused:
        choose(buyer, "contact.resolution", ("36h",))

    assert refused.value.code == "setting-not-yours"
