"""A scripted year, and its report: every figure is worked out again from the rows that it lists."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from fenglian.engine.advice.compose import Heading
from fenglian.engine.advice.yearly import ASKED, Figure, Row, YearlyReport
from fenglian.engine.advice.yearly_brief import compose_year
from fenglian.engine.labels import Label
from fenglian.render.docx import write_docx
from fenglian.render.xlsx import write_xlsx
from fenglian.web import clock
from fenglian.web.accounts.actions import SYNTHETIC, open_demo
from fenglian.web.accounts.actor import Actor
from fenglian.web.accounts.models import User
from fenglian.web.accounts.queries import find_actor
from fenglian.web.overview.actions import play_year
from fenglian.web.overview.year_script import FIRST, YEAR
from fenglian.web.overview.yearly import default_first, make_report
from fenglian.web.registry.actions import fill_demo_units, rebuild_registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(db: None) -> Iterator[Actor]:
    """Return the demo's secretariat a few days after the scripted year."""
    found = open_demo()[SYNTHETIC]
    fill_demo_units(found)
    rebuild_registry(found)
    assert play_year(found)
    with clock.standing_at(datetime(2026, 11, 5, tzinfo=UTC)):
        yield found


def actor_of(role: str) -> Actor:
    """Return one of the demo's people."""
    found = find_actor(User.objects.get(username=f"demo-{role}").pk, SYNTHETIC)
    assert found is not None
    return found


def test_a_clock_that_was_set_goes_on_as_before() -> None:
    moment = datetime(2025, 11, 3, 2, tzinfo=UTC)
    with clock.standing_at(moment):
        assert timezone.now() == moment
        assert timezone.localdate().isoformat() == "2025-11-03"
    assert timezone.now() > moment


def worked_out_again(figure: Figure, rows: Iterable[Row]) -> tuple[Decimal | None, Decimal | None]:
    """Return low and high of a figure, from nothing but its rows, in another way than the engine."""
    own = [row for row in rows if row.id in figure.rows]
    assert len(own) == len(figure.rows)
    if figure.asked.rule == "units":
        number = Decimal(len({row.who for row in own}))
        return number, number
    if figure.asked.rule == "count":
        return Decimal(len(own)), Decimal(len(own))
    low = high = Decimal(0)
    for row in own:
        assert row.amount is not None
        assert row.amount.low is not None
        assert row.amount.high is not None
        low, high = low + row.amount.low, high + row.amount.high
    return (low, high) if own else (None, None)


def assert_every_figure_follows(report: YearlyReport) -> None:
    """Check that each figure of a report comes from its rows and no others."""
    for figure in (*report.figures, *(each for month in report.months for each in month.figures)):
        if figure.open:
            ends = figure.value.low, figure.value.high
            assert ends == worked_out_again(figure, report.rows), figure.asked.name
            assert all(
                row.kind == figure.asked.kind for row in report.rows if row.id in figure.rows
            )
        else:
            assert figure.rows == ()
            assert not figure.value.known


def test_the_year_is_reported_with_every_figure_from_its_rows(
    secretary: Actor, client: Client
) -> None:
    assert not play_year(secretary)  # played once
    assert default_first(secretary) == FIRST
    council, member = (
        make_report(actor_of("council"), FIRST),
        make_report(actor_of("member"), FIRST),
    )
    own = make_report(secretary, FIRST)
    for report in (council, member, own):
        assert_every_figure_follows(report)
    said = {
        each.asked.name: int(each.value.low)
        for each in council.figures
        if each.value.low is not None
    }
    script = {act: sum(deed.act == act for deed in YEAR) for act in {deed.act for deed in YEAR}}
    assert said["applied"] == script["hand_in"] == 6
    assert (said["members"], said["admitted"], said["refused"]) == (5, 5, 1)
    assert said["met"] == said["minutes"] == script["meet"] == 5
    assert said["ballots"] == script["vote"]
    assert (said["set"], said["done"], said["in_time"], said["overdue"]) == (4, 3, 2, 1)
    assert (said["checked"], said["passed"]) == (4, 3)
    assert (said["signed"], said["both"]) == (2, 2)  # the third is not confirmed: not its own yet
    assert int(member.figure("signed").value.low or 0) == 3
    assert said["deliveries"] == script["deliver"] == 6
    assert said["late"] == 2
    assert said["delivered"] == 120_000_000
    assert said["paid"] == 108_000_000
    closed = {each.asked.name for each in own.figures if not each.open}
    assert closed == {each.name for each in ASKED if each.section == "agreements"}
    assert {"fees", "admitted", "ballots"} <= {x.asked.name for x in member.figures if not x.open}
    assert_papers_say_the_same(council)
    assert_pages_show_it(client, council)


def assert_pages_show_it(client: Client, report: YearlyReport) -> None:
    """Check that the page lists each row, and each figure what is behind it, for its reader alone."""
    client.force_login(User.objects.get(username="demo-council"))
    client.post("/accounts/alliance/", {"alliance": SYNTHETIC})
    page = client.get("/overview/year/?from=2025-11").content.decode()
    for number in range(1, len(report.rows) + 1):
        assert f'id="row-{number}"' in page
    for figure in report.figures:
        assert f'id="figure-{figure.asked.name}"' in page
    assert page.count('<details class="fig"') == sum(bool(figure.rows) for figure in report.figures)
    found = client.get("/api/v1/overview/year?month=2025-11").json()
    assert len(found["rows"]) == len(report.rows)
    paper = client.get("/overview/year/report.docx?from=2025-11")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="demo-year-2025-11.docx"'
    assert client.get("/overview/year/?from=2025-13").status_code == 404
    assert client.get("/overview/year/").status_code == 200


def assert_papers_say_the_same(report: YearlyReport) -> None:
    """Check that the workbook's rows add up to the workbook's figures."""
    heading = Heading(organ=Label("秘书处", "Secretariat"), date=report.last)
    brief = compose_year(report, heading, Label("演示联盟", "Demo alliance"), synthetic=True)
    book = load_workbook(io.BytesIO(write_xlsx(brief, "zh")))
    text = [[str(cell.value) for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert any("演示年签01" in cell for row in text for cell in row)
    paper = Document(io.BytesIO(write_docx(brief, "zh")))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "批准入会" in cells
    assert str(len(report.rows)) in cells
