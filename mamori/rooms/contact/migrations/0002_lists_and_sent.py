from django.db import migrations, models
from django.db.models import Q

TURN = ("missed", "waiting")


def fill(apps, schema_editor):
    """Say for each open thread by when the seller owes an answer: the trouble knows it, or the question's clock."""
    Thread = apps.get_model("contact", "Thread")
    Trouble = apps.get_model("contact", "Trouble")
    Clock = apps.get_model("clocks", "Clock")
    for thread in Thread.objects.filter(state__in=TURN).iterator():
        due = Trouble.objects.filter(thread=thread).values_list("answer_due_at", flat=True).first()
        if due is None:
            clocks = Clock.objects.filter(about=f"contact.thread:{thread.pk}", kind="contact.question_answer")
            due = clocks.order_by("-id").values_list("due_at", flat=True).first()
        thread.answer_due_at = due or thread.last_at
        thread.save(update_fields=["answer_due_at"])


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_tables"), ("clocks", "0001_tables")]

    operations = [
        migrations.AddField("Thread", "answer_due_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "Thread",
            models.CheckConstraint(
                condition=Q(state__in=TURN, answer_due_at__isnull=False)
                | (~Q(state__in=TURN) & Q(answer_due_at__isnull=True)),
                name="contact_thread_answer_due_in_turn",
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(
                fields=["buyer_ref", "id"], condition=Q(closed_at__isnull=True), name="contact_thread_buyer_open"
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(
                fields=["buyer_ref", "id"],
                condition=~Q(closed_at__isnull=True),
                name="contact_thread_buyer_closed",
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(
                fields=["seller_ref", "answer_due_at", "id"],
                condition=Q(answer_due_at__isnull=False),
                name="contact_thread_seller_turn",
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(
                fields=["seller_ref", "id"],
                condition=Q(closed_at__isnull=True) & Q(answer_due_at__isnull=True),
                name="contact_thread_seller_waits",
            ),
        ),
        migrations.AddIndex(
            "Thread",
            models.Index(
                fields=["seller_ref", "id"],
                condition=~Q(closed_at__isnull=True),
                name="contact_thread_seller_closed",
            ),
        ),
        migrations.AddIndex(
            "Recovery",
            models.Index(
                fields=["seller_ref", "id"], condition=Q(closed_at__isnull=True), name="contact_recovery_seller"
            ),
        ),
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("by", models.CharField(max_length=200)),
                ("led_to", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["at"], name="contact_sent_at")]},
        ),
    ]
