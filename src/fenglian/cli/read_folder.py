"""Read a folder of pages into JSON lines; begun again, it goes on where it stopped. ``read`` calls it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fenglian import take_bytes
from fenglian.cli.application import fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.intake.clones import Contradiction, Fact

SUFFIXES = frozenset((".txt", ".text", ".md", ".html", ".htm", ".docx", ".pdf"))
SHOWN = 5
_LEFT_OUT = frozenset(("publication",))  # copies stand on other sites and days: no contradiction


def read_folder(
    folder: Path, out: Path | None, charset: str | None, language: str, *, ner: bool = True
) -> None:
    """Read every document below a folder; say which are copies and where these contradict."""
    if out is None:
        raise fail(
            Label(
                "读文件夹要写明 --out 文件.jsonl。",
                "To read a folder, name the file: --out FILE.jsonl.",
            ),
            language,
        )
    pages = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    if not pages:
        name = printable(str(folder))
        raise fail(
            Label(
                f"“{name}”里没有 .txt、.md、.html、.docx 或 .pdf。",
                f"There is no .txt, .md, .html, .docx or .pdf in {name!r}.",
            ),
            language,
        )
    try:
        done = keep_whole_lines(out)
        told = read_pages(pages, folder, out, done, charset, language, ner=ner)
        groups, found = compare_copies(out)
    except OSError as fault:
        name = printable(str(fault.filename))
        raise fail(
            Label(f"“{name}”打不开或写不了：{fault.strerror}。", f"{name!r}: {fault.strerror}."),
            language,
        ) from None
    report(told, groups, found, language)


def keep_whole_lines(out: Path) -> dict[str, str]:
    """Return page → sha256 of the lines that are there; a line cut off in the middle is dropped."""
    done: dict[str, str] = {}
    if not out.exists():
        return done
    whole = 0
    with out.open("rb") as stream:
        for line in stream:
            try:
                record = json.loads(line)
                done[record["page"]] = record["sha256"]
            except (ValueError, KeyError, TypeError):
                break
            if not line.endswith(b"\n"):
                break
            whole += len(line)
    with out.open("r+b") as stream:
        stream.truncate(whole)
    return done


def read_pages(
    pages: list[Path],
    folder: Path,
    out: Path,
    done: dict[str, str],
    charset: str | None,
    language: str,
    *,
    ner: bool = True,
) -> "Counter[str]":
    """Append one line a page; pages that are there with the same bytes are passed over."""
    told: Counter[str] = Counter()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(
        *columns, console=screen(stderr=True), disable=not screen(stderr=True).is_terminal
    )
    with out.open("a", encoding="utf-8") as stream, bar:
        task = bar.add_task(Label("读", "reading").text(language), total=len(pages))
        for path in pages:
            name = path.relative_to(folder).as_posix()
            record = read_page(path, name, done.get(name), charset, language, ner=ner)
            told["here" if record is None else "refused" if "error" in record else "read"] += 1
            if record is not None:
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
                stream.flush()
            bar.advance(task)
    return told


def read_page(
    path: Path,
    name: str,
    known: str | None,
    charset: str | None,
    language: str,
    *,
    ner: bool = True,
) -> dict[str, Any] | None:
    """Return the line of one page; None where it is there already, an ``error`` where it is refused."""
    from fenglian import read_bytes
    from fenglian.engine.intake.clones import fingerprint
    from fenglian.engine.intake.records import reading_record

    digest = ""
    try:
        with path.open("rb") as stream:
            content = take_bytes(stream, printable(path.name))
        digest = hashlib.sha256(content).hexdigest()
        if digest == known:
            return None
        reading = read_bytes(content, name=name, charset=charset, ner=ner)
    except FenglianError as fault:
        if known == digest:
            return None
        return {"page": name, "sha256": digest, "error": fault.message(language)}
    body = "".join(reading.page.text[part.start : part.end] for part in reading.page.body)
    return {
        "page": name,
        "sha256": digest,
        "fingerprint": fingerprint(body),
        "reading": reading_record(reading),
    }


def compare_copies(
    out: Path,
) -> "tuple[tuple[tuple[str, ...], ...], dict[tuple[str, ...], tuple[Contradiction, ...]]]":
    """Find the copies among the lines, and write them beside the file with what they contradict in."""
    from fenglian.engine.intake.clones import Fingerprint, find_clones, find_contradictions

    prints: dict[str, int] = {}
    stated: dict[str, list[tuple[Fact, str]]] = {}
    for record in _lines(out):
        page = record["page"]
        prints.pop(page, None)  # a page that was read again: the last line counts
        if record.get("fingerprint") is not None:
            prints[page] = record["fingerprint"]
            stated[page] = list(_facts(record))
    groups = find_clones(Fingerprint(page, bits) for page, bits in prints.items())
    found = {group: find_contradictions(stated, group) for group in groups}
    rows = [
        {
            "pages": group,
            "counts_as_sources": 1,
            "contradictions": [{"fact": each.fact, "values": each.values} for each in found[group]],
        }
        for group in groups
    ]
    beside = out.with_suffix(".clones.json")
    beside.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return groups, found


def _lines(out: Path) -> Iterator[dict[str, Any]]:
    with out.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _facts(record: dict[str, Any]) -> "Iterator[tuple[Fact, str]]":
    for each in record["reading"]["statements"]:
        if each["fact"] not in _LEFT_OUT:
            yield (each["fact"], each["subject"], each["property"]), each["value"]


def report(
    told: "Counter[str]",
    groups: tuple[tuple[str, ...], ...],
    found: "dict[tuple[str, ...], tuple[Contradiction, ...]]",
    language: str,
) -> None:
    """Print how many pages were read, which are copies, and what these say differently."""
    from fenglian.engine.intake.wording import fact_label

    console = screen()
    words = {
        "read": Label("读了", "read"),
        "here": Label("已读过", "read before"),
        "refused": Label("退回", "refused"),
    }
    console.print(
        "  ".join(f"{words[key].text(language)} {told[key]}" for key in words), markup=False
    )
    heading = Label("组互为副本，各算一个来源", "groups of copies, each one source").text(language)
    console.print(f"{len(groups)} {heading}", markup=False)
    for group in groups[:SHOWN]:
        console.print(f"  {' = '.join(map(printable, group))}", markup=False, soft_wrap=True)
        for each in found[group][:SHOWN]:
            fact, subject, _ = each.fact
            values = " ≠ ".join(map(printable, each.values))
            console.print(
                f"    {fact_label(fact).text(language)} {subject}: {values}",
                style="yellow",
                markup=False,
                soft_wrap=True,
            )
