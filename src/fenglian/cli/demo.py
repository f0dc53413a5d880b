"""Show the whole way once: an empty database, the founding article, the page to look at."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fenglian.cli.application import Language, home_folder, screen
from fenglian.cli.serve import FIRST_PORT, Port, open_database, serve
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.web.accounts.actor import Actor

WholeYear = Annotated[
    bool, typer.Option("--year", help="演示联盟先演完一整年 / play a whole year of the demo first")
]


def run(lang: Language = "zh", port: Port = FIRST_PORT, year: WholeYear = False) -> None:
    """建库、读成立大会的报道、打开网页。Fill a database, read the founding article, show it."""
    os.environ["FENGLIAN_DEMO"] = "1"  # one-click users, from this machine only
    console = screen()
    preparing = Label("准备数据库", "preparing the database").text(lang)
    console.print(f"{preparing}  {home_folder()}", soft_wrap=True)
    open_database()
    from fenglian.data import article
    from fenglian.web.accounts.actions import REAL, SYNTHETIC, open_demo
    from fenglian.web.intake.actions import receive_document

    secretaries = open_demo()
    if year:
        words = Label(
            "演一年：入会、表决、会费、合同……", "playing a year: votes, fees, contracts …"
        )
        console.print(words.text(lang))
        _play(secretaries[SYNTHETIC])
    console.print(Label("读成立大会的报道", "reading the founding article").text(lang))
    document = receive_document(secretaries[REAL], content=article(), name="article.txt")
    for secretary in secretaries.values():
        _fill(secretary)
    page = "overview/year/" if year else f"intake/{document.sha256}/"
    serve(lambda address: f"{address}{page}", lang, port)


def _play(secretary: "Actor") -> None:
    from fenglian.web.overview.actions import play_year
    from fenglian.web.registry.actions import fill_demo_units, rebuild_registry

    fill_demo_units(secretary)
    rebuild_registry(secretary)  # names in contracts are looked up in it
    play_year(secretary)


def _fill(secretary: "Actor") -> None:
    from fenglian.web.alliance.actions import fill_demo_alliance
    from fenglian.web.contracts.actions import announce_demo_signing, fill_demo_agreements
    from fenglian.web.registry.actions import fill_demo_units, rebuild_registry

    fill_demo_units(secretary)
    fill_demo_alliance(secretary)
    announce_demo_signing(secretary)
    rebuild_registry(secretary)
    fill_demo_agreements(secretary)
