"""Look at packs: which there are, and what is wrong with one."""

from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

Action = Annotated[str, typer.Argument(help="list | check")]
Folder = Annotated[str | None, typer.Argument(help="包名或文件夹 / name or folder of a pack")]


def run(action: Action, folder: Folder = None, lang: Language = "zh") -> None:
    """列出数据包，或检查一个。List the packs, or check one."""
    if action == "list":
        list_all(lang)
    elif action == "check" and folder:
        check(folder, lang)
    else:
        raise fail(
            Label(
                "请写 fenglian pack list，或 fenglian pack check 文件夹。",
                "Write fenglian pack list, or fenglian pack check FOLDER.",
            ),
            lang,
        )


def list_all(language: str) -> None:
    """Print id and name of every shipped pack."""
    import fenglian as fl
    from fenglian.packs import list_packs

    console = screen()
    for name in list_packs():
        pack = fl.load_pack(name)
        kind = Label("产业链", "chain") if pack.chain else Label("地区", "region")
        example = Label(" · 演示数据", " · example data") if pack.example else Label("", "")
        console.print(
            f"{name}  {pack.name.text(language)}  "
            f"({kind.text(language)}{example.text(language)})  {pack.version}",
            markup=False,
        )


def check(folder: str, language: str) -> None:
    """Print every fault of a pack; the exit code is 1 where there is one."""
    import fenglian as fl

    try:
        faults = fl.check_pack(folder)
    except FenglianError as fault:
        raise fail(fault, language) from None
    console = screen()
    for each in faults:
        console.print(f"- {each.message(language)}", markup=False, soft_wrap=True)
    if faults:
        found = Label(f"{len(faults)} 处错误。", f"{len(faults)} faults.")
        raise fail(found, language)
    console.print(Label("没有错误。", "No fault.").text(language), markup=False)
