"""
Nhập tài liệu: files put in, and what became of each.
"""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from tdkt_parse.web import intake, queue, uploads
from tdkt_parse.web.guards import takes_uploads
from tdkt_parse.web.pages.showing import show, words_of
from tdkt_parse.web.people import AtSite, Corrector
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.site import Site

router = APIRouter(include_in_schema=False)

SHOWN = 100
"""Files of late that are shown; of a batch all, up to ten times as many."""
ACCEPTED = ".pdf,.docx,.doc,.odt,.rtf,.txt,.html,.htm,.mht,.mhtml,.png,.jpg,.jpeg,.tif,.tiff,.zip"


@router.get("/uploads")
def form(request: Request, site: AtSite, person: Corrector) -> Response:
    """Where files are put in, and those of late."""
    return _page(request, site, person, None)


@router.get("/uploads/{batch}")
def batch(request: Request, batch: str, site: AtSite, person: Corrector) -> Response:
    """The files that came together."""
    if len(batch) > 64 or not batch.isalnum():
        raise Problem("not-found", "There is no such batch.")
    return _page(request, site, person, batch)


def _page(request: Request, site: Site, person: Any, batch: str | None) -> Response:
    of_whom = None if person.may("administer") else person.name
    found = queue.find_many(
        site.store,
        batch=batch,
        account=None if batch else of_whom,
        limit=SHOWN if batch is None else SHOWN * 10,
    )
    # What programs only ask about is not kept.
    jobs = [job for job in found if job.work == "store"]
    if batch is not None and (not jobs or of_whom not in (None, jobs[0].account)):
        raise Problem("not-found", "There is no such batch.")
    waiting = [job for job in jobs if job.state in ("waiting", "running")]
    return show(
        request,
        "uploads.html",
        person=person,
        jobs=jobs,
        batch=batch,
        busy=bool(waiting),
        done=len(jobs) - len(waiting),
        failed=sum(job.state == "failed" for job in jobs),
        allowance=site.allowance,
        accepted=ACCEPTED,
        warnings_of=lambda job: json.loads(job.warnings) if job.warnings else [],
        said_error=lambda job: error_said(job, words_of(request).lang),
    )


@router.post("/uploads")
@takes_uploads
async def send(request: Request, person: Corrector) -> Response:
    """Take files in; what is in an archive is as if it had been sent."""
    await run_in_threadpool(intake.check_room, request)
    received = await uploads.receive(request)
    taken = await run_in_threadpool(intake.take_in, request, received.files, person)
    return RedirectResponse(f"/uploads/{taken.batch}", 303)


@router.post("/uploads/{job}/again")
def again(request: Request, job: str, site: AtSite, person: Corrector) -> Response:
    """Have a file read again that could not be read."""
    found = queue.find(site.store, job)
    if found is None or not (person.may("administer") or found.account == person.name):
        raise Problem("not-found", "There is no such file.")
    queue.again(site.store, job)
    request.app.state.wake()
    return RedirectResponse(f"/uploads/{found.batch}", 303)


_SAID = {
    "Encrypted": ("Tệp có mật khẩu.", "Lưu một bản không có mật khẩu rồi gửi lại."),
    "NeedsOcr": (
        "Các trang là ảnh, và máy chủ không có chương trình nhận dạng chữ.",
        "Người phụ trách cần cài tesseract-ocr-vie; hoặc gửi bản có chữ.",
    ),
    "UnsupportedFormat": (
        "Không biết đọc kiểu tệp này.",
        "Gửi PDF, Word (.docx, .doc), ảnh quét, trang web lưu lại hoặc tệp văn bản.",
    ),
    "WrongEncoding": ("Không nhận ra bảng mã chữ của tệp.", "Lưu lại bằng Unicode (UTF-8)."),
    "TooLarge": ("Tệp quá lớn.", "Tách thành nhiều tệp nhỏ hơn."),
    "TimedOut": ("Đọc quá lâu nên đã dừng.", "Tách tệp thành nhiều phần rồi gửi lại."),
    "OutOfMemory": ("Đọc tốn quá nhiều bộ nhớ nên đã dừng.", "Tách tệp thành nhiều phần."),
    "Crashed": ("Chương trình đọc tệp này đã dừng đột ngột.", "Hãy báo cho người phụ trách."),
    "Unreadable": (
        "Tệp trống, bị hỏng hoặc bị cắt cụt.",
        "Sao chép lại; hoặc mở bằng Word hay LibreOffice, lưu thành tệp mới rồi gửi.",
    ),
    "MissingDependency": (
        "Máy chủ thiếu một thành phần để đọc kiểu tệp này.",
        "Hãy báo cho người phụ trách (tdkt doctor).",
    ),
}
"""Errors in words, with what to do."""


def error_said(job: queue.Job, lang: str) -> tuple[str, str]:
    """What went wrong with a file, and what to do."""
    if lang == "vi" and job.error in _SAID:
        return _SAID[job.error]
    return job.message or "", job.hint or ""
