#!/usr/bin/env python3
"""风链 Fenglian: install, show, check and test, with Python and nothing else.

python3 run.py demo         install, read the founding article, open the web app on this machine
python3 run.py test         every check and every fast test; --slow adds the long ones and coverage
python3 run.py check        the gates only: style, types, imports, messages, API schema, locks
python3 run.py install      install only; the command is then .venv/bin/fenglian
"""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "fenglian-installed.txt"
LOCKS = {
    "run": "requirements.lock",
    "dev": "requirements-dev.lock",
    "bench": "requirements-bench.lock",
}
OLDEST = (3, 11)
Word = str | Path  # of a command
SLOW = "--slow"
LONG = ("tests/authz", "tests/browser")  # by far most of the slow tests' time
CORES = str(os.cpu_count() or 1)
WEB = "src/fenglian/web"

GATES: tuple[tuple[str, ...], ...] = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("django-admin", "makemigrations", "--check", "--dry-run"),
    ("django-admin", "check", "--deploy", "--fail-level", "WARNING"),
    ("djhtml", "--check", WEB),
    ("python", "-m", "tests.web.messages", "--check"),
)
TESTED: tuple[tuple[str, ...], ...] = (  # gates that are among the tests as well
    ("pytest", "-q", "tests/web/test_api.py", "-k", "schema"),
)


class Trouble(Exception):
    """Something that the user can mend; the text says how."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    command, rest = (arguments[0] if arguments else "help"), arguments[1:]
    if command not in COMMANDS:
        sys.stdout.write(f"{__doc__}\n")
        return 0 if command in ("help", "-h", "--help") else 2
    try:
        return COMMANDS[command](rest)
    except Trouble as trouble:
        sys.stderr.write(f"\n{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def demo(rest: list[str]) -> int:
    """Install what the product needs and hand over to ``fenglian demo``."""
    install_lock("run")
    command = [str(BIN / "fenglian"), "demo", *rest]
    if os.name == "posix":
        # The server takes this process's place, so that a signal to it reaches the server.
        os.execve(command[0], command, own_environment())
    return call(command, environment=own_environment())


def install(rest: list[str]) -> int:
    """Install the product, or with a lock's name (dev, bench) what that lock holds."""
    lock = rest[0] if rest else "run"
    if lock not in LOCKS:
        raise Trouble(f"不认识 {lock!r};可用:{'、'.join(LOCKS)}。\nUnknown lock {lock!r}.")
    install_lock(lock)
    tell(f"已装好 / installed: {BIN / 'fenglian'}")
    return 0


def check(rest: list[str]) -> int:
    """Run every gate, also after one has failed, and name those that did."""
    return run_gates((*GATES, *TESTED))


def run_gates(gates: Sequence[tuple[str, ...]]) -> int:
    """Install what they need and run them; return 1 if one failed."""
    install_lock("dev")
    failed = ["locks name no address"] if list(find_addresses()) else []
    for place in find_addresses():
        tell(f"  {place}")
    for gate in gates:
        started = time.monotonic()
        command: list[Word] = [BIN / gate[0], *gate[1:]]
        code = call(command, environment=strict_environment())
        tell(
            f"{'ok    ' if code == 0 else 'FAILED'} {time.monotonic() - started:5.1f} s  {' '.join(gate)}"
        )
        if code:
            failed.append(" ".join(gate))
    if failed:
        tell("\n未通过 / failed:\n  " + "\n  ".join(failed))
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    """Run the gates, then the tests; further words go to pytest.

    With ``--slow`` branch coverage is measured and held against its floors, of everything but the
    proof of access and the browsers: there it would cost most and add least.
    """
    gates = run_gates(GATES)
    tests: list[Word] = [BIN / "pytest", "-n", CORES, "--dist", "worksteal", *rest]
    if rest != [SLOW]:
        return gates or call(tests, environment=own_environment())
    long = call([*tests, *LONG], environment=own_environment())
    others: list[Word] = [word for path in LONG for word in ("--ignore", path)]
    counted = call([*tests, *others, "--cov", "--cov-report="], environment=own_environment())
    return gates or long or counted or measure_coverage()


def measure_coverage() -> int:
    """Hold the branch coverage against its floors: engine 95 %, web 85 %."""
    codes = [
        call(
            [
                BIN / "coverage",
                "report",
                f"--include=src/fenglian/{room}/*",
                f"--fail-under={floor}",
                "--skip-covered",
                "--show-missing",
            ],
            environment=own_environment(),
        )
        for room, floor in (("engine", 95), ("web", 85))
    ]
    return max(codes)


def install_lock(lock: str) -> None:
    """Bring ``.venv`` to what the lock says; at once where it is so already."""
    if sys.version_info[:2] < OLDEST:
        raise Trouble(
            f"需要 Python {OLDEST[0]}.{OLDEST[1]} 以上,现在是 {sys.version.split()[0]}。\n"
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}."
        )
    wanted = fingerprint(lock)
    installed = STAMP.read_text("utf-8").split() if STAMP.exists() else []
    if PYTHON.exists() and wanted in installed:
        return
    tell(f"安装 / installing {LOCKS[lock]} …")
    started = time.monotonic()
    if not PYTHON.exists():
        make_venv()
    installer = find_installer()
    must(
        [*installer, "--require-hashes", "-r", ROOT / LOCKS[lock]],
        "依赖没有装上。首次安装需要联网或镜像;环境变量 PIP_INDEX_URL、UV_INDEX_URL 可指向镜像。\n"
        "The libraries could not be installed. The first installation needs the network or a mirror; "
        "PIP_INDEX_URL and UV_INDEX_URL may point to one.",
    )
    must(
        [*installer, "--no-deps", "--no-build-isolation", "-e", ROOT],
        "风链自身没有装上。\nFenglian itself could not be installed.",
    )
    # A smaller lock is part of the larger ones, so what was installed before stays true.
    holds = {wanted, fingerprint("run")}
    STAMP.write_text("\n".join(sorted(holds)) + "\n", "utf-8")
    tell(f"安装用时 / installed in {time.monotonic() - started:.0f} s")


def make_venv() -> None:
    """Make ``.venv``, or say what is missing."""
    must(
        [sys.executable, "-m", "venv", VENV],
        "建不了 .venv。Debian/Ubuntu 请先运行:apt install python3-venv\n"
        "The virtual environment could not be made. On Debian or Ubuntu: apt install python3-venv",
    )


def find_installer() -> Sequence[Word]:
    """Return uv's install command, got through pip, or pip's own where uv cannot be had."""
    pip: list[Word] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = BIN / ("uv.exe" if os.name == "nt" else "uv")
    if not uv.exists():
        call([*pip, "uv"], quiet=True)
    if uv.exists():
        return [uv, "pip", "install", "--quiet", "--python", PYTHON]
    tell("没有 uv,改用 pip(慢一些)/ no uv here, pip does it (slower)")
    return pip


def fingerprint(lock: str) -> str:
    """Return what must not have changed since an installation."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (LOCKS[lock], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def find_addresses() -> Iterator[str]:
    """Yield each line of a lock that names an address: a mirror must stay a free choice."""
    for name in sorted(ROOT.glob("*.lock")):
        for number, line in enumerate(name.read_text("utf-8").splitlines(), start=1):
            if re.search(r"https?://", line, re.IGNORECASE):
                yield f"{name.name}:{number}: {line.strip()}"


def own_environment() -> dict[str, str]:
    """Return the environment with the project's own folder for what it remembers."""
    return {"FENGLIAN_HOME": str(ROOT / "var"), "PYTHONUTF8": "1", **os.environ}


def strict_environment() -> dict[str, str]:
    """Return the environment of a public installation, for the deployment check."""
    return {
        **own_environment(),
        "DJANGO_SETTINGS_MODULE": "fenglian.web.settings",
        "FENGLIAN_HTTPS": "1",
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def must(command: Sequence[Word], advice: str) -> None:
    """Run a command and raise the advice where it fails."""
    if call(command):
        raise Trouble(advice)


def call(
    command: Sequence[Word], *, environment: dict[str, str] | None = None, quiet: bool = False
) -> int:
    """Run a command in the project's root and return its exit code."""
    hush = subprocess.DEVNULL if quiet else None
    words = [str(word) for word in command]
    return subprocess.run(
        words, cwd=ROOT, env=environment, check=False, stdout=hush, stderr=hush
    ).returncode


def tell(text: str) -> None:
    """Say something at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


COMMANDS = {"demo": demo, "install": install, "check": check, "test": test}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
