"""Forms and requests are kept in one table: the gateway's, into which forms that were taken are carried over.

`contact_sent` stays for the programs of before that still run while a house is brought up to date; nothing reads it any more.
"""

from django.db import migrations, models


def carry_over(apps, schema_editor):
    token, nothing = ("token", "X''")
    if schema_editor.connection.vendor == "postgresql":
        token, nothing = ("replace(token::text, '-', '')", "''::bytea")
    schema_editor.execute(
        "INSERT INTO gateway_reply (machine, key, fingerprint, at, sealed, led_to) "
        f"SELECT \"by\", {token}, '', at, {nothing}, led_to FROM contact_sent"
    )


class Migration(migrations.Migration):
    dependencies = [("web", "0001_sent"), ("gateway", "0002_keys_of_the_shop"), ("contact", "0038_forms_of_all_rooms")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Sent"),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("owner", models.CharField(db_column="machine", max_length=80)),
                        ("key", models.CharField(max_length=255)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("at", models.DateTimeField()),
                        ("sealed", models.BinaryField(default=b"")),
                    ],
                    options={
                        "db_table": "gateway_reply",
                        "indexes": [models.Index(fields=["at"], name="gateway_reply_age")],
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "key"), name="gateway_reply_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.AlterField("reply", "owner", models.CharField(db_column="machine", max_length=200)),
        migrations.AddField("reply", "led_to", models.CharField(db_default="", default="", max_length=200)),
        migrations.AddIndex("reply", models.Index(fields=["owner", "led_to"], name="gateway_reply_led")),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
