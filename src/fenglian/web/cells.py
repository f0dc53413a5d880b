"""What may stand in a cell of a table that leaves, so that no spreadsheet takes it for a formula?"""

import unicodedata

# What a spreadsheet may take for the start of a formula, full-width forms included. An apostrophe
# is among them so that leaving out a cell's first one always gives the words back.
_DANGEROUS = tuple("=+-@'\uff1d\uff0b\uff0d\uff20")
_CONTROLS = tuple("\t\r\n\0")
SYNTHETIC, SOURCED = "演示数据 demo data", "有出处 sourced"
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read Chinese as another charset


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet evaluates; numbers stay numbers."""
    if isinstance(cell, str) and (
        cell.startswith(_CONTROLS) or _first_seen(cell).startswith(_DANGEROUS)
    ):
        return f"'{cell}"
    return cell


def _first_seen(cell: str) -> str:
    """Return the first character that is neither blank nor unseen: importers trim what is."""
    seen = (each for each in cell if unicodedata.category(each)[0] not in "ZC")
    return next(seen, "")
