"""
What holds for every test and doctest.

Workers are forked where this process has one thread, and a test that puts a rule or a reader of its
own in place counts on that; so what the tests import (numpy, OpenCV, Tesseract, pyarrow) may start
none.

Tests by random examples (hypothesis) take the same ones each time: what fails here fails for
whoever looks into it. With ``TDKT_LONG_TESTS`` set, as ``make test-long`` does, they take others.
"""

import os

import pytest
from hypothesis import settings

from tdkt_parse.sandbox.worker import ONE_THREAD

os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"  # pyarrow's allocator

settings.register_profile("same", derandomize=True)
if not os.environ.get("TDKT_LONG_TESTS"):
    settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots",
        metavar="DIR",
        help="write a picture of each page of the service into this folder",
    )
