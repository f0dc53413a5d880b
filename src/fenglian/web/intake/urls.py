"""Addresses of intake."""

from django.urls import path, re_path, register_converter

from fenglian.web.intake import review_views, views


class Hexadecimal:
    """As many hexadecimal digits as a hash has."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Identifier(Hexadecimal):
    """The id of a statement."""

    regex = "[0-9a-f]{16}"


register_converter(Hexadecimal, "sha256")
register_converter(Identifier, "statement")

app_name = "intake"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("statements/", views.statements, name="statements"),
    path("statements.csv", views.statements_csv, name="statements-csv"),
    path("queue/", review_views.queue, name="queue"),
    path("conflicts/", review_views.conflicts, name="conflicts"),
    path("review.jsonl", review_views.lines, name="review-lines"),
    path("statements/<statement:identifier>/second/", review_views.second, name="second"),
    path("statements/<statement:identifier>/edit/", views.edit, name="edit"),
    re_path(
        r"^statements/(?P<identifier>[0-9a-f]{16})/(?P<act>accept|reject|undo)/$",
        views.decide,
        name="decide",
    ),
    path("<sha256:sha256>/", views.reading, name="reading"),
    path("<sha256:sha256>/repairs/", views.repairs, name="repairs"),
    path("<sha256:sha256>/original/", views.original, name="original"),
    path("<sha256:sha256>/accept-undoubted/", views.accept_undoubted, name="accept-undoubted"),
    path("<sha256:sha256>/suggest/", review_views.suggest, name="suggest"),
    path("<sha256:sha256>/undo/", views.undo, name="undo"),
]
