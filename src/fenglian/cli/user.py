"""Add a person who signs in with a password, seated in an alliance with a role."""

from typing import Annotated

import typer

from fenglian.cli.application import Language, fail, screen
from fenglian.cli.serve import open_database
from fenglian.engine.labels import Label
from fenglian.web.accounts.role_names import RoleName

Name = Annotated[str, typer.Argument(help="用户名 / user name")]
Role = Annotated[
    str,
    typer.Option("--role", help=" | ".join(RoleName)),
]
Alliance = Annotated[str, typer.Option("--alliance", help="联盟简称，小写字母 / short name")]
Title = Annotated[str, typer.Option("--title", help="新联盟的名称 / name of a new alliance")]
Password = Annotated[
    str,
    typer.Option(
        "--password", envvar="FENGLIAN_PASSWORD", prompt="密码 / password", hide_input=True,
        confirmation_prompt=True, help="不写则询问 / asked for where it is missing",
    ),
]  # fmt: skip


def run(
    name: Name,
    password: Password,
    role: Role = "secretariat",
    alliance: Alliance = "main",
    title: Title = "",
    lang: Language = "zh",
) -> None:
    """添一个能登录的人；没有这个联盟就建一个。Add a person who can sign in, and the alliance."""
    open_database()
    from django.core.exceptions import ValidationError

    from fenglian.web.accounts import actions
    from fenglian.web.accounts.actor import Role as Roles

    if role not in Roles.values:
        known = ", ".join(Roles.values)
        raise fail(
            Label(f"没有身份“{role}”。可用：{known}。", f"No role {role!r}. There are: {known}."),
            lang,
        )
    here = actions.create_alliance(alliance, Label(title or alliance, title or alliance))
    try:
        actions.create_user(name, password, alliance=here, role=Roles(role))
    except ValidationError as fault:
        words = " ".join(fault.messages)
        raise fail(Label(f"没有添上：{words}", f"Not added: {words}"), lang) from None
    added = Label(f"已添：{name}，{here.zh}，{role}", f"Added: {name}, {here.en}, {role}")
    screen().print(added.text(lang), markup=False)
