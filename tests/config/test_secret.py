import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongbao.config.secret import secret_key


@pytest.fixture(autouse=True)
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGBAO_SECRET_KEY", raising=False)


def test_a_key_is_made_once_and_its_owner_alone_reads_it(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "home")
    assert len(key) > 50
    assert secret_key(tmp_path / "home") == key
    assert stat.S_IMODE((tmp_path / "home" / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret.key"]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "a") != secret_key(tmp_path / "b")


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: secret_key(tmp_path / "home"), range(16)))) == 1


def test_a_given_key_is_used_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGBAO_SECRET_KEY", "given")
    assert secret_key(tmp_path / "home") == "given"
    assert not (tmp_path / "home").exists()


def test_a_folder_that_cannot_be_written_gives_a_key_for_the_moment(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    assert secret_key(tmp_path / "home") != secret_key(tmp_path / "home")
