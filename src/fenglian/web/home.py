"""Where does this installation keep what it remembers, and the key that signs its cookies?"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

KEY_FILE = "secret-key"
KERNELS = "kernels"  # folder of compiled kernels, where the package itself cannot keep them


def open_home(folder: Path) -> Path:
    """Return the folder, made for its owner alone where it did not exist."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep_kernels(folder: Path, package: Path) -> None:
    """Have compiled kernels kept in the home where the installed package is not ours to write.

    Otherwise each start would compile them anew, ten seconds and more each.
    """
    if not os.access(package, os.W_OK):
        os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / KERNELS))


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
