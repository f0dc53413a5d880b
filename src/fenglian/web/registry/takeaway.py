"""Everything that a unit has here, in one file that it takes away: for reading and for machines."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.utils import timezone

from fenglian.web.access.queries import list_grants
from fenglian.web.accounts.actor import Actor
from fenglian.web.audit.queries import Filter, stream_entries
from fenglian.web.registry import actions, book, queries

README = "README.md"
FILES = {  # name → what it is, in Chinese and English
    "workbook.xlsx": ("填报表，现行的各行", "the workbook with the rows that stand"),
    "rows.jsonl": (
        "每一行的每一个版本，一行一个：在世间从何时到何时（valid_*），何时记下（recorded_at）、何时被取代（ended_at）",
        (
            "every version of every row, one a line: when it held (valid_*), when it was recorded "
            "(recorded_at) and replaced (ended_at)"
        ),
    ),
    "grants.jsonl": ("给出的和得到的授权", "grants given and received"),
    "audit.jsonl": (
        "谁在何时看过、改过这些数据；digest 逐条相连",
        "who read or changed these data and when; the digests form a chain",
    ),
}


def write_takeaway(actor: Actor, slug: str, language: str) -> bytes:
    """Return a zip of all that the actor's own unit has here; that it was taken is logged."""
    actions.note_export(actor)
    given, received = list_grants(actor)
    grants = [
        *({"side": "given", **asdict(each)} for each in given),
        *({"side": "received", **asdict(each)} for each in received),
    ]
    contents = {
        "workbook.xlsx": book.write_workbook(actor, slug, language),
        "rows.jsonl": _lines(asdict(each) for each in queries.list_versions(actor)),
        "grants.jsonl": _lines(grants),
        "audit.jsonl": _lines(asdict(each) for each in stream_entries(actor, Filter())),
    }
    contents[README] = _readme(actor, contents).encode()
    stream = io.BytesIO()
    moment = timezone.localtime().timetuple()[:6]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    texts = (json.dumps(each, ensure_ascii=False, sort_keys=True, default=str) for each in records)
    return "".join(f"{text}\n" for text in texts).encode()


def _readme(actor: Actor, contents: dict[str, bytes]) -> str:
    day = timezone.localtime().strftime("%Y-%m-%d %H:%M %z")
    unit, alliance = actor.alliance.owner_name, actor.alliance
    mark = "演示数据，全为虚构。 Demo data, all of it invented.\n\n" if alliance.synthetic else ""
    rows = "\n".join(
        f"| {name} | {FILES[name][0]} | {FILES[name][1]} | {sha256(content).hexdigest()} |"
        for name, content in contents.items()
    )
    return (
        f"# {unit}\n\n{mark}"
        f"{unit}在{alliance.zh}的全部数据，取出于 {day}，取出人：{actor.zh}。取出之后，本系统里的数据不变。\n\n"
        f"All data of {unit} in {alliance.en}, taken out on {day} by {actor.en}. What is kept in "
        "the system does not change by that.\n\n"
        f"| 文件 file | 内容 | what it is | SHA-256 |\n| --- | --- | --- | --- |\n{rows}\n\n"
        "核对 · To check: `sha256sum workbook.xlsx rows.jsonl grants.jsonl audit.jsonl`\n"
    )
