"""Triggers that keep written rows as they are, whoever asks: application, script or database shell."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("archive_entry", "archive_dailyroot", "archive_leaf")
MESSAGE = "rows of this table are written once"

FUNCTION = f"""
CREATE OR REPLACE FUNCTION archive_written_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
"""


def statements(vendor: str) -> list[str]:
    """SQL that sets the guards up. TRUNCATE is left to whoever may drop the database (tests clear it that way)."""
    if vendor == "postgresql":
        return [FUNCTION] + [
            f"CREATE TRIGGER {table}_once BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION archive_written_once()"
            for table in TABLES
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in TABLES
        for verb in ("UPDATE", "DELETE")
    ]


def removals(vendor: str) -> list[str]:
    """SQL that takes the guards away again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_once ON {table}" for table in TABLES]
    return [f"DROP TRIGGER {table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    run(editor.connection, statements(editor.connection.vendor))


def uninstall(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    run(editor.connection, removals(editor.connection.vendor))


def run(connection: BaseDatabaseWrapper, sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)
