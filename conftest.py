"""
What holds for every test and doctest.

Workers are forked where this process has one thread, and a test that puts a rule or a reader of its
own in place counts on that; so what the tests import (numpy, OpenCV, Tesseract, pyarrow) may start
none.
"""

import os

import pytest

from tdkt_parse.sandbox import ONE_THREAD

os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"  # pyarrow's allocator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots",
        metavar="DIR",
        help="write a picture of each page of the service into this folder",
    )
