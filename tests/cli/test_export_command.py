"""All data leave and come in at the command line, or it is said why not."""

from pathlib import Path

import pytest

from tests.web.archive.homes import FILL, fenglian, filled, refused, run_python


@pytest.mark.slow
def test_data_leave_and_come_in(tmp_path: Path) -> None:
    filled(tmp_path / "home")
    assert "--all" in refused(tmp_path / "home", "export", str(tmp_path / "a"))
    assert "1 个文件" in fenglian(tmp_path / "home", "export", "--all", str(tmp_path / "a"))
    assert "没有覆盖" in refused(tmp_path / "home", "export", "--all", str(tmp_path / "a"))
    (tmp_path / "file").touch()
    inside = str(tmp_path / "file" / "b")
    said = refused(tmp_path / "home", "export", "--all", inside, "--lang", "en")
    assert "Not exported" in said
    came = fenglian(tmp_path / "new", "import", str(tmp_path / "a"), "--lang", "en")
    assert "The log is whole: 20 entries" in came
    assert "只能导入空的安装" in refused(tmp_path / "home", "import", str(tmp_path / "a"))


TAMPER = f"""{FILL}
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER audit_entry_kept")
    cursor.execute("UPDATE audit_entry SET purpose = 'x' WHERE number = 3")
"""  # nobody else's words


@pytest.mark.slow
def test_a_log_that_was_tampered_with_is_taken_in_and_reported(tmp_path: Path) -> None:
    run_python(tmp_path / "home", TAMPER)
    fenglian(tmp_path / "home", "export", "--all", str(tmp_path / "a"))
    assert "最早在第 3 条" in refused(tmp_path / "new", "import", str(tmp_path / "a"))
