"""Keep with a thread whether the wait for the buyer's word runs, and with a trouble when its whole price was found back."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Enter where the wait runs now."""
    running = apps.get_model("clocks", "Clock").objects.filter(kind="contact.silence", done_at__isnull=True)
    thread = apps.get_model("contact", "Thread").objects
    for about in running.values_list("about", flat=True).iterator():
        kind, _, number = about.partition(":")
        found = thread.filter(pk=number) if kind == "contact.thread" else thread.filter(trouble=number)
        found.update(awaits_buyer=True)


class Migration(migrations.Migration):

    dependencies = [
        ("clocks", "0003_past"),
        ("contact", "0032_helpers_decide"),
    ]

    operations = [
        migrations.AddField("thread", "awaits_buyer", models.BooleanField(default=False)),
        migrations.AddField("trouble", "paid_back_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
