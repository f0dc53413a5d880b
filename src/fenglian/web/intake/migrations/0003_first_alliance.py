from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The alliance of the founding article: what was read before there were several belongs to it.
FIRST = {
    "slug": "shanxi-wind",
    "zh": "山西省风电装备产业联盟",
    "en": "Shanxi Wind Equipment Alliance",
    "pack": "shanxi",
}


def give_documents_an_alliance(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    documents = apps.get_model("intake", "Document").objects.filter(alliance=None)
    if documents.exists():
        alliance, _is_new = apps.get_model("accounts", "Alliance").objects.get_or_create(
            slug=FIRST["slug"], defaults=FIRST
        )
        documents.update(alliance=alliance)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_alliances")]
    operations = [
        migrations.RunPython(give_documents_an_alliance, migrations.RunPython.noop, elidable=True)
    ]
