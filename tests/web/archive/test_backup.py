"""A backup comes back whole or not at all, and nothing that was there is lost."""

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler

from fenglian.web.archive import backup, hashes
from fenglian.web.archive.backup import (
    DATABASE,
    MANIFEST,
    MEMBERS,
    restore_backup,
    write_backup,
)
from fenglian.web.archive.faults import (
    AlreadyThere,
    HomeNotEmpty,
    NewerVersion,
    NotABackup,
    NotSqlite,
)
from fenglian.web.audit.anchors import FILE as ANCHORS
from fenglian.web.audit.chain import EMPTY
from fenglian.web.home import KEY_FILE
from tests.web.archive.homes import contents, fenglian, filled, refused

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("origin") / "home")


@pytest.fixture(scope="module")
def file(home: Path) -> Path:
    file = home.parent / "one.tar"
    said = fenglian(home, "backup", "--to", str(file))
    assert "审计日志 20 条" in said
    return file


def test_a_backup_is_for_its_owner_alone_and_never_written_over(home: Path, file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    assert "没有覆盖" in refused(home, "backup", "--to", str(file))
    assert file.read_bytes() == before
    assert [each.name for each in home.parent.iterdir() if each.name.startswith(".")] == []


@pytest.mark.slow
def test_a_backup_without_a_name_is_called_by_its_time(home: Path, tmp_path: Path) -> None:
    said = fenglian(home, "backup", "--to", str(tmp_path), "--lang", "en")
    [made] = tmp_path.glob("fenglian-2*.tar")
    assert str(made) in said.replace("\n", "")
    assert "20 entries of the audit log" in said
    assert "No backup was written" in refused(
        home, "backup", "--to", str(tmp_path / "no" / "folder.tar"), "--lang", "en"
    )


@pytest.fixture
def here(home: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let this process be the one that serves the home."""
    one = {**settings.DATABASES["default"], "NAME": str(home / DATABASE)}
    connection = ConnectionHandler({"default": one})["default"]
    monkeypatch.setattr(backup, "connection", connection)
    monkeypatch.setattr(settings, "HOME", home)
    yield monkeypatch
    connection.close()


def test_a_backup_knows_what_it_holds(here: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here.chdir(tmp_path)
    file, manifest = write_backup()
    assert file.parent == tmp_path
    assert manifest.format == backup.FORMAT
    assert manifest.tables["audit_entry"] == manifest.audit_count == 20
    assert "audit.0002_append_only" in manifest.migrations
    assert restore_backup(file, tmp_path / "home").manifest == manifest
    with pytest.raises(AlreadyThere):
        write_backup(file)
    with pytest.raises(AlreadyThere):  # somebody else was faster
        backup._publish(file, file)


def test_a_home_without_entries_and_anchors_is_backed_up_too(
    here: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here.setattr(settings, "HOME", tmp_path)
    _file, manifest = write_backup(tmp_path)
    assert manifest.audit_count == 20
    empty = sqlite3.connect(":memory:")
    empty.execute("CREATE TABLE audit_head (count, digest)")
    with closing(empty):
        assert backup._end(empty) == EMPTY


def test_another_database_has_its_own_tools(here: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here.setattr("fenglian.web.archive.backup.connection.vendor", "postgresql")
    with pytest.raises(NotSqlite) as caught:
        write_backup(tmp_path)
    assert "pg_dump" in caught.value.message("zh")


def test_what_comes_back_is_what_was_there(home: Path, file: Path, tmp_path: Path) -> None:
    new = tmp_path / "deep" / "home"
    restored = restore_backup(file, new)
    assert restored.log.whole
    assert (restored.log.count, restored.log.anchors) == (20, 1)
    assert restored.kept_at is None
    assert {each.name for each in new.iterdir()} == {DATABASE, KEY_FILE, ANCHORS}
    assert new.stat().st_mode & 0o777 == 0o700
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in new.iterdir())
    for name in (KEY_FILE, ANCHORS):
        assert (new / name).read_bytes() == (home / name).read_bytes()
    fenglian(home, "export", "--all", str(tmp_path / "a"))
    fenglian(new, "export", "--all", str(tmp_path / "b"))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


@pytest.mark.slow
def test_the_command_prints_what_came_back(file: Path, tmp_path: Path) -> None:
    said = fenglian(tmp_path / "home", "restore", str(file))
    assert "20  audit_entry" in said
    assert "日志完整：20 条" in said
    again = refused(tmp_path / "home", "restore", str(file))
    assert "--force" in again
    forced = fenglian(tmp_path / "home", "restore", str(file), "--force", "--lang", "en")
    assert "What was there is at" in forced
    other = refused(tmp_path / "home", "restore", str(file), DATABASE_URL="sqlite:///other.sqlite3")
    assert "DATABASE_URL" in other


def test_a_home_in_use_is_kept_beside(file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "precious").write_text("mine", "utf-8")
    with pytest.raises(HomeNotEmpty):
        restore_backup(file, home)
    assert contents(home) == {"precious": b"mine"}
    restored = restore_backup(file, home, force=True)
    assert restored.kept_at is not None
    assert contents(restored.kept_at) == {"precious": b"mine"}
    assert (home / DATABASE).exists()


def test_a_home_that_holds_a_lock_only_is_empty(file: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "start.lock").touch()
    assert restore_backup(file, home).kept_at is None


@pytest.mark.parametrize("name", MEMBERS)
def test_a_bit_that_fell_over_is_found_in_every_member(
    file: Path, tmp_path: Path, name: str
) -> None:
    damaged = bytearray(file.read_bytes())
    with tarfile.open(file) as archive:
        member = archive.getmember(name)
        damaged[member.offset_data + member.size // 2] ^= 1
    refuse(bytes(damaged), tmp_path)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.98])
def test_a_file_that_breaks_off_is_refused(file: Path, tmp_path: Path, share: float) -> None:
    whole = file.read_bytes()
    refuse(whole[: int(len(whole) * share)], tmp_path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    refuse(b"PK\x03\x04 no tar at all" * 100, tmp_path)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        folder = tarfile.TarInfo(hashes.FILE)
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    refuse(stream.getvalue(), tmp_path)
    with pytest.raises(NotABackup):
        restore_backup(tmp_path / "missing.tar", tmp_path / "home")


def refuse(content: bytes, folder: Path) -> NotABackup:
    """Check that a file is refused and leaves nothing behind."""
    (folder / "damaged.tar").write_bytes(content)
    with pytest.raises(NotABackup) as caught:
        restore_backup(folder / "damaged.tar", folder / "home")
    assert sorted(each.name for each in folder.iterdir()) == ["damaged.tar"]
    return caught.value


def repack(file: Path, folder: Path, change: Change) -> bytes:
    """Return a backup changed inside by somebody who also corrected the sums."""
    inside = folder / "inside"
    inside.mkdir()
    with tarfile.open(file) as archive:
        for name in MEMBERS:
            stream = archive.extractfile(name)
            assert stream is not None
            (inside / name).write_bytes(stream.read())
    change(inside)
    hashes.write_sums(inside, MEMBERS[1:])
    backup._pack(inside, inside / "changed.tar")
    content = (inside / "changed.tar").read_bytes()
    for each in inside.iterdir():
        each.unlink()
    inside.rmdir()
    return content


def in_database(*statements: str) -> Change:
    def change(inside: Path) -> None:
        with closing(sqlite3.connect(inside / DATABASE)) as database, database:
            for statement in statements:
                database.execute(statement)

    return change


def in_manifest(**said: object) -> Change:
    def change(inside: Path) -> None:
        manifest = {**json.loads((inside / MANIFEST).read_text("utf-8")), **said}
        (inside / MANIFEST).write_text(json.dumps(manifest), "utf-8")

    return change


def _overwrite(inside: Path) -> None:
    content = bytearray((inside / DATABASE).read_bytes())
    content[100:4000] = bytes(3900)
    (inside / DATABASE).write_bytes(content)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_overwrite, "malformed"),
        (in_database("DELETE FROM accounts_seat"), "count"),
        (in_database("UPDATE accounts_seat SET user_id = 4711 WHERE id = 1"), "accounts_seat"),
        (in_manifest(format="another-backup-9"), "another-backup-9"),
    ],
)
def test_a_database_that_is_not_sound_is_refused(
    file: Path, tmp_path: Path, change: Change, reason: str
) -> None:
    fault = refuse(repack(file, tmp_path, change), tmp_path)
    assert reason in str(fault.facts["reason"])


def test_a_newer_version_is_named(file: Path, tmp_path: Path) -> None:
    content = repack(file, tmp_path, in_manifest(migrations=["audit.0099_later"]))
    (tmp_path / "newer.tar").write_bytes(content)
    with pytest.raises(NewerVersion) as caught:
        restore_backup(tmp_path / "newer.tar", tmp_path / "home")
    assert caught.value.facts == {"steps": "audit.0099_later"}


@pytest.mark.slow
def test_a_log_that_was_tampered_with_before_the_backup_is_reported(
    file: Path, tmp_path: Path
) -> None:
    statements = (
        "DROP TRIGGER audit_entry_kept",
        "UPDATE audit_entry SET purpose = CAST(x'ff' AS TEXT) WHERE number = 5",
    )
    (tmp_path / "odd.tar").write_bytes(repack(file, tmp_path, in_database(*statements)))
    said = refused(tmp_path / "home", "restore", str(tmp_path / "odd.tar"))
    assert "日志被动过：1 处不对，最早在第 5 条" in said
    assert (tmp_path / "home" / DATABASE).exists()
