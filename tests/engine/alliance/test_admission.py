"""Applications are looked through, papers by their bytes, activity without inventing zeros."""

from datetime import date

import pytest

from fenglian.engine.alliance.activity import PARTS, Activity, band_of, score_activity
from fenglian.engine.alliance.admission import Applicant, check_application
from fenglian.engine.alliance.certificate import certificate_number, valid_until
from fenglian.engine.alliance.faults import PaperEmpty, PaperTooLarge, PaperUnknown, UnknownTier
from fenglian.engine.alliance.papers import MOST, paper_type
from fenglian.engine.alliance.tiers import ASSEMBLY, COUNCIL, TIERS, check_tier
from fenglian.engine.labels import Label

CODE = "91140000DEMY00058Q"  # of the demo: both check characters are right
BOTH = frozenset({"application", "licence"})


def outcomes(applicant: Applicant, province: str = "14") -> dict[str, str]:
    found = check_application(applicant, names=["乙厂"], codes={CODE: "丙厂"}, province=province)
    return {each.name: each.outcome for each in found}


def test_a_sound_application_passes_every_check() -> None:
    found = check_application(
        Applicant("甲厂", CODE, "140100", BOTH), names=["乙厂"], codes={}, province="14"
    )
    assert {each.outcome for each in found} == {"good"}


def test_each_fault_is_found_by_its_own_check() -> None:
    assert outcomes(Applicant("甲厂", CODE[:-1] + "X", "140100", BOTH))["code"] == "bad"
    assert outcomes(Applicant("乙厂", "", "", BOTH))["double_name"] == "bad"
    assert outcomes(Applicant("甲厂", CODE, "", BOTH))["double_code"] == "bad"
    assert outcomes(Applicant("甲厂", "", "", frozenset({"licence"})))["papers"] == "bad"


def test_what_is_not_given_is_unknown_and_no_failure() -> None:
    found = outcomes(Applicant("甲厂", "", "", BOTH))
    assert (found["code"], found["region"], found["double_code"]) == ("unknown",) * 3


def test_a_unit_from_elsewhere_is_left_to_the_charter() -> None:
    assert outcomes(Applicant("甲厂", "", "320000", BOTH))["region"] == "unknown"
    assert outcomes(Applicant("甲厂", "", "320000", BOTH), province="")["region"] == "good"


@pytest.mark.parametrize(
    ("content", "suffix"), [(b"%PDF-1.4", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpg")]
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(content: bytes, suffix: str) -> None:
    assert paper_type("x.exe", content).suffix == suffix


@pytest.mark.parametrize(
    ("fault", "content"),
    [
        (PaperEmpty, b""),
        (PaperTooLarge, b"%PDF-" + b"0" * MOST),
        (PaperUnknown, b"<html><script>alert(1)</script>"),
        (PaperUnknown, b" %PDF-1.4"),
        (PaperUnknown, b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_the_way_out(
    fault: type[Exception], content: bytes
) -> None:
    with pytest.raises(fault):
        paper_type("licence.pdf", content)


def test_an_observer_has_no_vote_and_the_council_is_part_of_the_assembly() -> None:
    assert COUNCIL < ASSEMBLY
    assert set(TIERS) - ASSEMBLY == {"observer"}
    with pytest.raises(UnknownTier):
        check_tier("boss")


def test_numbers_of_certificates_never_repeat_within_a_year() -> None:
    issued: list[str] = []
    for _ in range(3):
        issued.append(certificate_number("demo", 2026, issued))
    assert issued == ["DEMO-2026-0001", "DEMO-2026-0002", "DEMO-2026-0003"]
    assert certificate_number("demo", 2027, issued) == "DEMO-2027-0001"
    assert valid_until(date(2024, 2, 29)) == date(2025, 12, 31)


def row(name: str, part: str, done: bool | None) -> Activity:
    return Activity(name, part, Label(name, name), done)  # type: ignore[arg-type]


def test_a_full_year_scores_a_hundred_and_an_idle_one_nothing() -> None:
    full = score_activity([row(part, part, True) for part in PARTS])
    idle = score_activity([row(part, part, False) for part in PARTS])
    assert (full.low, full.high, full.band) == (100, 100, "high")
    assert (idle.low, idle.high, idle.band) == (0, 0, "low")
    assert len([each for part in idle.parts for each in part.missing]) == 3


def test_what_nobody_recorded_is_unknown_and_not_zero() -> None:
    found = score_activity(
        [
            row("a", "organisation", True),
            row("b", "organisation", None),
            row("c", "innovation", None),
        ]
    )
    organisation, innovation, industry = found.parts
    assert organisation.low == 20
    assert organisation.high == 40
    assert (innovation.low, innovation.high) == (None, None)
    assert (industry.low, industry.missing) == (None, ())
    assert (found.low, found.high, found.band) == (20, 100, None)


@pytest.mark.parametrize(
    ("points", "band"),
    [(100, "high"), (86, "high"), (85, "fairly_high"), (75, "fairly_high"), (74, "middling"), (65, "middling"), (64, "low"), (0, "low")],
)  # fmt: skip
def test_the_bands_are_those_of_the_yearly_review(points: int, band: str) -> None:
    assert band_of(points) == band
