"""The cast of the web tests: the founding article, read and kept."""

import pytest
from django.test import Client

from fenglian.data import article
from fenglian.web.intake import actions
from fenglian.web.intake.models import Document

SMALL = "山西日报讯：4月7日，太重集团与江苏九鼎集团有限公司签约，总额逾21亿元。"


@pytest.fixture
def document(db: None) -> Document:
    """Return the founding article, read and kept."""
    return actions.receive_document(content=article(), name="article.txt")


@pytest.fixture
def english() -> Client:
    """Return a visitor who reads English."""
    return Client(headers={"accept-language": "en"})
