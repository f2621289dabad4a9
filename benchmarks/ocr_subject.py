"""
One reader of scans in a process of its own: it is asked for a file, and says what it read.

    python ocr_subject.py NAME

It first says its version and its peak of memory with everything imported. Each line of input is the
path of a file as JSON; the answer has the seconds that reading took, by the clock and of processor,
the peak of memory until then, and what stands on the pages.
"""

import gc
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, TextIO

from subject import cpu, in_words, peak

Answer = dict[str, Any]
Timed = Callable[[], tuple[float, float]]
Read = Callable[[str], Answer]

MODEL = "vie"
SEGMENTATION = 3
"""Of Tesseract: the page as columns and paragraphs, which it finds itself."""


def clock() -> tuple[float, float]:
    return time.perf_counter(), cpu()


def since(start: tuple[float, float]) -> dict[str, float]:
    wall, busy = clock()
    return {"wall": wall - start[0], "cpu": busy - start[1]}


def tesseract() -> Read:
    """
    Plain Tesseract: one open handle, each page's picture as it is in the file.

    Only recognising counts, not getting the picture out of the file.
    """
    tesserocr, pdfium = import_module("tesserocr"), import_module("pypdfium2")
    api = tesserocr.PyTessBaseAPI(path=str(models()), lang=MODEL, psm=SEGMENTATION)

    def page(picture: Any, points: float) -> Answer:
        data, depth = picture.tobytes(), len(picture.getbands())
        start = clock()
        width, height = picture.size
        api.SetImageBytes(data, width, height, depth, width * depth)
        api.Recognize()
        text = api.GetUTF8Text()
        words = list(_words(tesserocr, api.GetIterator(), points))
        return {"text": text, "words": words, **since(start)}

    def read(path: str) -> Answer:
        with pdfium.PdfDocument(path) as document:
            pages = [page(*_picture(pdfium, one)) for one in document]
        return {
            "wall": sum(one["wall"] for one in pages),
            "cpu": sum(one["cpu"] for one in pages),
            "texts": [one["text"] for one in pages],
            "words": [one["words"] for one in pages],
        }

    return read


def _picture(pdfium: Any, page: Any) -> tuple[Any, float]:
    """The page's picture, and how many points a dot is."""
    image = next(one for one in page.get_objects() if isinstance(one, pdfium.PdfImage))
    picture = image.get_bitmap().to_pil()
    picture = picture.convert("L" if len(picture.getbands()) < 3 else "RGB")
    return picture, page.get_width() / picture.width


def _words(tesserocr: Any, found: Any, points: float) -> Iterator[tuple[str, ...]]:
    level = tesserocr.RIL.WORD
    for word in tesserocr.iterate_level(found, level) if found else ():
        box = word.BoundingBox(level)
        if box:
            yield (word.GetUTF8Text(level), *(round(edge * points, 2) for edge in box))


def models() -> Path:
    """Where the system's Tesseract has its models."""
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        return Path(named)
    program = shutil.which("tesseract")
    if not program:
        raise FileNotFoundError("Tesseract is not installed")
    said = subprocess.run([program, "--list-langs"], check=True, capture_output=True, text=True)
    return Path((said.stdout + said.stderr).split('"')[1])


def tdkt() -> Read:
    """The whole way from the file to a Plan, by this package."""
    pipeline, pages = map(import_module, ("tdkt_parse.pipeline", "ocr_pages"))

    def read(path: str) -> Answer:
        start = clock()
        seen = pipeline.explain(path)
        document, found = seen.document, seen.plan.to_json()
        return {
            **since(start),
            "plan": found,
            "texts": pages.texts_of(document, mended=True),
            "words": pages.words_of(document, mended=True),
            "as_read": (pages.texts_of(document), pages.words_of(document)),
            "rows": pages.rows_of(document),
        }

    return read


SUBJECTS: dict[str, tuple[Callable[[], Read], str]] = {
    "tdkt": (tdkt, "tdkt-parse"),
    "tesseract": (tesseract, "tesserocr"),
}
"""How each is got ready, and what it is installed as."""


def serve(name: str, output: TextIO, lines: Sequence[str] | TextIO) -> None:
    """Read for each line of input, until it ends."""

    def say(message: Answer) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    prepare, package = SUBJECTS[name]
    try:
        read = prepare()
        version = metadata.version(package)
    except Exception as error:  # noqa: BLE001 - whatever it is, the table says it
        say({"error": in_words(error)})
        return
    gc.freeze()
    say({"version": version, "peak": peak()})
    for line in lines:
        try:
            answer = read(json.loads(line))
        except Exception as error:  # noqa: BLE001
            say({"failed": in_words(error)})
            continue
        say({**answer, "peak": peak()})


if __name__ == "__main__":
    # What others print is not to stand among the answers.
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.argv[1], said, sys.stdin)
