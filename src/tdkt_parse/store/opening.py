"""
A database opened, with its tables made or found to be those of today.
"""

import os

from tdkt_parse.store import migrations
from tdkt_parse.store.database import RETURN, Store, connect


def open_store(
    where: str | os.PathLike[str], *, create: bool = False, patience: float = RETURN
) -> Store:
    """
    The database in a file (SQLite), or at an address ``postgresql+psycopg://…``.

    With ``create`` the file and the tables are made where there are none. ``patience``: seconds to
    wait for a server that does not answer. Raises StorageError (code 7) where it cannot be used:
    not there, no database of ours, of another version; UsageError for an address that is none;
    MissingDependency where a package is missing.
    """
    store = connect(where, create=create, patience=patience)
    try:
        migrations.ready(store, create=create)
    except BaseException:
        store.close()
        raise
    return store
