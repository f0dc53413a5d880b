"""Show the whole way once: an empty database, the founding article, the page to look at."""

import os

from fenglian.cli.application import Language, home_folder, screen
from fenglian.cli.serve import FIRST_PORT, Port, open_database, serve
from fenglian.engine.labels import Label


def run(lang: Language = "zh", port: Port = FIRST_PORT) -> None:
    """建库、读成立大会的报道、打开网页。Fill a database, read the founding article, show it."""
    os.environ["FENGLIAN_DEMO"] = "1"  # one-click users, from this machine only
    console = screen()
    preparing = Label("准备数据库", "preparing the database").text(lang)
    console.print(f"{preparing}  {home_folder()}", soft_wrap=True)
    open_database()
    console.print(Label("读成立大会的报道", "reading the founding article").text(lang))
    from fenglian.data import article
    from fenglian.web.accounts.actions import REAL, open_demo
    from fenglian.web.alliance.actions import fill_demo_alliance
    from fenglian.web.contracts.actions import fill_demo_agreements
    from fenglian.web.intake.actions import receive_document
    from fenglian.web.registry.actions import fill_demo_units, rebuild_registry

    secretaries = open_demo()
    document = receive_document(secretaries[REAL], content=article(), name="article.txt")
    for secretary in secretaries.values():
        fill_demo_units(secretary)
        fill_demo_alliance(secretary)
        rebuild_registry(secretary)
        fill_demo_agreements(secretary)
    serve(lambda address: f"{address}intake/{document.sha256}/", lang, port)
