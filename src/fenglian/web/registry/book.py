"""The workbook of one unit: what the reader may see of it, ready to be filled in and sent back."""

from fenglian.engine.labels import Label
from fenglian.render.registry_book import write_registry_workbook
from fenglian.web.accounts.actor import Actor
from fenglian.web.registry import queries
from fenglian.web.registry.profile_tables import known_names, profile_tables


def write_workbook(actor: Actor, slug: str, language: str) -> bytes:
    """Return the workbook of a unit; empty where the reader may see nothing."""
    view = queries.find_profile(actor, slug)
    rows = {each.table.name: [row.values for row in each.rows] for each in view.forms}
    mark = Label("（演示数据）", " (demo data)") if actor.alliance.synthetic else Label("", "")
    title = Label(f"{view.name}填报表{mark.zh}", f"{view.name}: what it says of itself{mark.en}")
    return write_registry_workbook(
        profile_tables(),
        rows,
        language,
        products=known_names(actor.alliance.pack).products,
        title=title,
    )


def write_empty(actor: Actor, forms: tuple[str, ...], language: str) -> bytes:
    """Return a workbook of some forms with nothing in it."""
    mark = Label("（演示数据）", " (demo data)") if actor.alliance.synthetic else Label("", "")
    return write_registry_workbook(
        {name: table for name, table in profile_tables().items() if name in forms},
        {},
        language,
        products=known_names(actor.alliance.pack).products,
        title=Label(f"填报表{mark.zh}", f"What a unit says of itself{mark.en}"),
    )
