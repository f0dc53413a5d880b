from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import fenglian.web.registry.models.owned


def give_each_its_own(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # A new column gets one default for all rows that are there: of two links both would have it.
    for link in apps.get_model("registry", "Link").objects.all():
        link.slug = fenglian.web.registry.models.owned.new_slug()
        link.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_owned")]
    operations = [
        migrations.AlterModelOptions(
            name="link",
            options={"ordering": ("-id",), "verbose_name": "links for filling in"},
        ),
        migrations.AddField(
            model_name="link",
            name="sent",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="link",
            name="since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="link",
            name="slug",
            field=models.CharField(
                default=fenglian.web.registry.models.owned.new_slug, max_length=16
            ),
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="link",
            name="slug",
            field=models.CharField(
                default=fenglian.web.registry.models.owned.new_slug, max_length=16, unique=True
            ),
        ),
    ]
