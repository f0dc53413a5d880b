"""How are the names and codes of a statement said: qualifiers, kinds, events?

A code without a wording is shown as it is: a fact type of a later version still reads.
"""

from fenglian.engine.labels import Label

QUALIFIERS: dict[str, Label] = {
    "code": Label("区划代码", "division code"),
    "date": Label("日期", "date"),
    "day": Label("日", "day"),
    "derived": Label("推算", "derived"),
    "event": Label("活动", "event"),
    "full": Label("全名", "full name"),
    "half_day": Label("时段", "part of the day"),
    "how": Label("方式", "how"),
    "kind": Label("类别", "kind"),
    "kinds": Label("包括", "kinds"),
    "list": Label("列举", "list"),
    "product": Label("产品", "product"),
    "membership": Label("是否入会", "membership"),
    "name": Label("名称", "name"),
    "named": Label("其中具名", "of them named"),
    "organisation": Label("单位", "organisation"),
    "parts": Label("各家金额", "parts"),
    "place": Label("地点", "place"),
    "placeholder": Label("未具名的第几家", "unnamed, number"),
    "position": Label("层级", "level"),
    "province": Label("所在省", "province"),
    "rating": Label("口径", "rating"),
    "resolved": Label("全称", "resolved to"),
    "speech": Label("引述", "speech"),
    "today": Label("“今天”即", "“today” is"),
    "verb": Label("动词", "verb"),
    "what": Label("对象", "what"),
    "written": Label("原文写作", "written"),
    "year": Label("年份", "year"),
    "found_by": Label("识别", "found by"),
}

# Qualifiers that the value or the words say already; they stay in the data and the export.
UNSAID = frozenset(
    {"currency", "metric", "province", "unit", "words", "written_top", "written_unit"}
)

_ORGANISATIONS = {
    "alliance": Label("联盟", "alliance"),
    "association": Label("协会", "association"),
    "university": Label("高校", "university"),
    "institute": Label("科研院所", "institute"),
    "financial_institution": Label("金融机构", "financial institution"),
    "department": Label("政府部门", "department"),
    "zone": Label("开发区", "zone"),
    "firm": Label("企业", "firm"),
    "organisation": Label("单位", "organisation"),
    "facility": Label("园区、基地", "facility"),
    "medical": Label("医院", "hospital"),
}
_EVENTS = {
    "alliance_founded": Label("联盟成立", "alliance founded"),
    "elected": Label("当选", "elected"),
    "signed": Label("签约", "signed"),
    "joined": Label("加入", "joined"),
    "ground_broken": Label("开工", "ground broken"),
    "commissioned": Label("投产", "commissioned"),
    "installed": Label("安装完成", "installed"),
    "rolled_off": Label("下线", "rolled off the line"),
    "awarded": Label("获奖、中标", "awarded"),
    "negotiated": Label("洽谈", "negotiated"),
    "visited": Label("考察", "visited"),
    "meeting": Label("会议", "meeting"),
    "investment_planned": Label("拟投资", "investment planned"),
}
_SOURCES_OF_YEAR = {
    "publication": Label("由发布日推定", "inferred from the publication"),
    "inferred from publication": Label("由发布日推定", "inferred from the publication"),
    "sentence": Label("由同句推定", "inferred from the sentence"),
    "inferred from sentence": Label("由同句推定", "inferred from the sentence"),
    "written": Label("原文写明", "written"),
    "unknown": Label("未知", "unknown"),
}
_NOT_STATED = {"not stated": Label("未写明", "not stated")}

# Name of a qualifier or property → its codes.
CODES: dict[str, dict[str, Label]] = {
    "date": _NOT_STATED,
    "day": {
        "inferred from the event before": Label("由前一活动推定", "inferred from the event before")
    },
    "derived": {"partners - named": Label("签约方数减去具名的", "partners less those named")},
    "event": _EVENTS,
    "half_day": {
        "morning": Label("上午", "morning"),
        "afternoon": Label("下午", "afternoon"),
        "evening": Label("晚上", "evening"),
        "noon": Label("中午", "noon"),
    },
    "kind": _ORGANISATIONS,
    "list": {"open": Label("未列全", "open")},
    "membership": _NOT_STATED,
    "found_by": {"tagger": Label("名称识别模型", "the tagger of names")},
    "parts": _NOT_STATED,
    "rating": {"of one machine": Label("单机", "of one machine")},
    "speech": {
        "quoted": Label("直接引语", "quoted"),
        "reported": Label("间接引语", "reported"),
    },
    "type": _EVENTS,
    "year": _SOURCES_OF_YEAR,
}
