from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from fenglian.engine.intake.weight import urgency
from fenglian.web.intake.rows import statement_of


def weigh_what_is_kept(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give statements that were read before there was a queue their place in it.

    One that cannot be read as today's keeps the default: an upgrade does not stop at it.
    """
    statements = apps.get_model("intake", "Statement").objects
    for row in statements.iterator(chunk_size=500):
        try:
            weight = urgency(statement_of(row, ""), row.doubts)
        except (ValueError, TypeError, KeyError):
            continue
        statements.filter(pk=row.pk).update(urgency=weight)


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_review")]
    operations = [
        migrations.RunPython(weigh_what_is_kept, migrations.RunPython.noop, elidable=True)
    ]
