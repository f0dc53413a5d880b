"""The public signing of the invented alliance: a report that says of itself that it is invented.

It is read like any other report. It calls the units by their former names, which their profiles
tell, so that the page shows how a name in a report comes to mean a member.
"""

from django.db import transaction

from fenglian.web.accounts.actor import Actor
from fenglian.web.intake.actions import accept_undoubted, receive_document

REPORT = (
    "演示签约报道（虚构，不是新闻）\n"
    "演示日报 2026-03-08\n"
    "3月7日上午，演示联盟供需对接会在太原举行。会上，演示整机有限公司与演示法兰有限公司、"
    "演示发电机有限公司等4家单位现场签约，签约总额逾3亿元。\n"
)


@transaction.atomic
def announce_demo_signing(secretary: Actor) -> None:
    """Have the report of the signing read and accepted, once, in an invented alliance."""
    if not secretary.alliance.synthetic:
        return
    document = receive_document(secretary, content=REPORT.encode(), name="demo-signing.txt")
    if not document.found_again:
        accept_undoubted(secretary, document.sha256)
