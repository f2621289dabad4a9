"""
The versions of the tables, and the way from each to the next.

A migration is a module of ``versions`` in the form of Alembic, frozen as it was: it does not look
at the tables of today. All that are missing are done in one transaction.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import StorageBroken
from tdkt_parse.store.database import Store, keep_log, lock_schema

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

VERSION_TABLE = "tdkt_version"
"""Where a database says which version its tables are of; others may use Alembic there too."""


def scripts() -> "ScriptDirectory":
    """All versions there are."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(__file__).parent))


def head() -> str:
    """The newest version."""
    return str(scripts().get_current_head())


def history() -> list[str]:
    """All versions, the oldest first."""
    found = scripts()
    return [one.revision for one in found.walk_revisions()][::-1]


def version_of(connection: "Connection") -> str | None:
    """The version of the tables; ``None`` where there are none."""
    return _context(connection).get_current_revision()


def upgrade(store: Store, to: str = "head") -> list[str]:
    """
    Bring the tables up to a version; the versions gone through, none where it is that already.

    Raises StorageError; then the tables are as they were.
    """

    def work(connection: "Connection") -> list[str]:
        from alembic.operations import Operations

        lock_schema(connection)
        found, context = scripts(), _context(connection)
        now = context.get_current_revision()
        _check(store, found, now)
        if now is None and _is_taken(connection):
            raise _foreign(store)
        done: list[str] = []
        with Operations.context(context):
            for one in reversed(list(found.iterate_revisions(to, now or "base"))):
                one.module.upgrade()
                context.stamp(found, one.revision)
                done.append(one.revision)
        if done and done[-1] == found.get_current_head():
            from tdkt_parse.store.index import index_missing, list_missing

            index_missing(connection)
            list_missing(connection)
        return done

    keep_log(store)
    return store.write(work)


def ready(store: Store, *, create: bool) -> None:
    """Raise StorageBroken unless the tables are those of today; ``create``: make them."""
    # In this order: the tables and their version appear at once.
    taken, now = store.read(lambda connection: (_is_taken(connection), version_of(connection)))
    if now == head():
        return
    if now is not None:
        _check(store, scripts(), now)
        raise StorageBroken(
            f"{store.where}: its tables are of an earlier version ({now}).",
            hint="Bring them up to date, nothing is lost: tdkt db upgrade",
        )
    if not create or taken:
        raise _foreign(store)
    upgrade(store)


def _foreign(store: Store) -> StorageBroken:
    return StorageBroken(
        f"{store.where}: it is no database of tdkt.",
        hint="tdkt import PATH makes one; --db names another.",
    )


def _check(store: Store, found: "ScriptDirectory", now: str | None) -> None:
    if now is not None and now not in {one.revision for one in found.walk_revisions()}:
        raise StorageBroken(
            f"{store.where}: its tables are of a version that is not known ({now}).",
            hint="A newer tdkt-parse made them; install that.",
        )


def _is_taken(connection: "Connection") -> bool:
    """Whether there is something else: any table in a file, one of our names on a server."""
    from sqlalchemy import inspect

    from tdkt_parse.store.tables import METADATA

    names = set(inspect(connection).get_table_names())
    return bool(names & set(METADATA.tables) if connection.dialect.name != "sqlite" else names)


def _context(connection: "Connection") -> "MigrationContext":
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
