"""The alliance on the command line, as a person: who, what was decided, what is to be done, what was signed."""

from fenglian.cli.alliance import agreements, governing, lists, meetings, sheets, trading

HELP = (
    "以本人的钥匙（FENGLIAN_KEY）办联盟的事。The alliance, as the person whose key FENGLIAN_KEY is."
)
FAMILY = {
    "members": lists.members,
    "meetings": meetings.meetings,
    "meeting": meetings.meeting,
    "minutes": meetings.minutes,
    "actions": lists.actions,
    "applications": trading.applications,
    "owing": trading.owing,
    "posts": governing.posts,
    "charters": governing.charters,
    "elections": governing.elections,
    "resolutions": governing.resolutions,
    "ideas": governing.ideas,
    "activity": governing.activity,
    "contacts": trading.contacts,
    "signings": trading.signings,
    "links": trading.links,
    "needs": trading.needs,
    "agreements": agreements.agreements,
    "local-sourcing": agreements.local_sourcing,
    "attendance": sheets.attendance,
    "import-attendance": sheets.import_attendance,
    "import-members": sheets.import_members,
}
