"""Each consultation stands in the queue of cases."""

from django.db import migrations


def enter(apps, schema_editor):
    """Give every consultation its case, and those that wait the moment at which the answer is due."""
    consultation, clock = apps.get_model("complaints", "Consultation"), apps.get_model("clocks", "Clock")
    case, ask = apps.get_model("cases", "Case"), apps.get_model("cases", "Ask")
    for row in consultation.objects.order_by("pk").iterator():
        about = f"complaints.consultation:{row.pk}"
        if case.objects.filter(about=about).exists():
            continue  # entered before the migration was taken back
        waiting = clock.objects.filter(about=about, kind="complaints.counsellor_answer", done_at__isnull=True)
        due = waiting.order_by("due_at").values_list("due_at", flat=True).first()
        is_asked = row.closed_at is None and row.state == "received"
        made = case.objects.create(
            kind="complaints.consultation",
            about=about,
            title="消費生活センターの相談員からの相談",
            state=row.state,
            attention="answer" if is_asked else None,
            opened_at=row.received_at,
            next_due_at=due,
            closed_at=row.closed_at,
        )
        if is_asked:
            ask.objects.create(case=made, what="answer", next_due_at=due)


class Migration(migrations.Migration):

    dependencies = [
        ("complaints", "0006_counsellors"),
        ("cases", "0007_owed_and_topics"),
        ("clocks", "0003_past"),
    ]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
