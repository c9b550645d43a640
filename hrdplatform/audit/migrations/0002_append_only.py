"""The audit record is append-only: triggers refuse every update and delete but the one that links an entry."""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER audit_entry_keep BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_link_once BEFORE UPDATE ON audit_entry
    WHEN OLD.sequence IS NOT NULL OR NEW.sequence IS NULL
        OR NEW.id IS NOT OLD.id OR NEW.event IS NOT OLD.event OR NEW.actor IS NOT OLD.actor
        OR NEW.object IS NOT OLD.object OR NEW.door IS NOT OLD.door OR NEW.at IS NOT OLD.at OR NEW.facts IS NOT OLD.facts
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
    WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    """
    CREATE TRIGGER audit_anchor_keep BEFORE DELETE ON audit_anchor
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    """
    CREATE TRIGGER audit_anchor_fixed BEFORE UPDATE ON audit_anchor
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
    """
    CREATE TRIGGER audit_anchor_no_replace BEFORE INSERT ON audit_anchor
    WHEN EXISTS (SELECT 1 FROM audit_anchor WHERE id = NEW.id OR day = NEW.day)
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END
    """,
]

SQLITE_BACK = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "audit_entry_keep",
        "audit_entry_link_once",
        "audit_entry_no_replace",
        "audit_anchor_keep",
        "audit_anchor_fixed",
        "audit_anchor_no_replace",
    )
]

POSTGRESQL = [
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit record is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_keep BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_entry_link_once BEFORE UPDATE ON audit_entry FOR EACH ROW
    WHEN (OLD.sequence IS NOT NULL OR NEW.sequence IS NULL
        OR ROW(NEW.id, NEW.event, NEW.actor, NEW.object, NEW.door, NEW.at, NEW.facts)
            IS DISTINCT FROM ROW(OLD.id, OLD.event, OLD.actor, OLD.object, OLD.door, OLD.at, OLD.facts))
    EXECUTE FUNCTION audit_refuse()
    """,
    "CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION audit_refuse()",
    """
    CREATE TRIGGER audit_anchor_keep BEFORE DELETE OR UPDATE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    "CREATE TRIGGER audit_anchor_whole BEFORE TRUNCATE ON audit_anchor EXECUTE FUNCTION audit_refuse()",
]

POSTGRESQL_BACK = ["DROP FUNCTION IF EXISTS audit_refuse() CASCADE"]


def run(schema_editor, sqlite, postgresql):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards, elidable=False)]
