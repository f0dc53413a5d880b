"""Measure how well pages are read: each beside what a careful person got out of it."""

import json
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fenglian.cli.application import Language, fail, printable, screen
from fenglian.engine.errors import FenglianError
from fenglian.engine.labels import Label

if TYPE_CHECKING:
    from fenglian.engine.intake.evaluation import Evaluation, Score

Folder = Annotated[Path, typer.Argument(help="成对的 .txt 与 .json / pairs of .txt and .json")]
Misses = Annotated[bool, typer.Option("--misses", help="逐条列出 / list every miss")]
Ner = Annotated[
    bool, typer.Option("--ner/--no-ner", help="名称识别模型 / the tagger of names beside the rules")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON")]


def run(
    folder: Folder,
    misses: Misses = False,
    as_json: AsJson = False,
    ner: Ner = True,
    lang: Language = "zh",
) -> None:
    """读一个文件夹，与人读出的对照。Read a folder of pages, and compare with what people read."""
    pairs = find_pairs(folder, lang)
    found: dict[str, Evaluation] = {}
    console = screen(stderr=True)
    with console.status("") as status:
        for number, (page, answer) in enumerate(pairs, 1):
            status.update(f"{number}/{len(pairs)} {printable(page.name)}")
            found[printable(page.stem)] = evaluate_pair(page, answer, lang, ner=ner)
    if as_json:
        typer.echo(json.dumps(record_of(found), ensure_ascii=False, indent=1))
    else:
        report(found, lang, misses=misses)


def find_pairs(folder: Path, language: str) -> list[tuple[Path, Path]]:
    """Return the pages that have an answer beside them, or say that there are none."""
    pages = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    pairs = [(page, page.with_suffix(".json")) for page in pages]
    whole = [(page, answer) for page, answer in pairs if answer.is_file()]
    if not whole:
        raise fail(
            Label(
                f"“{printable(str(folder))}”里没有成对的文件。每页要有 名字.txt 和 名字.json。",
                f"{printable(str(folder))!r} has no pairs. A page is NAME.txt, its answer NAME.json.",
            ),
            language,
        )
    alone = [printable(page.name) for page, answer in pairs if not answer.is_file()]
    if alone:
        words = Label("没有答案，未计", "without an answer, not counted").text(language)
        screen(stderr=True).print(f"{words}: {', '.join(alone)}", style="yellow", markup=False)
    return whole


def evaluate_pair(page: Path, answer: Path, language: str, *, ner: bool = True) -> "Evaluation":
    """Read a page and hold it against its answer."""
    from fenglian.data import tables
    from fenglian.engine import read_document
    from fenglian.engine.intake.evaluation import evaluate
    from fenglian.engine.intake.summary import sample_form

    try:
        wanted: Any = json.loads(answer.read_text("utf-8"))
        reading = read_document(page.read_bytes(), name=page.name, tables=tables(), ner=ner)
        got: Any = json.loads(json.dumps(sample_form(reading)))
        return evaluate(got, wanted)
    except FenglianError as fault:
        raise fail(fault, language) from None
    except (ValueError, OSError, KeyError, TypeError, IndexError, AttributeError) as fault:
        words = f"{type(fault).__name__}: {fault}"
        raise fail(
            Label(
                f"“{printable(answer.name)}”不是答案的格式（{words}）。格式见 docs/reference/facts-object.md。",
                f"{printable(answer.name)!r} has not the form of an answer ({words}). "
                "See docs/reference/facts-object.md.",
            ),
            language,
        ) from None


def total_of(found: "dict[str, Evaluation]") -> "dict[str, Score]":
    """Return the scores of all pages together, by measure."""
    from fenglian.engine.intake.evaluation import MEASURES, NOTHING, Score

    return {
        measure.name: reduce(
            Score.plus, (each.scores[measure.name] for each in found.values()), NOTHING
        )
        for measure in MEASURES
    }


def record_of(found: "dict[str, Evaluation]") -> dict[str, object]:
    """Return everything for programs."""
    edits, characters = _characters(found)
    return {
        "pages": len(found),
        "character_error_rate": edits / characters if characters else None,
        "scores": {name: _score_record(score) for name, score in total_of(found).items()},
        "misses": [
            {"page": page, "kind": kind, "measure": name, "row": list(row)}
            for page, each in found.items()
            for kind, rows in (("missed", each.missed), ("extra", each.extra))
            for name, row in rows
        ],
    }


def _score_record(score: "Score") -> dict[str, object]:
    return {
        "right": score.right,
        "missed": score.missed,
        "extra": score.extra,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _characters(found: "dict[str, Evaluation]") -> tuple[int, int]:
    pages = [each for each in found.values() if each.characters]
    return sum(each.edits for each in pages), sum(each.characters for each in pages)


def report(found: "dict[str, Evaluation]", language: str, *, misses: bool) -> None:
    """Print one line a measure, the character error rate, and what went wrong where."""
    from rich.table import Table

    from fenglian.engine.intake.evaluation import MEASURES

    console = screen()
    totals = total_of(found)
    table = Table(box=None, pad_edge=False)
    heads = (
        Label(f"{len(found)} 页", f"{len(found)} pages"),
        Label("对", "right"),
        Label("漏", "missed"),
        Label("多", "extra"),
        Label("准确率", "precision"),
        Label("召回率", "recall"),
        Label("F", "F"),
    )
    for number, head in enumerate(heads):
        table.add_column(head.text(language), justify="right" if number else "left")
    for measure in MEASURES:
        score = totals[measure.name]
        shares = (score.precision, score.recall, score.f1)
        numbers = (score.right, score.missed, score.extra)
        table.add_row(
            measure.label.text(language), *map(str, numbers), *(_percent(each) for each in shares)
        )
    console.print(table)
    edits, characters = _characters(found)
    if characters:
        words = Label("错字率", "character error rate").text(language)
        console.print(f"{words} {edits}/{characters} = {edits / characters:.3%}", markup=False)
    if misses:
        for page, each in found.items():
            for sign, rows in (("-", each.missed), ("+", each.extra)):
                for name, row in rows:
                    cells = " · ".join(str(cell) for cell in row)
                    console.print(f"{sign} {page}  {name}  {cells}", markup=False, soft_wrap=True)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
