"""The database itself refuses to alter or drop an entry, whoever asks it through the application."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = "the audit log is only ever added to"
SQLITE = (
    f"CREATE TRIGGER audit_entry_kept BEFORE UPDATE ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"CREATE TRIGGER audit_entry_once BEFORE INSERT ON audit_entry "
    f"WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number) "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
)
SQLITE_BACK = tuple(
    f"DROP TRIGGER IF EXISTS audit_entry_{name}" for name in ("kept", "stays", "once")
)
POSTGRESQL = (
    f"""CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    """CREATE TRIGGER audit_entry_kept BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    """CREATE TRIGGER audit_entry_stays BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER IF EXISTS audit_entry_kept ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_stays ON audit_entry",
    "DROP FUNCTION IF EXISTS audit_entry_refuse()",
)


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor: BaseDatabaseSchemaEditor, scripts: dict[str, tuple[str, ...]]) -> None:
    for statement in scripts.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard, release)]
