"""What speaks for and against an application before people decide? Code, region, doubles, papers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from fenglian.engine.alliance.papers import KINDS, REQUIRED
from fenglian.engine.errors import CodeError
from fenglian.engine.labels import Label
from fenglian.engine.registry.codes import check_uscc

Outcome = Literal["good", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What an application says."""

    name: str
    code: str  # empty: not given
    region: str  # code of GB/T 2260; empty: not given
    papers: frozenset[str]  # kinds that were handed in


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    label: Label
    outcome: Outcome
    words: Label  # what was found, and what to do


def check_application(
    applicant: Applicant,
    *,
    names: Collection[str],
    codes: Mapping[str, str],
    province: str,
    divisions: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Check, ...]:
    """Look an application through; always every check, in the same order.

    Parameters
    ----------
    names
        Of the other units of the alliance.
    codes
        Of the other units: code → name.
    province
        First two digits of the alliance's region; empty: it takes units from anywhere.
    divisions
        GB/T 2260: code → names; without it the code's region is not looked up.

    Returns
    -------
    tuple[Check, ...]
        ``unknown`` where there is nothing to look at: neither a pass nor a failure.

    Examples
    --------
    >>> found = check_application(
    ...     Applicant("甲厂", "", "140100", frozenset()), names=(), codes={}, province="14"
    ... )
    >>> [each.outcome for each in found]
    ['unknown', 'good', 'good', 'unknown', 'bad']
    """
    return (
        _code(applicant, divisions),
        _region(applicant, province),
        _double_name(applicant, names),
        _double_code(applicant, codes),
        _papers(applicant),
    )


def _code(applicant: Applicant, divisions: Mapping[str, tuple[str, ...]] | None) -> Check:
    label = Label("统一社会信用代码", "credit code")
    if not applicant.code:
        return Check("code", label, "unknown", Label("没有填写", "not given"))
    try:
        check_uscc(applicant.code, divisions)
    except CodeError as fault:
        words = Label(fault.message("zh"), fault.message("en"))
        return Check("code", label, "bad", words)
    return Check("code", label, "good", Label("两位校验都对", "both check characters are right"))


def _region(applicant: Applicant, province: str) -> Check:
    label = Label("注册地", "region")
    if not applicant.region:
        return Check("region", label, "unknown", Label("没有填写", "not given"))
    if applicant.region.startswith(province):
        return Check("region", label, "good", Label("在本联盟的地域内", "within the alliance's"))
    words = Label("在本联盟的地域之外，章程允许时可以入会", "outside; the charter may allow it")
    return Check("region", label, "unknown", words)


def _double_name(applicant: Applicant, names: Collection[str]) -> Check:
    label = Label("名称重复", "same name")
    if applicant.name in names:
        words = Label(
            "联盟里已有同名单位，请核对是不是同一家", "a unit of that name is here: the same?"
        )
        return Check("double_name", label, "bad", words)
    return Check("double_name", label, "good", Label("没有同名单位", "no unit of that name"))


def _double_code(applicant: Applicant, codes: Mapping[str, str]) -> Check:
    label = Label("代码重复", "same code")
    if not applicant.code:
        return Check("double_code", label, "unknown", Label("没有代码可比", "no code to compare"))
    other = codes.get(applicant.code)
    if other:
        words = Label(f"“{other}”已用这个代码", f"{other} has that code already")
        return Check("double_code", label, "bad", words)
    return Check("double_code", label, "good", Label("没有单位用这个代码", "no unit has that code"))


def _papers(applicant: Applicant) -> Check:
    label = Label("材料", "papers")
    missing = [KINDS[kind] for kind in REQUIRED if kind not in applicant.papers]
    if missing:
        zh = "、".join(each.zh for each in missing)
        en = ", ".join(each.en for each in missing)
        return Check("papers", label, "bad", Label(f"还缺：{zh}", f"missing: {en}"))
    return Check("papers", label, "good", Label("必需的都有", "all that are required"))
