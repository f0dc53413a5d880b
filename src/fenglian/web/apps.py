"""The web room itself: frame, language, static files, and the database's promises."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from fenglian.web.durability import refuse_weak_promises


class WebConfig(AppConfig):
    name = "fenglian.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(refuse_weak_promises, dispatch_uid="durability")
