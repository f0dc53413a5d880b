"""The chain app and its line in the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fenglian.web.navigation import Room


class ChainConfig(AppConfig):
    name = "fenglian.web.chain"
    label = "chain"
    verbose_name = _("Industry chain")
    rooms = (Room(label=_("Industry chain"), url="chain:map", pages=("chain:product",)),)
