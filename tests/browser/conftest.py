"""A real server with a real database file, a real browser, and a watch on every request."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
expect.set_options(timeout=20_000)  # milliseconds; a loaded machine is slow, not wrong
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVE = """
import django
django.setup()
from django.core.management import call_command
from waitress.server import create_server
from fenglian.web.wsgi import application
call_command("migrate", verbosity=0)
from fenglian.web.accounts.actions import open_demo
from fenglian.web.alliance.actions import fill_demo_alliance
from fenglian.web.contracts.actions import fill_demo_agreements
from fenglian.web.registry.actions import fill_demo_units, rebuild_registry
for secretary in open_demo().values():
    fill_demo_units(secretary)
    fill_demo_alliance(secretary)
    rebuild_registry(secretary)
    fill_demo_agreements(secretary)
server = create_server(application, host="127.0.0.1", port=0, threads=8)
print(server.effective_port, flush=True)
server.run()
"""


@dataclass
class Visit:
    """One visitor: a page, and what it did that it must not do."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def follow(self, link: Locator) -> None:
        """Click on what leads to another page, and wait until that page is there."""
        with self.page.expect_navigation():
            link.click()

    def watch(self) -> None:
        self.page.on("request", self._check_request)
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", self._check_console)

    def _check_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:")):
            self.faults.append(f"request to {request.url}")

    def _check_console(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if getattr(message, "type", "") == "error" and "status of 4" not in text:
            self.faults.append(text)

    def check_everywhere(self) -> None:
        """Hold a page against the rules of access, light and dark, on a desk and in a hand."""
        for width, theme in ((1440, "light"), (390, "dark")):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
            assert self.check_accessibility() == []
            assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.evaluate("document.documentElement.dataset.theme = 'light'")

    def check_accessibility(self) -> list[str]:
        """Return axe's violations, one line each."""
        # Evaluated, not added as a script: the page's policy would refuse that, and rightly.
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
            " 'best-practice']})"
        )
        return [
            f"{each['id']}: {node['html'][:160]}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the product's server on a fresh database; return its address."""
    fixed = {
        "DJANGO_SETTINGS_MODULE": "fenglian.web.settings",
        "FENGLIAN_DEMO": "1",
        "FENGLIAN_HOME": str(tmp_path_factory.mktemp("home")),
    }
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(command, env={**os.environ, **fixed}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        port = process.stdout.readline().decode().strip()
        # The first page loads half the product: on a loaded machine longer than a browser waits.
        first = HTTPConnection("127.0.0.1", int(port), timeout=300)
        first.request("GET", "/accounts/sign-in/")
        assert first.getresponse().status == 200
        first.close()
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()


def enter(context: BrowserContext, server: str, role: str = "secretariat") -> None:
    """Come in as one of the demo's people, by the button that they have on the sign-in page."""
    page = context.new_page()
    page.goto(f"{server}/accounts/sign-in/")
    page.locator(f"form[action$='/accounts/demo/{role}/'] button").click()
    expect(page.locator(".menu.who")).to_be_visible()
    page.close()


def new_visit(context: BrowserContext, server: str) -> Visit:
    enter(context, server)
    visit = Visit(context.new_page(), server)
    visit.watch()
    return visit


def confirm_as_another(browser: Browser, server: str) -> None:
    """Confirm, as the steward, every statement that one person has accepted and two must."""
    context = browser.new_context(locale="zh-CN")
    enter(context, server, "steward")
    page = context.new_page()
    page.goto(f"{server}/intake/queue/?second")
    buttons = page.locator("form[action$='/second/'] button")
    while before := buttons.count():
        buttons.first.click()
        expect(buttons).to_have_count(before - 1)
    context.close()


def visitor_of(browser: Browser, server: str, language: str, role: str = "") -> Iterator[Visit]:
    """Yield a visitor at a desk, signed in as the role if one is given; check what went unseen."""
    context = browser.new_context(locale=language, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(90_000)  # milliseconds
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    if role:
        enter(context, server, role)
    visit = Visit(context.new_page(), server)
    visit.watch()
    yield visit
    context.close()
    assert visit.faults == []


@contextmanager
def visiting(browser: Browser, server: str, language: str, role: str = "") -> Iterator[Visit]:
    """Let someone in, the synthetic alliance before their eyes."""
    visits = visitor_of(browser, server, language, role)
    visit = next(visits)
    if role:
        page = visit.open("/registry/")
        page.locator("summary.where").click()
        page.locator("form button[value=demo]").click()
        expect(page.locator("header.top .badge.demo").last).to_be_visible()
    yield visit
    assert next(visits, None) is None


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """Return a Chinese visitor at a desk; whatever went wrong unseen fails the test."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 900}, color_scheme="light"
    )
    visit = new_visit(context, server)
    yield visit
    context.close()
    assert visit.faults == []
