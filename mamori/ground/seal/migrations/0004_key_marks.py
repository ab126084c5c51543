from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seal', '0003_erased_by_subject'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyMark',
            fields=[
                ('key', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=16)),
                ('since', models.DateTimeField()),
            ],
        ),
    ]
