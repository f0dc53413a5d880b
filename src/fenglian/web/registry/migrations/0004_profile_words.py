import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from fenglian.engine.registry.search import searchable

COLUMNS = ("uscc", "parent", "control_group", "predecessor", "successor")
LONGEST = 120


def index_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    word = apps.get_model("registry", "ProfileWord")
    rows = apps.get_model("registry", "PublicRow").objects.filter(form="profile")
    word.objects.bulk_create(
        (
            word(alliance_id=row.alliance_id, row=row, column=column, text=text[:LONGEST])
            for row in rows.iterator(chunk_size=500)
            for column in COLUMNS
            if (text := searchable(str(row.values.get(column) or "")))
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    derived = frozenset({"profileword"})  # from the profiles, each time the step is taken
    dependencies = [
        ("accounts", "0003_invitations_and_second_factor"),
        ("registry", "0003_link_limits"),
    ]
    operations = [
        migrations.CreateModel(
            name="ProfileWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("column", models.CharField(max_length=16)),
                ("text", models.CharField(max_length=120)),
                (
                    "alliance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.alliance",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.publicrow",
                    ),
                ),
            ],
            options={
                "verbose_name": "words of public profiles",
                "indexes": [
                    models.Index(
                        fields=["alliance", "column", "text", "row"], name="profile_word_find"
                    )
                ],
            },
        ),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop, elidable=True),
    ]
