"""
The database of plans: a SQLite file, or PostgreSQL.

``open_store`` opens one, ``put`` puts a Plan in, ``load`` takes it out, ``search`` finds. It needs
SQLAlchemy and Alembic (``tdkt-parse[store]``), for PostgreSQL psycopg (``tdkt-parse[postgres]``);
they are imported when a name is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tdkt_parse.exceptions import MissingDependency, to_install

if TYPE_CHECKING:
    from tdkt_parse.store.browsing import (
        Asked,
        Listing,
        PlanLine,
        browse,
        contents_asked,
        neighbours,
    )
    from tdkt_parse.store.checking import Fault, Report, check
    from tdkt_parse.store.copies import backup, restore
    from tdkt_parse.store.correcting import Edit, correct, correct_all, corrections
    from tdkt_parse.store.database import Store, connect
    from tdkt_parse.store.ddl import schema_sql
    from tdkt_parse.store.finding import Hit, Page, Query, every_content, search
    from tdkt_parse.store.listing import Listed, list_plans
    from tdkt_parse.store.migrations import upgrade
    from tdkt_parse.store.opening import open_store
    from tdkt_parse.store.overlay import Correction
    from tdkt_parse.store.reading import (
        Stored,
        StoredRemark,
        find_contents,
        load,
        load_all,
        load_remarks,
        paths_of,
    )
    from tdkt_parse.store.reviewing import Review, confirm, review_of, reviewed
    from tdkt_parse.store.writing import (
        Change,
        Entry,
        Run,
        delete_plans,
        finish_run,
        known_contents,
        put,
        put_many,
        put_path,
    )

_HOMES = {
    "backup": "copies",
    "restore": "copies",
    "Fault": "checking",
    "Report": "checking",
    "check": "checking",
    "Store": "database",
    "connect": "database",
    "open_store": "opening",
    "Correction": "overlay",
    "Asked": "browsing",
    "PlanLine": "browsing",
    "Listing": "browsing",
    "browse": "browsing",
    "contents_asked": "browsing",
    "neighbours": "browsing",
    "Edit": "correcting",
    "correct": "correcting",
    "correct_all": "correcting",
    "corrections": "correcting",
    "schema_sql": "ddl",
    "Listed": "listing",
    "list_plans": "listing",
    "Stored": "reading",
    "StoredRemark": "reading",
    "find_contents": "reading",
    "load": "reading",
    "load_all": "reading",
    "load_remarks": "reading",
    "Review": "reviewing",
    "confirm": "reviewing",
    "review_of": "reviewing",
    "reviewed": "reviewing",
    "paths_of": "reading",
    "upgrade": "migrations",
    "Change": "writing",
    "Entry": "writing",
    "Run": "writing",
    "delete_plans": "writing",
    "finish_run": "writing",
    "known_contents": "writing",
    "put": "writing",
    "put_many": "writing",
    "put_path": "writing",
    "Hit": "finding",
    "Page": "finding",
    "Query": "finding",
    "every_content": "finding",
    "search": "finding",
}

__all__ = [
    "Asked",
    "Change",
    "Correction",
    "Edit",
    "Entry",
    "Fault",
    "Hit",
    "Listed",
    "Listing",
    "Page",
    "PlanLine",
    "Query",
    "Report",
    "Review",
    "Run",
    "Store",
    "Stored",
    "StoredRemark",
    "backup",
    "browse",
    "check",
    "confirm",
    "connect",
    "contents_asked",
    "correct",
    "correct_all",
    "corrections",
    "delete_plans",
    "every_content",
    "find_contents",
    "finish_run",
    "known_contents",
    "list_plans",
    "load",
    "load_all",
    "load_remarks",
    "neighbours",
    "open_store",
    "paths_of",
    "put",
    "put_many",
    "put_path",
    "restore",
    "review_of",
    "reviewed",
    "schema_sql",
    "search",
    "upgrade",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{home}"), name)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in ("sqlalchemy", "alembic"):
            raise
        raise MissingDependency(
            f"The Python package {package} is not installed.",
            hint=to_install("store"),
        ) from error
