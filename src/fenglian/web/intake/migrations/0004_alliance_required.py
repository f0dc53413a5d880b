import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_first_alliance")]
    operations = [
        migrations.AlterField(
            model_name="document",
            name="alliance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="accounts.alliance",
            ),
        ),
    ]
