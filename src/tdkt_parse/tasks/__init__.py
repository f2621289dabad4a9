"""What is to be done, by quarter: ``tables`` reads it off tables, ``prose`` off paragraphs."""

from tdkt_parse.tasks.grid import Grid, read_grid
from tdkt_parse.tasks.header import Header, read_header
from tdkt_parse.tasks.prose import (
    Details,
    captioned,
    details_of,
    is_dated,
    month_of_heading,
    prose_task,
    with_details,
)
from tdkt_parse.tasks.read import Read
from tdkt_parse.tasks.tables import find_table_tasks

__all__ = [
    "Details",
    "Grid",
    "Header",
    "Read",
    "captioned",
    "details_of",
    "find_table_tasks",
    "is_dated",
    "month_of_heading",
    "prose_task",
    "read_grid",
    "read_header",
    "with_details",
]
