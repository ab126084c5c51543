"""The operator's choices at the desk: found, changed where they stand, told of; what was typed is never lost or set twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Enter, seen
from mamori.doors.desk.views.settings import SIZE, Choice, every_choice
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import BusinessDays, Hours
from mamori.grammar.declaration import Deadline, SettingGroup
from mamori.grammar.line import Force
from mamori.grammar.text import Text
from mamori.ground.terms import actions, facts as terms
from mamori.ground.terms.models import SettingValue
from mamori.law.citations import PRESERVING
from mamori.law.deadlines import RESOLUTION
from mamori.law.settings import (
    NOTICES_TO_BUYERS,
    ON_SERVER,
    PEOPLE_SIZE,
    RECOVERY_ON,
    REMEDY_TIMES,
    REPEAT_TIMES,
)

pytestmark = pytest.mark.django_db
HOURS = "contact.resolution"
PLACE = f"/desk/settings/{HOURS}/"


def change(client: Client, code: str, value: str, unit: str = "", **more: str) -> Any:
    """Send the form as its page was when it was opened just now."""
    form = {"value": value, "unit": unit, "seen": str(seen(code))}
    return client.post(f"/desk/settings/{code}/", form | more)


def page(client: Client, path: str, lang: str = "ja") -> str:
    return unescape(client.get(path, follow=True, headers={"accept-language": lang}).content.decode())


def field(text: str, name: str) -> str:
    """Return what stands in a form's field."""
    [tag] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', text)
    return re.findall(r'value="([^"]*)"', tag)[0] if "value=" in tag else ""


@pytest.mark.parametrize(
    ("code", "value", "unit", "status"),
    [
        (HOURS, "３６", "h", 302),
        (HOURS, "2", "bd", 302),
        (HOURS, "two days", "h", 422),
        (HOURS, "-5", "h", 422),
        (HOURS, "0", "h", 422),
        (HOURS, "", "h", 422),
        (HOURS, "999999", "h", 422),
        (HOURS, "36", "", 422),
        (HOURS, "36", "weeks", 422),
        ("contact.remedy_times", "７回", "", 302),
        ("contact.remedy_times", "0", "", 422),
        ("contact.remedy_times", "many", "", 422),
        ("contact.remedy_ceiling", "１２０，０００円", "", 302),
        ("contact.recovery_on", "no", "", 302),
        ("contact.recovery_on", "perhaps", "", 422),
        ("contact.mediator_shown", "name", "", 302),
        ("contact.mediator_shown", "face", "", 422),
        ("operator.phone", "03-0000-0000", "", 302),
        ("people.size", "1", "", 403),
        ("people.outside_reader", "me@example.jp", "", 403),
        ("people.counts_after", "1", "", 403),
        ("people.lone_delay", "1", "h", 403),
        ("closing-days", "2026-12-29/2027-01-03\n2027-05-01", "", 302),
        ("closing-days", "", "", 302),
        ("closing-days", "tomorrow", "", 422),
        ("nothing", "1", "", 404),
    ],
)
def test_the_operator_chooses_within_bounds(
    enter: Enter, code: str, value: str, unit: str, status: int
) -> None:
    before = SettingValue.objects.count()

    assert change(enter(Role.LEAD), code, value, unit).status_code == status

    assert SettingValue.objects.count() - before == (status == 302)


@pytest.mark.parametrize(
    ("code", "value", "unit", "sentence"),
    [
        (HOURS, "二日くらい", "h", "「困りごとの解決」は数字でご記入ください。"),
        (HOURS, "-5", "h", "マイナスの記号を外し"),
        (HOURS, "0", "h", "1以上で約27年以内の整数"),
        ("contact.remedy_times", "5000", "", "1 から 1,000 までの値"),
    ],
)
def test_what_cannot_be_set_is_told_in_a_sentence_beside_what_was_typed(
    enter: Enter, code: str, value: str, unit: str, sentence: str
) -> None:
    answer = unescape(change(enter(Role.LEAD), code, value, unit, reason="試し").content.decode())

    assert sentence in answer
    assert (field(answer, "value"), field(answer, "reason")) == (value, "試し")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_what_was_typed_is_kept(
    enter: Enter,
) -> None:
    lead, counsel, opened = enter(Role.LEAD), enter(Role.COUNSEL), seen(HOURS)
    change(counsel, HOURS, "24", "h", reason="年末のため")

    form = {"value": "36", "unit": "bd", "reason": "急がない", "seen": str(opened), "token": f"{opened:032}"}
    late = lead.post(PLACE, form)
    told = unescape(late.content.decode())
    stood = terms.duration(RESOLUTION, at=datetime.now(UTC))
    again = lead.post(PLACE, form | {"seen": field(told, "seen")})

    assert late.status_code == 409
    assert "この画面を開いたあとに変わりました" in told
    assert "年末のため" in told
    assert (field(told, "value"), field(told, "reason")) == ("36", "急がない")
    assert '<option value="bd" selected>' in told
    assert stood == Hours(24)
    assert again.status_code == 302
    assert terms.duration(RESOLUTION, at=datetime.now(UTC)) == BusinessDays(36)


def test_what_is_set_already_is_not_set_again(enter: Enter) -> None:
    lead = enter(Role.LEAD)
    change(lead, HOURS, "24", "h")
    opened, before = seen(HOURS), SettingValue.objects.count()

    same = {"value": "24", "unit": "h", "reason": "", "seen": str(opened), "token": f"{opened:032}"}
    got = lead.post(PLACE, same)

    assert got.status_code == 422
    assert "すでにその値です" in got.content.decode()
    assert SettingValue.objects.count() == before


def test_a_page_that_does_not_say_what_it_showed_changes_nothing(enter: Enter) -> None:
    answer = enter(Role.LEAD).post(PLACE, {"value": "36", "unit": "h"})

    assert answer.status_code == 422
    assert not SettingValue.objects.filter(code=HOURS).exists()


def test_what_is_sent_twice_is_set_once_and_two_forms_of_a_page_are_two(enter: Enter) -> None:
    client = enter(Role.LEAD)
    shown = page(client, "/desk/settings/?q=times") + page(client, "/desk/settings/?q=回")
    one, two = (
        re.findall(rf'action="/desk/settings/{code}/".*?</form>', shown, re.DOTALL)[0] for code in CODES
    )
    sent = [{name: field(form, name) for name in ("token", "seen")} | {"value": "9"} for form in (one, two)]

    answers = [client.post(f"/desk/settings/{code}/", form) for code, form in zip(CODES, sent, strict=True)]
    twice = client.post(f"/desk/settings/{CODES[0]}/", sent[0])

    assert [answer.status_code for answer in (*answers, twice)] == [302, 302, 302]
    assert twice["Location"] == answers[0]["Location"]
    assert sorted(SettingValue.objects.filter(value=9).values_list("code", flat=True)) == sorted(CODES)


CODES = (REMEDY_TIMES.code, REPEAT_TIMES.code)


def test_each_choice_stands_in_one_of_eight_groups_and_the_time_for_mediation_first(enter: Enter) -> None:
    client = enter(Role.LEAD)
    stands: list[str] = []
    for group in SettingGroup:
        shown = page(client, f"/desk/settings/?group={group.name.lower()}")
        stands += re.findall(r'<li id="([^"]+)">', shown)
        assert shown.count('aria-current="page"') == 2

    assert len(SettingGroup) == 8
    assert sorted(stands) == sorted(choice.code for choice in every_choice(datetime.now(UTC)))
    assert re.findall(r'<li id="([^"]+)">', page(client, "/desk/settings/"))[0] == stands[0] == HOURS


@pytest.mark.parametrize(
    "asked", ["48", "４８時間", "仲介 解決", "mediation resolution", HOURS, "RESOLUTION"]
)
def test_a_choice_is_found_by_its_words_in_either_language_and_by_its_value(enter: Enter, asked: str) -> None:
    shown = page(enter(Role.COUNSEL), f"/desk/settings/?q={asked}")

    assert f'<li id="{HOURS}">' in shown
    assert 0 < shown.count("<li id=") < 25
    assert f'value="{asked}"' in shown


@pytest.mark.parametrize("asked", ["無い言葉", "zzz", "<b>", "a\0b" * 60])
def test_what_is_not_found_is_said(enter: Enter, asked: str) -> None:
    answer = enter(Role.LEAD).get("/desk/settings/", {"q": asked})

    assert answer.status_code == 200
    assert "当てはまる設定はありません" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_who_changed_what_from_what_to_what_is_told_of_each_and_in_a_list(enter: Enter) -> None:
    lead, counsel = enter(Role.LEAD), enter(Role.COUNSEL)
    led = change(lead, HOURS, "36", "h", reason="年末は早く返すため")
    change(counsel, HOURS, "2", "bd")
    change(counsel, "contact.recovery_on", "no")
    actions.set(
        Actor(by="machine:command/root", role=Role.MACHINE, at=datetime.now(UTC), via="command"),
        setting=PEOPLE_SIZE,
        value="1",
    )

    own, every = page(lead, PLACE), page(lead, "/desk/settings/?changes")

    for told in (own, every):
        assert "困りごとの解決：48時間（営業日） → 36時間（営業日）" in told
        assert "困りごとの解決：36時間（営業日） → 2営業日" in told
        assert "年末は早く返すため" in told
        assert "相談窓口の責任者" in told
    assert "はい → いいえ" in every
    assert "はい → いいえ" not in own
    assert every.index("3 → 1") < every.index("はい → いいえ") < every.index("2営業日")
    assert "を 48時間（営業日） から" not in page(lead, led["Location"])  # counsel changed it since
    assert "を 36時間（営業日） から 2営業日 に変えました" in page(counsel, led["Location"])


def test_the_list_of_changes_goes_on_and_holds_what_is_no_longer_declared(enter: Enter) -> None:
    at = datetime.now(UTC)
    rows = [SettingValue(code="gone.by", value=number, at=at, by="lead:1") for number in range(SIZE + 1)]
    SettingValue.objects.bulk_create(rows)
    client = enter(Role.LEAD)

    first = page(client, "/desk/settings/?changes")
    [more] = re.findall(r'href="(\?changes[^"]+)"', first)
    rest = page(client, f"/desk/settings/{more}")

    assert (first.count("gone.by"), rest.count("gone.by")) == (SIZE, 1)
    assert "gone.by：0 → 1" in first
    assert "gone.by：なし → 0" in rest


@pytest.mark.parametrize("role", [Role.AGENT, Role.BUYER, Role.READER])
def test_who_sets_nothing_reads_no_change_either(enter: Enter, role: Role) -> None:
    client = enter(role, "buyer:B-1")

    assert {client.get(f"/desk/settings/{rest}").status_code for rest in ("", "?changes", f"{HOURS}/")} <= {
        403,
        404,
    }


def test_what_is_chosen_is_said_in_words_and_never_by_its_code(enter: Enter) -> None:
    client = enter(Role.LEAD)

    change(client, "post.to_buyers", "both")

    shown = page(client, "/desk/settings/?group=telling")
    assert "連携と、メールか手紙の両方" in shown
    assert ">both" not in shown
    assert ">auto" not in shown
    assert all(word.ja in page(client, "/desk/settings/post.to_buyers/") for word in NOTICES_TO_BUYERS.words)


def test_one_is_counted_as_one(enter: Enter) -> None:
    client = enter(Role.LEAD)
    change(client, "contact.remedy_decision", "1", "bd")
    change(client, "contact.remedy_days", "8")

    asked = page(client, "/desk/settings/contact.remedy_decision/", "en")

    assert "In force: 1 business day ·" in asked
    assert "default: 90 days" in page(client, "/desk/settings/?group=money", "en")


def test_what_was_chosen_is_in_force(enter: Enter) -> None:
    client = enter(Role.COUNSEL)

    change(client, HOURS, "36", "h")
    change(client, "contact.recovery_on", "no")
    change(client, "contact.remedy_times", "7")

    now = datetime.now(UTC)
    assert terms.duration(RESOLUTION, at=now) == Hours(36)
    assert terms.setting(RECOVERY_ON, at=now) is False
    assert terms.setting(REMEDY_TIMES, at=now) == 7


def test_what_is_set_on_the_server_has_no_form(enter: Enter) -> None:
    client = enter(Role.LEAD)

    assert "mamori set" in page(client, "/desk/settings/people.size/")
    listed = page(client, "/desk/settings/?group=people")
    assert not [code for code in ON_SERVER if f'action="/desk/settings/{code}/"' in listed]


def test_where_the_law_fixes_a_span_it_is_counted_as_the_law_does() -> None:
    title = Text("見本", "a specimen")
    fixed = Deadline(
        code="contact.x", title=title, duration=Hours(48), citation=PRESERVING, force=Force.SHALL
    )

    choice = Choice(declared=fixed, code="contact.x", title=title, value=Hours(24), default=Hours(48), seen=0)

    assert list(choice.units) == ["h"]
    assert choice.bounds is not None
