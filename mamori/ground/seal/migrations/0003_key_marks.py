from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seal', '0002_holds_and_generations'),
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
