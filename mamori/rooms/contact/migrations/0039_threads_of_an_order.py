"""Find the threads of an order, ended ones too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index over orders; questions are left out of it."""

    dependencies = [("contact", "0038_forms_of_all_rooms")]

    operations = [
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                fields=["order_ref", "id"],
                condition=~models.Q(("order_ref", "")),
                name="contact_thread_of_order",
            ),
        ),
    ]
