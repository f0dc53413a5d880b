"""Is this a unified social credit code (统一社会信用代码), and what does it say of itself?

Eighteen characters by GB 32100-2015: who registers (1), what kind of body it is (2), the division
of the registering office (3–8, GB/T 2260), the organisation code with its own check character
(9–17, GB 11714), and the check character of the whole (18). Both checks are taken, so that a slip
is not only seen but often placed: in the organisation code, or elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fenglian.engine.errors import (
    UnknownUsccPart,
    UnknownUsccRegion,
    UsccCharacter,
    UsccLength,
    WrongUsccCheck,
)
from fenglian.engine.labels import Label
from fenglian.engine.quantities import fold_width

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O S V Z, which are misread
_WEIGHTS = tuple(3**place % 31 for place in range(LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION = slice(8, 17)
_REGION = slice(2, 8)
_NATION = "100000"  # registered by an office of the state
_MISREAD = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
_OTHER = Label("其他", "other")

# Registering office → (its name, kind → its name): table 1 of the standard with its amendment.
BODIES: Mapping[str, tuple[Label, Mapping[str, Label]]] = {
    "1": (
        Label("机构编制", "establishment office"),
        {
            "1": Label("机关", "organ of the state"),
            "2": Label("事业单位", "public institution"),
            "3": Label("群众团体", "mass organisation"),
            "9": _OTHER,
        },
    ),
    "2": (
        Label("外交", "foreign affairs"),
        {"1": Label("外国常驻新闻机构", "foreign news office"), "9": _OTHER},
    ),
    "3": (
        Label("司法行政", "justice"),
        {
            "1": Label("律师执业机构", "law office"),
            "2": Label("公证处", "notary office"),
            "3": Label("基层法律服务所", "local legal service"),
            "4": Label("司法鉴定机构", "forensic office"),
            "5": Label("仲裁委员会", "arbitration commission"),
            "9": _OTHER,
        },
    ),
    "4": (
        Label("文化", "culture"),
        {"1": Label("外国在华文化中心", "foreign cultural centre"), "9": _OTHER},
    ),
    "5": (
        Label("民政", "civil affairs"),
        {
            "1": Label("社会团体", "association"),
            "2": Label("民办非企业单位", "private non-enterprise unit"),
            "3": Label("基金会", "foundation"),
            "9": _OTHER,
        },
    ),
    "6": (
        Label("旅游", "tourism"),
        {
            "1": Label("外国旅游部门常驻代表机构", "foreign tourism office"),
            "2": Label("港澳台旅游部门常驻机构", "tourism office of Hong Kong, Macao or Taiwan"),
            "9": _OTHER,
        },
    ),
    "7": (
        Label("宗教", "religious affairs"),
        {
            "1": Label("宗教活动场所", "place of worship"),
            "2": Label("宗教院校", "religious school"),
            "9": _OTHER,
        },
    ),
    "8": (
        Label("工会", "trade unions"),
        {"1": Label("基层工会", "local trade union"), "9": _OTHER},
    ),
    "9": (
        Label("工商", "market regulation"),
        {
            "1": Label("企业", "enterprise"),
            "2": Label("个体工商户", "individual business"),
            "3": Label("农民专业合作社", "farmers' cooperative"),
        },
    ),
    "A": (
        Label("军委改革和编制办公室", "military establishment office"),
        {"1": Label("军队事业单位", "military institution"), "9": _OTHER},
    ),
    "N": (
        Label("农业", "agriculture"),
        {
            "1": Label("组级集体经济组织", "collective of a group"),
            "2": Label("村级集体经济组织", "collective of a village"),
            "3": Label("乡镇级集体经济组织", "collective of a town"),
            "9": _OTHER,
        },
    ),
    "Y": (_OTHER, {"1": _OTHER}),
}


@dataclass(frozen=True, slots=True)
class UsccParts:
    """A code that holds, taken apart."""

    code: str  # eighteen characters, capitals, half width
    body: Label  # office that registers
    category: Label  # kind of organisation, as that office counts
    region: str  # six digits: division of the registering office, not of the plant
    region_names: tuple[str, ...]  # the newest first; empty: a zone, or not looked up
    organisation_code: str  # nine characters of GB 11714


def check_uscc(code: str, divisions: Mapping[str, tuple[str, ...]] | None = None) -> UsccParts:
    """Return the parts of a code that holds.

    Parameters
    ----------
    code
        As written; blanks, hyphens, small letters and full-width forms are put right.
    divisions
        GB/T 2260: six digits → the names borne under them since 1980, the newest first. Without
        it the region is not looked up.

    Returns
    -------
    UsccParts
        ``region_names`` is empty where the first four digits are known and the last two are not:
        offices of development zones register under codes of their own.

    Raises
    ------
    UsccLength, UsccCharacter, UnknownUsccPart, UnknownUsccRegion, WrongUsccCheck
        The first fault, with the place in the code, from 1, and what would stand there.

    References
    ----------
    GB 32100-2015 with amendment 1; GB 11714-1997.

    Examples
    --------
    >>> check_uscc("91140100 MA0ABCDE6K").category.en
    'enterprise'
    """
    text = "".join(fold_width(code).split()).replace("-", "").upper()
    if len(text) != LENGTH:
        raise UsccLength(value=code, length=len(text))
    _check_characters(text)
    body = _part(text, 0, {key: label for key, (label, _) in BODIES.items()})
    category = _part(text, 1, BODIES[text[0]][1])
    names = _region_names(text, divisions)
    _check_end(text, 17, organisation_check(text[_ORGANISATION][:8]))
    _check_end(text, LENGTH, uscc_check(text[:-1]))
    return UsccParts(text, body, category, text[_REGION], names, text[_ORGANISATION])


def uscc_check(first: str) -> str:
    """Return the check character of the first seventeen (GB 32100).

    Examples
    --------
    >>> uscc_check("00000000000000000"), uscc_check("10000000000000000")
    ('0', 'Y')
    """
    total = sum(ALPHABET.index(each) * weight for each, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check(first: str) -> str:
    """Return the check character of the first eight of an organisation code (GB 11714).

    Examples
    --------
    >>> organisation_check("00000001"), organisation_check("00000006")
    ('9', 'X')
    """
    total = sum(
        int(each, 36) * weight for each, weight in zip(first, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def _check_characters(text: str) -> None:
    for place, character in enumerate(text, start=1):
        allowed = ALPHABET[:10] if _REGION.start < place <= _REGION.stop else ALPHABET
        if character in allowed:
            continue
        meant = _MISREAD.get(character, "-")
        zh, en = f"可用：{allowed}。", f"allowed: {allowed}."
        if meant in allowed:
            zh, en = f"是否应为“{meant}”？", f"did you mean {meant!r}?"
        raise UsccCharacter(value=text, place=place, found=character, way_zh=zh, way_en=en)


def _part(text: str, place: int, known: Mapping[str, Label]) -> Label:
    if text[place] not in known:
        raise UnknownUsccPart(
            value=text,
            place=place + 1,
            found=text[place],
            known_zh="、".join(f"{key} {label.zh}" for key, label in known.items()),
            known_en=", ".join(f"{key} {label.en}" for key, label in known.items()),
        )
    return known[text[place]]


def _region_names(text: str, divisions: Mapping[str, tuple[str, ...]] | None) -> tuple[str, ...]:
    region = text[_REGION]
    if divisions is None or region == _NATION:
        return ()
    names = divisions.get(region)
    if names is None and not any(code.startswith(region[:4]) for code in divisions):
        raise UnknownUsccRegion(value=text, found=region)
    return names or ()


def _check_end(text: str, place: int, expected: str) -> None:
    found = text[place - 1]
    if found != expected:
        first = 9 if place < LENGTH else 1
        raise WrongUsccCheck(
            value=text, place=place, found=found, expected=expected, first=first, last=place
        )
