"""The contact book (联络手册) as a workbook: one row a person, text cells only, made for one reader."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, time

import xlsxwriter

from fenglian.engine.alliance.contact_book import BookEntry, ContactBook
from fenglian.engine.labels import Label
from fenglian.render.printed import SYNTHETIC, write_day
from fenglian.render.xlsx import MEDIA_TYPE, PLAIN_TEXT

__all__ = ["MEDIA_TYPE", "write_contact_book"]
_TITLE = Label("联络手册", "Contact book")
_HEADS = (
    Label("单位", "Unit"),
    Label("级别", "Tier"),
    Label("职务", "Posts"),
    Label("代表", "Representatives"),
    Label("联系人", "Contact"),
    Label("联系人职务", "Their post"),
    Label("电话", "Telephone"),
    Label("邮箱", "E-mail"),
)
_CLOSED = Label("未对您开放或未填", "not open to you, or not entered")
_FOR = Label("为 {reader} 生成于 {day}", "made for {reader} on {day}")
_FIRST_ROW = 3  # of the heads
_WIDTH = 20  # characters


def write_contact_book(book: ContactBook, language: str) -> bytes:
    """Return the book; the same values give the same bytes."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT) as workbook:
        title = f"{book.alliance.text(language)} {_TITLE.text(language)}"
        moment = datetime.combine(book.made_on, time(), UTC).replace(tzinfo=None)
        workbook.set_properties({"title": title, "created": moment})
        head = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EDF1F4"})
        cell = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(_TITLE.text(language))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, len(_HEADS) - 1, _WIDTH)
        sheet.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
        made = _FOR.text(language).format(reader=book.reader, day=write_day(book.made_on, language))
        sheet.write_string(1, 0, made)
        if book.synthetic:
            badge = workbook.add_format({"font_color": "#8F4B06", "border": 3})
            sheet.write_string(2, 0, SYNTHETIC.text(language), badge)
            sheet.set_header(f"&R{SYNTHETIC.text(language)}")
        for column, label in enumerate(_HEADS):
            sheet.write_string(_FIRST_ROW, column, label.text(language), head)
        rows = (row for entry in book.entries for row in _rows(entry, language))
        for number, row in enumerate(rows, _FIRST_ROW + 1):
            for column, words in enumerate(row):
                sheet.write_string(number, column, words, cell)
        sheet.freeze_panes(_FIRST_ROW + 1, 1)
    return stream.getvalue()


def _rows(entry: BookEntry, language: str) -> Iterator[tuple[str, ...]]:
    start = (
        entry.unit,
        entry.tier.text(language),
        "\n".join(entry.posts),
        "\n".join(entry.delegates),
    )
    if not entry.contacts:
        yield (*start, _CLOSED.text(language), "", "", "")
        return
    for contact in entry.contacts:
        yield (*start, contact.name, contact.title, contact.phone, contact.email)
