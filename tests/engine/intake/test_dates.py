"""Dates, what has happened and what has not, and sums whose bound stands off."""

import pytest

from fenglian.engine.intake.document import Span
from fenglian.engine.intake.mentions.dates import find_dates
from tests.engine.intake.pages import findings, page_of


def read(text: str, fact: str, name: str | None = None, published: str = "2024-05-06") -> list[str]:
    head = f"发布时间:{published} 来源:试报\n\n" if published else ""
    page = page_of(f"试页标题一则\n\n{head}  {text}\n")
    return [found.value for found in findings(page, fact, name)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("今年1月至3月,产值9亿元。", ["2024-01/2024-03"]),
        ("今年1—3月,产值9亿元。", ["2024-01/2024-03"]),
        ("今年前4个月,产值9亿元。", ["2024-01/2024-04"]),
        ("去年前三季度,产值9亿元。", ["2023-01/2023-09"]),
        ("2024年一季度,产值9亿元。", ["2024-01/2024-03"]),
        ("去年上半年投产。", ["2023-01/2023-06"]),
        ("今年二季度末交付。", ["2024-06"]),
        ("前三季度,产值9亿元。", ["2023-01/2023-09"]),
        ("1—11月,产值9亿元。", ["2023-01/2023-11"]),
        ("2021—2023年,投资9亿元。", ["2021/2023"]),
        ("2024年4月13日至15日,会议召开。", ["2024-04-13/2024-04-15"]),
        ("4月30日至5月2日,会议召开。", ["2024-04-30/2024-05-02"]),
        ("交货期为2024年7月至次年2月。", ["2024-07/2025-02"]),
        ("“十四五”末,产值达到9亿元。", ["2025"]),
        ("“十四五”期间,投资9亿元。", ["2021/2025"]),
        ("2023 年 4 月 7 日,协议签订。", ["2023-04-07"]),
        ("2020年末,装机9万千瓦。", ["2020-12"]),
        ("预计今年年中投产。", ["2024-06"]),
        ("预计年底投产。", ["2024-12"]),
        ("2019年4月开工,次年10月投产。", ["2019-04", "2020-10"]),
        ("本月底前完成招标,上月已备案,下月开工。", ["2024-05", "2024-04", "2024-06"]),
        ("去年产值9亿元,明年再翻一番。", ["2023", "2025"]),
        ("4月16日,董事会通过了议案。次日,双方签约。", ["2024-04-16", "2024-04-17"]),
        ("4月16日开会,18日,双方签约。", ["2024-04-16", "2024-04-18"]),
        ("甲有限公司昨日宣布扩产。", ["2024-05-05"]),
        ("5月7日夜间有雨。", ["2024-05-07"]),
        ("2024年4月 16日,双方签约。", ["2024-04-16"]),
        ("2023年至今,产值9亿元。", ["2023"]),
        ("12月20日,首台机组下线。", ["2023-12-20"]),
        ("各单位须于9月30日前完成。", ["2024-09-30"]),
        ("甲公司成立于2001年3月,拟于10月扩建。", ["2001-03", "2024-10"]),
    ],
)
def test_periods_and_relative_dates_have_iso_forms(text: str, dates: list[str]) -> None:
    assert read(text, "date") == dates


@pytest.mark.parametrize(
    "text",
    [
        "今年将发出175台机组。",
        "近日,双方签约。",
        "晋工信发\u30142023\u301512号文件要求执行。",
        "《风电产业规划(2021—2025年)》印发。",
        "《2023年工作要点》印发。",
        "依照2019年第15号公告办理。",
        "2021年版目录作废。",
        "投产后年产值9亿元,建成后年产叶片500套。",
        "以前年度亏损,过去年均增长8%。",
        "均低于去年同期。",
        "“去得太急,今天,又回来了。”他说。",
        "检测依据GB/T 2024-2015,电话0351-2023456。",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert read(text, "date") == []


@pytest.mark.parametrize(
    "text",
    ["去年投产。", "今年一季度投产。", "年底投产。", "昨日签约。", "本月投产。", "18日,签约。"],
)
def test_without_a_publication_line_no_year_is_invented(text: str) -> None:
    assert read(text, "date", published="") == []


def test_the_day_before_a_dateline_has_its_month() -> None:
    text = "【试网】12月2日讯 昨日,双方签约。"
    [found] = find_dates(text, Span(text.index("昨"), len(text)), None)
    assert (found.iso, found.year_from) == ("????-12-01", "unknown")


@pytest.mark.parametrize("line", ["1月1日", "3月1日", "2月30日"])
def test_a_day_that_the_unknown_year_decides_is_none(line: str) -> None:
    text = f"【试网】{line}讯 昨日,双方签约。"
    assert find_dates(text, Span(text.index("昨"), len(text)), None) == ()


@pytest.mark.parametrize(
    "text", ["□2月5日,双方签约。", "4月□日,双方签约。", "20□3年4月7日,双方签约。"]
)
def test_a_date_that_touches_a_lost_character_is_none(text: str) -> None:
    assert find_dates(text, Span(0, len(text)), "2024-05-06") == ()


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("4月7日,某可再生能源有限公司与甲有限公司签约。", "signed", "2024-04-07"),
        ("4月7日,甲风电产业联盟(以下简称“联盟”)成立大会召开。", "alliance_founded", "2024-04-07"),
        ("省工信厅2024年度工作会议4月3日在太原召开。", "meeting", "2024-04-03"),
        ("今年3月,甲有限公司获评绿色工厂,4月9日参展。", "awarded", "2024-03"),
        ("4月7日,首台机组在总装基地下线。", "rolled_off", "2024-04-07"),
        ("4月7日,山西未来能源有限公司签约。", "signed", "2024-04-07"),
        ("4月7日,《三年行动计划》工作会议召开。", "meeting", "2024-04-07"),
        ("甲有限公司奠基,4月7日打桩。", "ground_broken", "2024-04-07"),
        ("一期项目计划投资9亿元的合同已于4月7日签订。", "signed", "2024-04-07"),
        ("4月7日,大会选举甲重工有限公司董事长为理事长。", "elected", "2024-04-07"),
    ],
)
def test_what_has_happened_is_an_event_with_its_day(text: str, kind: str, day: str) -> None:
    assert read(text, "event", "type") == [kind]
    assert read(text, "event", "date") == [day]


@pytest.mark.parametrize(
    "text",
    [
        "双方未签署任何协议,协议尚未签订。",
        "项目签约在即。",
        "开工仪式将于下月举行。",
        "甲风电产业联盟将于10月成立。",
        "会议定于5月18日至20日在大同市召开。",
        "该项目原计划2023年底投产,后推迟到今年一季度。",
        "4月7日,导管架吊装上船。",
    ],
)
def test_what_is_announced_or_denied_is_no_event(text: str) -> None:
    assert read(text, "event", "type") == []


def test_a_plan_of_a_page_without_a_day_is_no_event() -> None:
    text = "项目计划总投资22亿元,分两期建设,一期2011年3月开工。"
    assert "ground_broken" not in read(text, "event", "type", published="")


@pytest.mark.parametrize(
    ("text", "role", "bound"),
    [
        ("单位造价约每千瓦7800元。", "price", "approx"),
        ("给予最高300万元奖励,费用另计。", "amount", "le"),
        ("项目总投资8至10亿元。", "investment", "eq"),
        ("双方签订采购合同,金额2.4亿元。", "price", "eq"),
        ("公司在手订单逾31亿元。", "signed_total", "gt"),
        ("实现利润总额41.5亿元。", "profit", "eq"),
    ],
)
def test_sums_have_the_bound_that_stands_off(text: str, role: str, bound: str) -> None:
    page = page_of(f"试页标题一则\n\n发布时间:2024-05-06 来源:试报\n\n  {text}\n")
    [total] = findings(page, "amount")
    assert total.quantity is not None
    assert (total.property, total.quantity.bound) == (role, bound)


def test_a_sum_after_其中_is_of_the_kind_of_the_last() -> None:
    text = "全市生产总值1286亿元。其中,一季度268亿元;上半年590亿元。全市还有存款3亿元。"
    page = page_of(f"试页标题一则\n\n发布时间:2024-05-06 来源:试报\n\n  {text}\n")
    kinds = [found.property for found in findings(page, "amount")]
    assert kinds == ["output", "output", "output", "amount"]
