"""The queue in the database: what is taken in is read once, whoever dies; and the files' folder."""

import errno
import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tdkt_parse import store
from tdkt_parse.exceptions import (
    Encrypted,
    NeedsOcr,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
    UsageError,
)
from tdkt_parse.store.tables import JOBS
from tdkt_parse.web import accounts, archives, pictures, queue, uploads
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import New
from tdkt_parse.web.site import Allowance, Site, private_folder, secret_of

SMALL = Allowance(file=10_000, request=30_000, files=5)


@pytest.fixture
def opened(where: str) -> Iterator[store.Store]:
    with store.open_store(where, create=True) as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with store.open_store(tmp_path / "of-site.sqlite", create=True) as found:
        folder = private_folder(tmp_path / "data")
        yield Site(store=found, folder=folder, secret=b"x" * 32, allowance=SMALL)


def new(name: str = "a.txt") -> New:
    return New(hashlib.sha256(name.encode()).hexdigest(), name, len(name))


def put(opened: store.Store, *names: str, **more: Any) -> list[str]:
    taken = queue.put_in(opened, [new(name) for name in names], **more)
    assert taken is not None
    return [job.id for job in taken[1]]


def lapse(opened: store.Store) -> None:
    """As if the leases of all workers had run out."""
    opened.write(lambda connection: connection.execute(update(JOBS).values(lease=0.0)))


def test_files_are_claimed_in_order_and_once(opened: store.Store) -> None:
    ids = put(opened, "a.txt", "b.txt", "c.txt")
    (urgent,) = put(opened, "d.txt", work="parse", priority=queue.SOON, options={"ocr": "never"})
    claims = [queue.claim(opened, f"w{at}") for at in range(5)]
    assert [claim.id if claim else None for claim in claims] == [urgent, *ids, None]
    assert claims[0] is not None
    assert claims[0].options == {"ocr": "never"}
    assert queue.counts(opened) == {"waiting": 0, "running": 4, "done": 0, "failed": 0}


def test_what_a_dead_worker_held_is_claimed_again_and_given_up_at_last(
    opened: store.Store,
) -> None:
    (id_,) = put(opened, "a.txt")
    for attempt in range(queue.ATTEMPTS):
        claim = queue.claim(opened, f"w{attempt}")
        assert claim is not None
        assert claim.id == id_
        assert queue.claim(opened, "other") is None, "it is held"
        if attempt:
            lapse(opened)
        else:
            queue.release(opened, f"w{attempt}")
    assert queue.claim(opened, "last") is None
    job = queue.find(opened, id_)
    assert job is not None
    assert (job.state, job.error, job.attempts) == ("failed", "Crashed", queue.ATTEMPTS)
    assert queue.again(opened, id_)
    assert queue.claim(opened, "w") is not None


def test_who_lost_a_job_cannot_finish_it(opened: store.Store) -> None:
    (id_,) = put(opened, "a.txt")
    assert queue.claim(opened, "slow")
    lapse(opened)
    assert queue.claim(opened, "quick")
    queue.finish(opened, "slow", id_, error=NeedsOcr("Pictures."))
    queue.hold(opened, "slow", id_, page=7)
    job = queue.find(opened, id_)
    assert job is not None
    assert (job.state, job.page) == ("running", None)
    queue.finish(opened, "quick", id_, change="new")
    job = queue.find(opened, id_)
    assert job is not None
    assert (job.state, job.change) == ("done", "new")


def test_texts_that_no_database_takes_are_kept_all_the_same(opened: store.Store) -> None:
    (id_,) = put(opened, "a.txt", work="parse")
    assert queue.claim(opened, "w")
    queue.finish(opened, "w", id_, result='{"a": "\ud800 \0"}')
    assert queue.result_of(opened, id_) == '{"a": "\\ud800 �"}'


def test_a_full_queue_takes_nothing(opened: store.Store) -> None:
    assert queue.put_in(opened, [new("a"), new("b")], most=2) is not None
    assert queue.put_in(opened, [new("c")], most=2) is None
    assert queue.counts(opened)["waiting"] == 2
    assert queue.claim(opened, "w")
    assert queue.put_in(opened, [new("c")], most=2) is not None


def test_only_what_waits_can_be_withdrawn(opened: store.Store) -> None:
    first, second = put(opened, "a.txt", "b.txt")
    assert queue.claim(opened, "w")
    assert not queue.withdraw(opened, first)
    assert queue.withdraw(opened, second)
    assert queue.find(opened, second) is None


def test_a_file_that_was_not_taken_is_told_of(opened: store.Store) -> None:
    refused = New("", "a.zip/x.exe", 3, UnsupportedFormat("No.", hint="Send others."))
    taken = queue.put_in(opened, [new("a.txt"), refused])
    assert taken is not None
    jobs = queue.find_many(opened, batch=taken[0])
    assert jobs == taken[1]
    assert not queue.again(opened, jobs[1].id)
    assert [(job.state, job.error) for job in jobs] == [
        ("waiting", None),
        ("failed", "UnsupportedFormat"),
    ]


def test_old_answers_go_and_kept_plans_stay(
    opened: store.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (once,) = put(opened, "a.txt", work="parse")
    (kept,) = put(opened, "b.txt")
    for _ in range(2):
        claim = queue.claim(opened, "w")
        assert claim is not None
        queue.finish(opened, "w", claim.id, result="{}")
    assert queue.sweep(opened) == 0
    monkeypatch.setattr(queue, "KEPT", -10.0)
    assert queue.sweep(opened) == 1
    assert queue.find(opened, once) is None
    assert queue.find(opened, kept) is not None
    assert queue.wanted(opened, [new("a.txt").sha256, new("b.txt").sha256]) == {new("b.txt").sha256}


# -- accounts


def test_accounts_come_and_go_with_what_hangs_on_them(opened: store.Store) -> None:
    if not opened.postgres:
        Path(opened.where).chmod(0o644)
    accounts.add_account(opened, "Hòa", "correct", "mật khẩu dài")
    if not opened.postgres:
        # What passwords are checked by is nobody else's to read.
        assert Path(opened.where).stat().st_mode & 0o777 == 0o640
    with pytest.raises(UsageError, match="already"):
        accounts.add_account(opened, "Hòa", "read", "mật khẩu dài")
    # The same letters, composed or not.
    assert accounts.check_password(opened, "Hòa", "mật khẩu dài")
    for name, password in (("Hòa", "mật khẩu khác"), ("ai", "mật khẩu dài"), ("\0", "x"), ("", "")):
        assert accounts.check_password(opened, name, password) is None
    accounts.set_password(opened, "Hòa", "mật khẩu mới hơn")
    assert accounts.check_password(opened, "Hòa", "mật khẩu dài") is None
    token, said = accounts.add_token(opened, "Hòa", "read", label="xuất báo cáo")
    assert accounts.check_token(opened, said) == ("Hòa", "read")
    assert accounts.check_token(opened, said[:-1]) is None
    with pytest.raises(UsageError, match="may not administer"):
        accounts.add_token(opened, "Hòa", "administer")
    _, late = accounts.add_token(opened, "Hòa", days=-1)
    assert accounts.check_token(opened, late) is None
    accounts.remove_token(opened, token.id)
    assert accounts.check_token(opened, said) is None
    _, said = accounts.add_token(opened, "Hòa")
    accounts.remove_account(opened, "Hòa")
    assert accounts.check_token(opened, said) is None
    assert accounts.count_accounts(opened) == 0


@pytest.mark.parametrize("name", ["", "a b", "a/b", "<b>", "a\0", "x" * 65, "a\nb", "'--"])
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(UsageError):
        accounts.checked_name(name)


@pytest.mark.parametrize("password", ["", "ngắn quá", "x" * 129, "mật khẩu\0 dài"])
def test_passwords_that_are_none(password: str) -> None:
    with pytest.raises(UsageError):
        accounts.checked_password(password)


def test_passwords_and_tokens_are_not_in_the_database(opened: store.Store) -> None:
    accounts.add_account(opened, "a", "read", "mật khẩu dài")
    _, said = accounts.add_token(opened, "a")
    rows = opened.read(
        lambda connection: [
            str(tuple(row))
            for table in ("accounts", "tokens")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608
        ]
    )
    assert len(rows) == 2
    assert "$argon2id$" in rows[0]
    assert not any("mật khẩu dài" in row or said in row for row in rows)


# -- files


def test_a_file_stands_under_its_content_for_its_owner_alone(site: Site) -> None:
    incoming = uploads.incoming(site)
    incoming.write(b"xin ")
    incoming.write("chào".encode())
    kept = incoming.keep(site, "a.txt")
    path = uploads.path_of(site, kept.sha256)
    assert path.read_text(encoding="utf-8") == "xin chào"
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list((site.folder / "incoming").iterdir()) == []


def test_files_that_nobody_asks_for_are_swept_away(site: Site) -> None:
    kept = []
    for content in (b"mot", b"hai"):
        incoming = uploads.incoming(site)
        incoming.write(content)
        kept.append(incoming.keep(site, "a.txt").sha256)
    uploads.sweep(site, lambda _: set(), older=60.0)
    assert all(uploads.path_of(site, one).exists() for one in kept), "they came just now"
    uploads.sweep(site, lambda _: {kept[0]}, older=-60.0)
    assert [uploads.path_of(site, one).exists() for one in kept] == [True, False]


def test_pages_are_swept_away_with_their_document_and_for_want_of_room(site: Site) -> None:
    names = [f"{k}" * 64 for k in "abc"]
    folders = [site.folder / "pages" / name[:2] / name for name in names]
    for age, folder in enumerate(folders):
        folder.mkdir(parents=True)
        (folder / "page-1.webp").write_bytes(b"x" * 1000)
        os.utime(folder, (10_000 + age, 10_000 + age))

    def there() -> list[bool]:
        return [folder.exists() for folder in folders]

    pictures.sweep(site, lambda _: set(names), older=60.0)
    assert there() == [True, True, True]
    pictures.sweep(site, lambda _: set(names[:2]), older=60.0)
    assert there() == [True, True, False], "its plan was deleted"
    pictures.sweep(site, lambda _: set(names), older=60.0, room=1500)
    assert there() == [False, True, False], "nobody looked at it for the longest time"
    os.utime(folders[1])
    pictures.sweep(site, lambda _: set(), older=60.0, room=0)
    assert there() == [False, True, False], "somebody looks at it now"


def test_a_file_that_is_too_large_leaves_nothing(site: Site) -> None:
    incoming = uploads.incoming(site)
    incoming.write(b"x" * 10_000)
    with pytest.raises(Problem) as raised:
        incoming.write(b"x")
    incoming.drop()
    assert raised.value.kind.status == 413
    assert list((site.folder / "incoming").iterdir()) == []


def test_where_there_is_no_room_the_file_is_refused_and_leaves_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    incoming = uploads.incoming(site)
    incoming.write(b"mot")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem) as raised:
        incoming.keep(site, "a.txt")
    assert raised.value.kind.name == "storage-full"
    assert raised.value.headers["Retry-After"]
    assert [one for one in site.folder.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "g" * 64, "0" * 63 + "/"])
def test_what_is_no_content_has_no_path(site: Site, sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        uploads.path_of(site, sha256)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "không tên"),
        ("..", "không tên"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("a\0.pdf", "a .pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("kế hoạch\ud800.pdf", "kế hoạch .pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
    ],
)
def test_a_name_is_text(said: str, name: str) -> None:
    assert uploads.clean_name(said) == name


def archive(site: Site, files: dict[str, bytes], name: str = "a.zip") -> tuple[Path, list[New]]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as writing:
        for called, data in files.items():
            writing.writestr(called, data)
    path = site.folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(made.getvalue())
    return path, list(archives.unpack(site, path, name))


def test_an_archive_is_the_files_in_it(site: Site) -> None:
    path, found = archive(
        Site(site.store, site.folder, site.secret, allowance=Allowance(file=10_000, files=10)),
        {
            "thư mục/kế hoạch.txt": b"mot",
            "/etc/cron.d/y.txt": b"ba",
            "__MACOSX/._z.txt": b"bon",
            ".DS_Store": b"nam",
            "chạy.exe": b"sau",
            "to.txt": b"x" * 10_001,
            "rỗng.txt": b"",
        },
    )
    assert archives.is_archive(path, "a.zip")
    assert [(one.name, type(one.error).__name__) for one in found] == [
        ("a.zip/thư mục/kế hoạch.txt", "NoneType"),
        ("a.zip/etc/cron.d/y.txt", "NoneType"),
        ("a.zip/chạy.exe", "UnsupportedFormat"),
        ("a.zip/to.txt", "TooLarge"),
        ("a.zip/rỗng.txt", "Unreadable"),
    ]
    assert uploads.path_of(site, found[0].sha256).read_bytes() == b"mot"
    assert list((site.folder / "incoming").iterdir()) == []


def test_an_archive_that_unpacks_to_too_much_is_stopped(site: Site) -> None:
    _, found = archive(site, {f"{at}.txt": b"x" * 9_000 + bytes([at]) for at in range(5)})
    assert [type(one.error) for one in found] == [type(None)] * 3 + [TooLarge] * 2
    _, found = archive(site, {f"{at}.txt": b"x" for at in range(6)})
    assert [type(one.error) for one in found] == [type(None)] * 5 + [TooLarge]


_END = b"PK\x05\x06"
"""How the end of an archive begins, behind its list of files (APPNOTE.TXT, 4.3.16)."""


def test_archives_that_are_none(site: Site) -> None:
    path = site.folder / "b.zip"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_END + b"\0" * 18)
    with pytest.raises(Unreadable):
        list(archives.unpack(site, path, "b.zip"))
    # What its end says of the list of files: more than there is; and, truly, more than is read.
    said = 13 << 20
    large = b"\0" * said + _END + b"\0" * 8 + said.to_bytes(4, "little") + b"\0" * 6
    lying = _END + b"\0" * 8 + (1 << 30).to_bytes(4, "little") + b"\0" * 6
    damaged = b"PK\x03\x04 damaged"
    for data, error in ((damaged, Unreadable), (lying, Unreadable), (large, TooLarge)):
        path.write_bytes(data)
        (found,) = archives.unpack(site, path, "b.zip")
        assert (found.name, type(found.error)) == ("b.zip", error)


def test_a_word_file_is_no_archive(site: Site) -> None:
    corpus = Path(__file__).resolve().parent.parent / "corpus"
    word = next(iter(sorted(corpus.glob("*.docx"))))
    assert not archives.is_archive(word, "a.docx")
    assert not archives.is_archive(word, "a.zip")


def test_a_locked_archive(site: Site) -> None:
    path, _ = archive(site, {"a.txt": b"mot"}, "c.zip")
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    path.write_bytes(data)
    (found,) = archives.unpack(site, path, "c.zip")
    assert isinstance(found.error, Encrypted)


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    secret = secret_of(tmp_path)
    assert secret_of(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
