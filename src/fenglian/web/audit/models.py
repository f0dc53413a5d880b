"""What does the audit log remember? Who did what to whose data, when and why, and its own end.

No foreign keys: the log outlives what it tells of. The order of the columns, and what their
digest is made of, is said in ``chain.py``.
"""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models

from fenglian.web.audit.faults import AppendOnly


class EntrySet(models.QuerySet["Entry"]):
    """Reads; every way of writing raises, see ``actions.record``."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly(way="update")

    def delete(self) -> NoReturn:
        raise AppendOnly(way="delete")

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise AppendOnly(way="delete")

    def bulk_create(self, objs: Iterable["Entry"], *_options: Any, **_named: Any) -> NoReturn:
        raise AppendOnly(way="bulk_create")

    def bulk_update(self, objs: Iterable["Entry"], *_options: Any, **_named: Any) -> NoReturn:
        raise AppendOnly(way="bulk_update")


class Entry(models.Model):
    """One thing that one person, or the installation itself, did."""

    number = models.BigAutoField(primary_key=True)  # from 1, without a gap; always given
    at = models.BigIntegerField()  # microseconds since 1970, UTC
    alliance = models.CharField(max_length=50)  # its short name; empty: the whole installation
    user = models.BigIntegerField(null=True)  # null: nobody signed in
    who = models.TextField()  # name, as written then
    unit = models.TextField()  # that the person spoke for, as written then
    role = models.CharField(max_length=40)
    act = models.CharField(max_length=40)
    table = models.CharField(max_length=80)  # as "registry.capacity"
    rows = models.TextField()  # JSON list of public ids
    owner = models.BigIntegerField()  # whose data they are; 0: nobody's
    data_class = models.CharField(max_length=2)
    purpose = models.TextField()
    detail = models.TextField()  # JSON object, its names sorted
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntrySet.as_manager()

    class Meta:
        ordering = ("-number",)
        base_manager_name = "objects"
        indexes = (
            models.Index(fields=("alliance", "owner", "number"), name="audit_owner"),
            models.Index(fields=("alliance", "user", "number"), name="audit_user"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.who} {self.act} {self.table}"

    def save(self, *_options: Any, **_named: Any) -> NoReturn:
        raise AppendOnly(way="save")

    def delete(self, *_options: Any, **_named: Any) -> NoReturn:
        raise AppendOnly(way="delete")


class Head(models.Model):
    """The end of the log: how many entries there are, and the last one's digest."""

    count = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.count} {self.digest[:12]}"
