"""Let open cases be found by their topic, and let each stand where what a person owes about it is due."""

from django.db import migrations, models
from django.db.models import Q

BATCH = 1000
STAFFS = frozenset({
    "contact.call", "contact.danger_call", "contact.recall", "contact.danger_recall", "contact.remedy_decision",
    "contact.return_inspection", "contact.recovery_review", "contact.second_reader", "contact.look_held",
})
NOBODYS = frozenset({"contact.urge", "contact.silence", "contact.look_told", "contact.formal_review"})
"""As the contact centre declares them when this is run; cases of other rooms are settled anew at their next act."""


def owed(clocks):
    """Return when the soonest of these is due that staff owe, else that a party owes; None where nobody owes any."""
    found = [(kind not in STAFFS, due) for kind, due in clocks if kind not in NOBODYS]
    return min(found, default=(True, None))[1]


def settle(apps, schema_editor):
    """Go through the open cases of the contact centre, so many at a time, and put each where it belongs."""
    case, ask, clock = apps.get_model("cases", "Case"), apps.get_model("cases", "Ask"), apps.get_model("clocks", "Clock")
    last = 0
    while True:
        page = list(
            case.objects.filter(pk__gt=last, closed_at__isnull=True, kind__startswith="contact.")
            .order_by("pk").only("pk", "about", "next_due_at")[:BATCH]
        )
        if not page:
            return
        last, running = page[-1].pk, {}
        open_ = clock.objects.filter(
            about__in=[one.about for one in page], done_at__isnull=True, next_try_at__isnull=False
        )
        for about, kind, due in open_.values_list("about", "kind", "due_at"):
            running.setdefault(about, []).append((kind, due))
        moved = []
        for one in page:
            due = owed(running.get(one.about, ()))
            if due != one.next_due_at:
                one.next_due_at = due
                moved.append(one)
        case.objects.bulk_update(moved, ["next_due_at"], batch_size=200)
        due_at = {one.pk: one.next_due_at for one in moved}
        asks = list(ask.objects.filter(case__in=due_at))
        for one in asks:
            one.next_due_at = due_at[one.case_id]
        ask.objects.bulk_update(asks, ["next_due_at"], batch_size=200)


class Migration(migrations.Migration):
    """Add the index and move what stood by a clock that only a machine rings."""

    dependencies = (("cases", "0006_urgent"), ("clocks", "0003_past"))
    operations = (
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["title", "next_due_at", "id"], condition=Q(closed_at__isnull=True), name="cases_open_of_topic"
            ),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    )
