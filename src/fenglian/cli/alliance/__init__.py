"""The alliance on the command line, as a person: members, meetings, what is to be done, agreements."""

from fenglian.cli.alliance import agreements, lists, meetings, sheets

HELP = (
    "以本人的钥匙（FENGLIAN_KEY）办联盟的事。The alliance, as the person whose key FENGLIAN_KEY is."
)
FAMILY = {
    "members": lists.members,
    "meetings": meetings.meetings,
    "meeting": meetings.meeting,
    "minutes": meetings.minutes,
    "actions": lists.actions,
    "agreements": agreements.agreements,
    "local-sourcing": agreements.local_sourcing,
    "attendance": sheets.attendance,
    "import-attendance": sheets.import_attendance,
    "import-members": sheets.import_members,
}
