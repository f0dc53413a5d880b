"""What may be asked of a drill, sent with a notice, or answered? Typed words, checked."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import QueryDict
from django.utils import timezone

from fenglian.engine.labels import Label
from fenglian.web.analysis.actions import Question, Said
from fenglian.web.analysis.faults import NotAnAmount, OutOfRange

WEEKS, SHARE, READY = (1, 52), (1, 100), (1, 365)
DEFAULT = {"weeks": 6, "share": 100, "ready": 8}
NAMES = {
    "weeks": Label("停几周", "weeks"),
    "share": Label("停掉产能的百分之几", "share of the capacity, %"),
    "ready": Label("替代从第几天供货", "day from which stand-ins deliver"),
    "stock_days": Label("库存天数", "days of stock"),
    "from_day": Label("从停产第几天起能供", "day of the stop from which it can give"),
}
MOST_DAYS = 3_660
MOST_YUAN = Decimal(10**12)
TEN_THOUSAND = 10_000
DUE = 3  # days from today, where nothing else is asked for
LONGEST = 121


def read_question(query: QueryDict) -> Question:
    """Return what an address asks for.

    Raises
    ------
    OutOfRange
        Where a number is none, or too small or large.
    """
    return Question(
        stop=query.get("stop", "")[:LONGEST],
        weeks=_whole(query, "weeks", WEEKS) or DEFAULT["weeks"],
        share=_whole(query, "share", SHARE) or DEFAULT["share"],
        ready_day=_whole(query, "ready", READY) or DEFAULT["ready"],
        scenario=query.get("scenario", "")[:80],
    )


def read_said(query: QueryDict) -> Said:
    """Return what a unit answers; raises ``OutOfRange`` and ``NotAnAmount``."""
    return Said(
        verdict=query.get("verdict", ""),
        stock_days=_whole(query, "stock_days", (0, MOST_DAYS)),
        room_yuan=_ten_thousands(query.get("room", "")),
        from_day=_whole(query, "from_day", (1, MOST_DAYS)),
        words=query.get("words", ""),
    )


def _whole(query: QueryDict, name: str, ends: tuple[int, int]) -> int | None:
    words = query.get(name, "").strip()
    if not words:
        return None
    number = int(words) if words.isascii() and words.isdecimal() and len(words) < 6 else None
    if number is None or not ends[0] <= number <= ends[1]:
        what, low, high = NAMES[name], *ends
        raise OutOfRange(what_zh=what.zh, what_en=what.en, words=words[:20], low=low, high=high)
    return number


def _ten_thousands(words: str) -> Decimal | None:
    plain = words.strip().replace(",", "").replace("，", "")
    if not plain:
        return None
    try:
        number = Decimal(plain) * TEN_THOUSAND if plain.isascii() and len(plain) < 20 else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or not 0 <= number <= MOST_YUAN:
        raise NotAnAmount(words=words.strip()[:20])
    return number.quantize(Decimal("0.01"))


def due_day() -> date:
    """Return the day by which an answer is wanted where no other is named."""
    return timezone.localdate() + timedelta(days=DUE)


class SendForm(forms.Form):
    """Until when an answer is wanted, and a message."""

    due_on = forms.DateField(required=False)
    words = forms.CharField(max_length=400, required=False)

    def clean_due_on(self) -> date:
        """Return the day, in three days where none was given."""
        return self.cleaned_data["due_on"] or due_day()
