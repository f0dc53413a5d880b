"""Set up a real installation: an alliance without data, and its first administrator."""

import re
from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.labels import Label

NO_PACK = "none"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Name = Annotated[str | None, typer.Option("--name", help="管理员的用户名 / administrator's name")]
Alliance = Annotated[
    str | None, typer.Option("--alliance", help="联盟简称，小写字母 / short name, small letters")
]
Title = Annotated[str | None, typer.Option("--title", help="联盟名称 / name of the alliance")]
English = Annotated[str | None, typer.Option("--title-en", help="英文名称 / its English name")]
Pack = Annotated[
    str | None, typer.Option("--pack", help="地区包；none 为不要 / region pack or none")
]
Password = Annotated[
    str | None,
    typer.Option(
        "--password", envvar="FENGLIAN_PASSWORD", help="不写则询问 / asked for if missing"
    ),
]


def run(
    name: Name = None,
    alliance: Alliance = None,
    title: Title = None,
    title_en: English = None,
    pack: Pack = None,
    password: Password = None,
    lang: Language = "zh",
) -> None:
    """正式安装：建联盟、建第一位管理员。A real installation: the alliance, its administrator."""
    open_database()
    from fenglian.web.accounts.queries import has_people

    if has_people():
        raise fail(
            Label(
                "这里已有用户，不能再次初始化。添人用 fenglian user；另装一套请设另一个 FENGLIAN_HOME。",
                "There are people here already. Add more with fenglian user; for another installation set "
                "another FENGLIAN_HOME.",
            ),
            lang,
        )
    known = region_packs()
    slug = alliance or ask(Label("联盟简称（小写字母、数字、-）", "Short name (a-z, 0-9, -)"), lang)
    check_slug(slug, lang)
    title = title or ask(Label("联盟名称", "Name of the alliance"), lang)
    packs = " | ".join([*known, NO_PACK])
    pack = pack or ask(Label(f"地区包（{packs}）", f"Region pack ({packs})"), lang, NO_PACK)
    check_pack(pack, known, lang)
    name = name or ask(Label("管理员的用户名", "User name of the administrator"), lang, "admin")
    password = password or typer.prompt(
        Label("密码", "Password").text(lang), hide_input=True, confirmation_prompt=True
    )
    region = "" if pack == NO_PACK else pack
    label = Label(title, title_en or title)
    set_up(slug, label, region, name=name, password=password, language=lang)
    tell_next(slug, lang)


def ask(question: Label, language: str, default: str | None = None) -> str:
    """Ask at the terminal until something is typed."""
    answer: str = typer.prompt(question.text(language), default=default)
    return answer.strip()


def region_packs() -> list[str]:
    """Return the region packs that ship, those of invented units left out."""
    from fenglian.engine.chain.descriptor import read_descriptor
    from fenglian.packs import list_packs, read_pack_files

    found = {name: read_descriptor(read_pack_files(name).descriptor)[0] for name in list_packs()}
    return [name for name, each in found.items() if each.region and not each.region.example]


def check_slug(slug: str, language: str) -> None:
    """Refuse a short name that cannot stand in an address."""
    if not SLUG.fullmatch(slug) or len(slug) > 50:
        raise fail(
            Label(
                f"“{slug}”不能作简称；请用小写字母、数字和 -，如 shanxi-wind。",
                f"{slug!r} cannot be a short name; use a-z, 0-9 and -, as in shanxi-wind.",
            ),
            language,
        )


def check_pack(pack: str, known: list[str], language: str) -> None:
    """Refuse a pack that is not there, or that holds invented units."""
    if pack in (*known, NO_PACK):
        return
    names = ", ".join([*known, NO_PACK])
    raise fail(
        Label(
            f"正式安装不能用地区包“{pack}”；可用：{names}。",
            f"A real installation cannot have the region pack {pack!r}; there are: {names}.",
        ),
        language,
    )


def set_up(slug: str, title: Label, pack: str, *, name: str, password: str, language: str) -> None:
    """Make both, or neither."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from fenglian.web.accounts import actions
    from fenglian.web.accounts.actor import Role

    try:
        with transaction.atomic():
            here = actions.create_alliance(slug, title, pack=pack)
            actions.create_user(name, password, alliance=here, role=Role.SYSTEM_ADMIN)
    except ValidationError as fault:
        words = " ".join(fault.messages)
        raise fail(Label(f"没有建成：{words}", f"Nothing was made: {words}"), language) from None
    made = Label(f"已建：{title.zh}，系统管理员 {name}", f"Made: {title.en}, {name} administers it")
    screen().print(made.text(language), markup=False, soft_wrap=True)


def tell_next(slug: str, language: str) -> None:
    """Say what comes next: the two other administrators, the secretariat, the server, the backup."""
    steps = (
        (f"fenglian user NAME --alliance {slug} --role security_admin",
         Label("安全管理员：分配身份；与系统管理员不是同一人", "security administrator, another person")),
        (f"fenglian user NAME --alliance {slug} --role auditor",
         Label("审计员：查日志；又是另一人", "auditor, again another person")),
        (f"fenglian user NAME --alliance {slug} --role secretariat", Label("秘书处", "secretariat")),
        ("fenglian serve", Label("启动；对外见 docs/howto/install-for-an-alliance.md",
                                 "start; for others see docs/howto/install-for-an-alliance.md")),
        ("fenglian backup --to FOLDER", Label("每天备份", "every day")),
        ("fenglian audit anchor --out FILE", Label("每天把锚存到别处", "every day, kept elsewhere")),
    )  # fmt: skip
    console = screen()
    console.print(Label("\n接下来：", "\nNext:").text(language), markup=False)
    for command, why in steps:
        console.print(f"  {command}    # {why.text(language)}", markup=False, soft_wrap=True)
