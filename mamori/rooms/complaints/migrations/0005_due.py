"""A complaint says when it is due and stands in the queue of cases; a report says when it was taken back."""

from django.db import migrations, models
from django.db.models import Min, Q

TITLES = {
    "dangerous": "危ない（けが・発火・体調が悪くなるなど）",
    "counterfeit": "偽物だと思う",
    "prohibited": "売ってはいけない物だと思う",
    "display": "お店の表示がない・うそがある（名前・住所・電話・返品の決まりなど）",
    "unreachable": "お店と連絡がとれない",
    "price": "値段がおかしい",
    "fake-review": "うその、または頼まれて書いたレビューだと思う",
    "off-platform": "この通販サイトの外での支払いや取引に誘われた",
    "scam": "詐欺・なりすましだと思う",
    "other": "そのほか",
}


def enter(apps, schema_editor):
    """Give every complaint its case, and those that wait the moment at which their first clock is due."""
    complaint, clock = apps.get_model("complaints", "Complaint"), apps.get_model("clocks", "Clock")
    case, ask = apps.get_model("cases", "Case"), apps.get_model("cases", "Ask")
    for row in complaint.objects.order_by("pk").iterator():
        about = f"complaints.complaint:{row.pk}"
        running = clock.objects.filter(about=about, done_at__isnull=True)
        row.due_at = running.aggregate(first=Min("due_at"))["first"]
        row.save(update_fields=["due_at"])
        is_again = row.again_at is not None and row.again_done_at is None
        asks = _asks(row, is_again)
        first = asks[0] if asks else None
        made = case.objects.create(
            kind="complaints.complaint",
            about=about,
            title=TITLES.get(row.reason, row.reason),
            state=row.state,
            attention=first,
            opened_at=row.received_at,
            next_due_at=row.due_at,
            urgent_since=row.danger_at if first == "danger" else None,
            closed_at=None if is_again else row.closed_at,
        )
        for one in asks:
            ask.objects.create(case=made, what=one, next_due_at=row.due_at)


def _asks(row, is_again):
    if row.closed_at is not None:
        return ["look-again"] if is_again else []
    asks = ["danger"] if row.danger_at is not None and row.looked_at is None else []
    if row.state != "asking":
        asks.append("begin" if row.looked_at is None else "decide")
    return asks


class Migration(migrations.Migration):

    dependencies = [
        ("complaints", "0004_named"),
        ("cases", "0007_owed_and_topics"),
        ("clocks", "0003_past"),
    ]

    operations = [
        migrations.AddField("complaint", "due_at", models.DateTimeField(null=True)),
        migrations.AddField("complaintreport", "taken_back_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "complaint",
            models.Index(
                condition=Q(("due_at__isnull", False)), fields=["due_at", "id"], name="complaints_complaint_due"
            ),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
