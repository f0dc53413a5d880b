"""A certificate of membership as PDF: one A4 page across, marked where the alliance is invented."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from fenglian.engine.alliance.certificate import Certificate
from fenglian.engine.labels import Label
from fenglian.render.pdf import MEDIA_TYPE, compile_pdf
from fenglian.render.printed import SYNTHETIC, write_day

__all__ = ["MEDIA_TYPE", "write_certificate", "write_note"]
_TITLE = Label("会员证书", "Certificate of Membership")
_BODY = Label(
    "经审核，准予加入{alliance}，为{tier}。", "has been admitted to {alliance} as a {tier}."
)
_NUMBER = Label("证书编号", "Number")
_ISSUED = Label("发证日期", "Issued on")
_VALID = Label("有效期至", "Valid until")


def write_certificate(certificate: Certificate, language: str) -> bytes:
    """Return the certificate; the same values give the same bytes."""

    def say(label: Label) -> str:
        return label.text(language)

    body = say(_BODY).format(alliance=say(certificate.alliance), tier=say(certificate.tier))
    page = {
        "title": say(_TITLE),
        "alliance": say(certificate.alliance),
        "unit": certificate.unit,
        "body": body,
        "lines": [
            [say(_NUMBER), certificate.number],
            [say(_ISSUED), write_day(certificate.issued_on, language)],
            [say(_VALID), write_day(certificate.valid_until, language)],
        ],
    }
    return _compile("certificate.typ", page, language, certificate.issued_on, certificate.synthetic)


def write_note(title: str, lines: list[str], day: date, *, synthetic: bool) -> bytes:
    """Return a page with a title and some lines, such as the papers of a demo."""
    page = {"title": title, "paragraphs": lines}
    return _compile("note.typ", page, "zh", day, synthetic)


def _compile(
    layout: str, page: Mapping[str, object], language: str, day: date, synthetic: bool
) -> bytes:
    badge = SYNTHETIC.text(language) if synthetic else ""
    language = "zh" if language.startswith("zh") else "en"
    inputs = {
        "page": json.dumps({**page, "badge": badge, "language": language}, ensure_ascii=False)
    }
    source = (Path(__file__).parent / layout).read_bytes()
    return compile_pdf(source, inputs, datetime.combine(day, time(), UTC))
