"""Where does a request come from, and from what kind of device?"""

import re
from ipaddress import IPv4Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# In this order: Edge and Opera say Chrome too, Chrome says Safari too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("MicroMessenger", "WeChat"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
SUBNET = 64  # bits of an IPv6 address that one household or firm has to itself


def address_of(request: HttpRequest) -> str:
    """Return the address of the visitor; empty where it is none.

    Behind a proxy of our own the last of ``X-Forwarded-For`` is what that proxy saw; whatever
    stands before it, the visitor may have invented.
    """
    found = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.PROXIED and forwarded:
        found = forwarded.rpartition(",")[2].strip()
    try:
        return str(ip_address(found))
    except ValueError:
        return ""


def neighbourhood(address: str) -> str:
    """Return what counts as one address: an IPv6 visitor has 2**64 of them to go through."""
    if not address:
        return ""
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return address
    return str(IPv6Network((int(parsed), SUBNET), strict=False))


def device_of(request: HttpRequest) -> str:
    """Return browser and system in two words, as the list of sessions shows them."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    words = [
        next((name for mark, name in known if re.search(mark, agent)), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, words))
