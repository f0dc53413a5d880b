from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alliance', '0006_attendance_and_rolls'),
    ]

    operations = [
        migrations.AddField(
            model_name='action',
            name='statement',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
    ]
