"""Flags over environment over file, and every mistake named."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tdkt_parse import settings
from tdkt_parse.exceptions import UsageError
from tdkt_parse.settings import Settings, load_settings


def load(
    folder: Path,
    flags: dict[str, object] | None = None,
    environment: dict[str, str] | None = None,
) -> Settings:
    return load_settings(flags, environment=environment or {}, folder=folder)


def test_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_flags_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "tdkt.toml").write_text('jobs = 2\ntimeout = 5\nlang = "en"\n', encoding="utf-8")
    environment = {"TDKT_JOBS": "3", "TDKT_TIMEOUT": "6.5"}
    found = load(tmp_path, {"jobs": "4", "lang": None}, environment)
    assert (found.jobs, found.timeout, found.lang) == (4, 6.5, "en")


def test_an_address_of_a_cluster_asks_for_the_engine(tmp_path: Path) -> None:
    address = {"ray_address": "10.0.0.5:6379"}
    for flags in (address, {**address, "engine": "process"}):
        with pytest.raises(UsageError, match="--ray-address: the engine is process") as caught:
            load(tmp_path, {**flags})
        assert "--engine ray" in str(caught.value.hint)
    assert load(tmp_path, {**address, "engine": "ray"}).engine == "ray"
    assert load(tmp_path, {**address}, {"TDKT_ENGINE": "ray"}).engine == "ray"
    kept = load(tmp_path, environment={"TDKT_RAY_ADDRESS": "auto"})
    assert (kept.engine, kept.ray_address) == ("process", "auto"), "it waits for --engine ray"


def test_an_empty_variable_was_not_set(tmp_path: Path) -> None:
    assert load(tmp_path, environment={"TDKT_JOBS": ""}) == Settings()


def test_the_nearest_file_above_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "tdkt.toml").write_text("jobs = 2", encoding="utf-8")
    assert load(deep).jobs == 2
    (tmp_path / "a" / "tdkt.toml").write_text("timeout = 9", encoding="utf-8")
    assert load(deep) == Settings(timeout=9.0)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512M", 512 << 20),
        ("1G", 1 << 30),
        ("1.5 GiB", 3 << 29),
        ("64mb", 64 << 20),
        (2048, 2048 << 20),
        ("262144K", 256 << 20),
    ],
)
def test_memory(text: object, size: int) -> None:
    assert settings.parse_memory(text) == size


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("jobs", "0"),
        ("jobs", "-1"),
        ("jobs", "two"),
        ("jobs", "1.5"),
        ("jobs", True),
        ("timeout", "0"),
        ("timeout", "nan"),
        ("timeout", "inf"),
        ("timeout", "soon"),
        ("timeout", "٣"),
        ("memory", "1"),
        ("memory", "lots"),
        ("memory", "-1G"),
        ("format", "xml"),
        ("lang", "fr"),
        ("lang", 3),
    ],
)
def test_a_bad_value_is_named_with_its_place(flag: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"--{flag}: {value!r} cannot be used") as caught:
        load(tmp_path, {flag: value})
    assert caught.value.hint is not None
    assert caught.value.exit_code == 2


def test_a_bad_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="TDKT_JOBS: 'many'"):
        load(tmp_path, environment={"TDKT_JOBS": "many"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"job = 2", "there is no setting 'job'"),
        (b"jobs = 'two'", "jobs: 'two' cannot be used"),
        (b"jobs =", "is no TOML"),
        (b"\xff\xfe", "is no TOML"),
        (b"[jobs]\na = 1", "jobs: {'a': 1} cannot be used"),
        (b"select = [1]", "select: [1] cannot be used"),
        (b"register = ' '", "register: ' ' cannot be used"),
        (b"per_file_ignores = 3", "per_file_ignores: 3 cannot be used"),
    ],
)
def test_a_bad_file_is_named_with_its_key(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "tdkt.toml"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load(tmp_path)
    assert words in caught.value.message
    assert str(path) in caught.value.message


def test_each_setting_is_a_field_of_settings() -> None:
    assert {setting.name for setting in settings.SETTINGS} == set(Settings.__slots__)


def test_rules_are_a_list_or_a_text(tmp_path: Path) -> None:
    (tmp_path / "tdkt.toml").write_text('select = ["B01", " B05"]\nignore = "U01,"', "utf-8")
    found = load(tmp_path, {"fail_on": "error"}, {"TDKT_SELECT": "D"})
    assert (found.select, found.ignore, found.fail_on) == (("D",), ("U01",), "error")
    assert load(tmp_path).select == ("B01", "B05")


def test_paths_in_the_file_go_by_its_folder(tmp_path: Path) -> None:
    deep = tmp_path / "a [1]" / "b"
    deep.mkdir(parents=True)
    (deep.parent / "tdkt.toml").write_text(
        'register = "r.db"\n[per_file_ignores]\n"x/**/*.txt" = ["B01"]\n"*.md" = "B"', "utf-8"
    )
    found = load(deep)
    here = deep.parent.resolve()
    assert found.register == here / "r.db"
    (path, rules), (name, _) = found.per_file_ignores
    assert rules == ("B01",)
    assert fnmatchcase(f"{here.as_posix()}/x/y/z.txt", path)
    assert fnmatchcase(f"{here.as_posix()}/x/z.txt", path)
    assert not fnmatchcase(f"{deep.as_posix()}/x/z.txt", path)
    assert name == "*/*.md"
    assert load(deep, {"register": "r.db"}).register == Path("r.db")
