"""Is a file that came with an application what it may be? Its first bytes tell, not its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fenglian.engine.alliance.faults import PaperEmpty, PaperTooLarge, PaperUnknown
from fenglian.engine.labels import Label

MOST = 5 * 1024 * 1024  # bytes of one file
Kind = Literal["application", "licence", "leader", "logo", "letter", "other"]
KINDS: Mapping[Kind, Label] = {
    "application": Label("入会申请书（盖章）", "stamped application"),
    "licence": Label("营业执照", "business licence"),
    "leader": Label("负责人登记表", "form of the leader"),
    "logo": Label("单位标识", "logo"),
    "letter": Label("来函", "letter"),
    "other": Label("其他材料", "other papers"),
}
REQUIRED: tuple[Kind, ...] = ("application", "licence")  # the step 申请 rests on them


@dataclass(frozen=True, slots=True)
class PaperType:
    """A kind of file that is taken."""

    media_type: str
    suffix: str
    starts: bytes


# Pictures and PDF only: a text, a page or an archive could carry what a browser or a spreadsheet runs.
TYPES: tuple[PaperType, ...] = (
    PaperType("application/pdf", "pdf", b"%PDF-"),
    PaperType("image/png", "png", b"\x89PNG\r\n\x1a\n"),
    PaperType("image/jpeg", "jpg", b"\xff\xd8\xff"),
)


def paper_type(name: str, content: bytes) -> PaperType:
    """Return what a file is by its first bytes.

    Raises
    ------
    PaperEmpty, PaperTooLarge, PaperUnknown
        Where there is nothing in it, too much, or something that is not taken.

    Examples
    --------
    >>> paper_type("licence.html", b"%PDF-1.7 ...").suffix
    'pdf'
    """
    if not content:
        raise PaperEmpty(name=name)
    if len(content) > MOST:
        raise PaperTooLarge(name=name, size=len(content), most=MOST)
    for each in TYPES:
        if content.startswith(each.starts):
            return each
    raise PaperUnknown(name=name, known="PDF, PNG, JPEG")
