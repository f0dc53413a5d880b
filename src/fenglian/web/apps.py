"""The web room itself: frame, language, static files, and what the database promises to keep."""

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import pre_migrate

from fenglian.web.durability import refuse_weak_promises
from fenglian.web.retreat import refuse_newer, refuse_to_lose


class WebConfig(AppConfig):
    name = "fenglian.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(refuse_weak_promises, dispatch_uid="durability")
        # Each of our apps is announced; one hearing is enough.
        first = apps.get_app_config("accounts")
        pre_migrate.connect(refuse_newer, sender=first, dispatch_uid="newer")
        pre_migrate.connect(refuse_to_lose, sender=first, dispatch_uid="retreat")
