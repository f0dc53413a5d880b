"""Documents come in by file or by paste; what cannot be read is refused with a way out."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from fenglian.data import article
from fenglian.engine.intake.charset import MAX_BYTES
from fenglian.engine.intake.reading import read_document
from fenglian.web.accounts.actor import Role
from fenglian.web.accounts.models import User
from fenglian.web.intake import actions, queries
from fenglian.web.intake.models import Document, Statement
from tests.web.conftest import SMALL, secretary

pytestmark = pytest.mark.django_db


def upload(client: Client, content: bytes, name: str = "a.txt", **more: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/plain")
    return client.post("/intake/", {"file": file, **more})


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    page = client.get("/intake/").content.decode()
    assert "还没有文档" in page
    assert "请选一个文件" in page


def test_a_file_is_read_and_kept_as_it_came(client: Client) -> None:
    answer = upload(client, article(), "产业联盟成立报道.txt")
    [document] = Document.objects.all()
    assert answer.headers["Location"] == f"/intake/{document.sha256}/"
    assert bytes(document.content) == article()
    assert document.name == "产业联盟成立报道.txt"
    assert Statement.objects.count() > 10


def test_a_pasted_page_is_read(client: Client) -> None:
    client.post("/intake/", {"text": SMALL + "\r\n第二行", "name": "剪报"})
    [document] = Document.objects.all()
    assert document.raw_text == SMALL + "\n第二行"
    assert document.name == "剪报"


def test_the_same_bytes_find_the_document_again(client: Client, document: Document) -> None:
    before = Statement.objects.count()
    answer = upload(client, article(), "other.txt")
    assert answer.headers["Location"] == f"/intake/{document.sha256}/"
    assert "以前读过" in client.get(answer.headers["Location"]).content.decode()
    assert (Document.objects.count(), Statement.objects.count()) == (1, before)


def test_of_two_first_readings_at_once_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_document

    def read_late(*content: Any, **options: Any) -> Any:
        monkeypatch.setattr(actions, "read_document", read)
        actions.receive_document(secretary(), content=SMALL.encode(), name="the faster one")
        return read(*content, **options)

    monkeypatch.setattr(actions, "read_document", read_late)
    document = actions.receive_document(secretary(), content=SMALL.encode(), name="the slower one")
    assert document.found_again
    assert document.name == "the faster one"
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"  \n ", 422, "里没有文字"),
        (b"%PDF-1.7 text", 422, "PDF"),
        ("風電".encode("big5") * 40, 422, "编码"),
        (b"a" * (MAX_BYTES + 1), 413, "上限"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    client: Client, content: bytes, status: int, words: str
) -> None:
    answer = upload(client, content)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert Document.objects.count() == 0


def test_a_charset_in_doubt_is_asked_for_and_then_used(client: Client) -> None:
    content = ("風電裝備產業聯盟" * 10).encode("big5")
    question = upload(client, content).content.decode()
    assert '<select class="field" id="charset"' in question
    answer = upload(client, content, charset="big5")
    assert answer.status_code == 302
    assert Document.objects.get().raw_text.startswith("風電裝備")


def test_a_wrong_charset_is_refused_with_the_choice_kept(client: Client) -> None:
    answer = upload(client, "风电".encode(), charset="utf-16")
    page = answer.content.decode()
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert '<option value="utf-16" selected>' in page


def test_what_was_typed_stays_when_it_is_refused(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", b"text")
    answer = client.post("/intake/", {"file": file, "text": "打好的字", "name": "我的名字"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请只送一样" in page
    assert "打好的字" in page
    assert "我的名字" in page


def paste(content: bytes, *, multipart: bool) -> Any:
    """Send bytes as the pasted text, as a visitor whose token is asked for."""
    secretary()
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(User.objects.get(username=f"demo-{Role.SECRETARIAT}"))
    visitor.get("/intake/")
    token = visitor.cookies["csrftoken"].value
    if not multipart:
        body = f"csrfmiddlewaretoken={token}&text={quote_from_bytes(content)}"
        return visitor.post("/intake/", body, content_type="application/x-www-form-urlencoded")
    mark, head = b"--part\r\n", b'Content-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    fields = ((b"csrfmiddlewaretoken", token.encode()), (b"text", content))
    form = b"".join(mark + head % field for field in fields) + b"--part--\r\n"
    return visitor.generic("POST", "/intake/", form, "multipart/form-data; boundary=part")


@pytest.mark.parametrize("multipart", [True, False])
def test_a_pasted_text_that_is_no_utf8_is_refused(multipart: bool) -> None:
    answer = paste(b"\xff\xfe abc \xef\xbf\xbd", multipart=multipart)
    assert answer.status_code == 422
    assert "粘贴的文字不是 UTF-8" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("multipart", [True, False])
def test_a_replacement_character_that_was_pasted_is_kept(multipart: bool) -> None:
    answer = paste(f"{SMALL}\ufffd".encode(), multipart=multipart)
    assert answer.status_code == 302
    assert Document.objects.get().raw_text == f"{SMALL}\ufffd"


def test_nothing_sent_is_said(client: Client) -> None:
    answer = client.post("/intake/", {"text": "  "})
    assert answer.status_code == 422
    assert "没有收到内容" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.txt", "b.txt"), ("a\u202eb\n.txt", "ab.txt")],
)
def test_a_name_is_shown_and_never_a_path(given: str, kept: str) -> None:
    assert actions.tidy_name(given) == kept


def test_the_original_is_handed_out_byte_for_byte(client: Client, document: Document) -> None:
    answer = client.get(f"/intake/{document.sha256}/original/")
    assert answer.content == article()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="article.txt"'
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_the_list_shows_source_date_and_progress(client: Client, document: Document) -> None:
    page = client.get("/intake/").content.decode()
    for words in ("山西日报", "2023-04-18", "重磅", "article.txt"):
        assert words in page


def test_the_list_keeps_to_its_queries(
    client: Client, document: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.receive_document(secretary(), content=SMALL.encode(), name="b")
    with django_assert_num_queries(4):  # who is there: 2; documents; what waits
        client.get("/intake/")


def test_lists_do_not_load_the_texts(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    actor = secretary()
    actions.receive_document(actor, content=SMALL.encode(), name="b")
    with django_assert_num_queries(1):  # nothing deferred is fetched
        queries.list_documents(actor)
