"""Find what falls due soon and promises that were broken, and count a month."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("contact", "0017_formal")]

    operations = [
        migrations.RemoveIndex("trouble", "contact_trouble_open"),
        migrations.AddIndex(
            "trouble",
            models.Index(
                fields=["resolution_due_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="contact_trouble_solution_due",
            ),
        ),
        migrations.AddIndex(
            "trouble", models.Index(fields=["opened_at"], name="contact_trouble_opened")
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["answer_due_at", "id"],
                condition=Q(answer_due_at__isnull=False),
                name="contact_thread_answer_due",
            ),
        ),
        migrations.AddIndex(
            "thread",
            models.Index(
                fields=["opened_at"], condition=Q(order_ref=""), name="contact_thread_question"
            ),
        ),
        migrations.AddIndex(
            "call",
            models.Index(
                fields=["promised_at", "id"],
                condition=Q(kept__isnull=False, promised_at__isnull=False),
                name="contact_call_promise_decided",
            ),
        ),
        migrations.AddIndex(
            "call",
            models.Index(
                fields=["promised_at", "id"],
                condition=Q(kept=False, promised_at__isnull=False),
                name="contact_call_broken",
            ),
        ),
        migrations.AddIndex(
            "formal", models.Index(fields=["arrived_at"], name="contact_formal_arrived")
        ),
    ]
