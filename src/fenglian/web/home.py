"""Where does this installation keep what it remembers, and the key that signs its cookies?"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

KEY_FILE = "secret-key"


def open_home(folder: Path) -> Path:
    """Return the folder, made for its owner alone where it did not exist."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """Return the installation's secret key; the first start draws it and keeps it."""
    file = folder / KEY_FILE
    if not file.exists():
        _keep_new_key(file)
    return file.read_text(encoding="ascii").strip()


def _keep_new_key(file: Path) -> None:
    """Write a whole key under another name, then link it: of two first starts one wins."""
    draft = file.with_name(f"{KEY_FILE}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
