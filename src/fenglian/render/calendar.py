"""A meeting as an iCalendar file (RFC 5545): lines of 75 octets, times in UTC, text escaped."""

from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST = 75  # octets of a line
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def write_calendar(
    *, uid: str, title: str, place: str, words: str, starts_at: datetime, ends_at: datetime,
    stamped_at: datetime,
) -> bytes:  # fmt: skip
    """Return one event; the same values give the same bytes.

    Examples
    --------
    >>> day = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> file = write_calendar(
    ...     uid="a", title="理事会", place="太原", words="", starts_at=day, ends_at=day, stamped_at=day
    ... )
    >>> file.decode().splitlines()[5]
    'DTSTART:20261123T090000Z'
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Fenglian//alliance//ZH",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}@fenglian",
        f"DTSTART:{_moment(starts_at)}",
        f"DTEND:{_moment(ends_at)}",
        f"DTSTAMP:{_moment(stamped_at)}",
        f"SUMMARY:{_text(title)}",
        f"LOCATION:{_text(place)}",
        f"DESCRIPTION:{_text(words)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_fold(line) for line in lines)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    return words.translate(_ESCAPES)


def _fold(line: str) -> bytes:
    """Return a line in parts of 75 octets, never cutting a character."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > LONGEST:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
