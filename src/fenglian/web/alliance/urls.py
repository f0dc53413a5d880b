"""Addresses of the alliance."""

from django.urls import path, re_path

from fenglian.web.alliance import (
    book_views,
    charter_views,
    election_views,
    idea_views,
    meeting_views,
    member_views,
    outward_views,
    sheet_views,
    task_views,
    views,
    vote_views,
)

app_name = "alliance"
SLUG = r"(?P<slug>[0-9a-f]{16})"
ROW = r"(?P<row>[0-9a-f]{16})"
urlpatterns = [
    path("", views.members, name="members"),
    path("apply/", views.mine, name="apply"),
    path("members/members.xlsx", sheet_views.members_book, name="members-book"),
    path("members/owing/", views.owing, name="owing"),
    path("members/sheet/", sheet_views.members_sheet, name="members-sheet"),
    re_path(rf"^members/{SLUG}/$", member_views.member, name="member"),
    re_path(rf"^members/{SLUG}/certificate\.pdf$", member_views.certificate, name="certificate"),
    re_path(rf"^members/{SLUG}/fees/$", member_views.fee, name="fee"),
    re_path(rf"^members/{SLUG}/certificate/$", member_views.issue, name="issue"),
    re_path(rf"^members/{SLUG}/checks/$", member_views.check, name="check"),
    re_path(rf"^members/{SLUG}/tier/$", member_views.tier, name="tier"),
    re_path(rf"^members/{SLUG}/welcome/$", member_views.mail, name="mail-welcome"),
    re_path(rf"^members/{SLUG}/listed/$", member_views.listed, name="listed"),
    re_path(rf"^members/{SLUG}/delegates/$", member_views.delegate, name="delegate"),
    re_path(
        rf"^members/{SLUG}/delegates/{ROW}/end/$", member_views.end_delegate, name="end-delegate"
    ),
    re_path(rf"^units/{SLUG}/application/$", views.application, name="application"),
    re_path(rf"^units/{SLUG}/papers/$", views.add_paper, name="add-paper"),
    re_path(rf"^units/{SLUG}/papers/{ROW}/$", views.paper, name="paper"),
    re_path(rf"^units/{SLUG}/steps/$", views.step, name="step"),
    re_path(rf"^units/{SLUG}/vote/$", vote_views.about, name="vote-about"),
    path("resolutions/", vote_views.resolutions, name="resolutions"),
    re_path(rf"^resolutions/{SLUG}/$", vote_views.resolution, name="resolution"),
    re_path(rf"^resolutions/{SLUG}/ballot/$", vote_views.ballot, name="ballot"),
    re_path(rf"^resolutions/{SLUG}/close/$", vote_views.close, name="close"),
    path("meetings/", meeting_views.meetings, name="meetings"),
    re_path(rf"^meetings/{SLUG}/$", meeting_views.meeting, name="meeting"),
    re_path(rf"^meetings/{SLUG}/meeting\.ics$", meeting_views.calendar, name="calendar"),
    re_path(
        rf"^meetings/{SLUG}/attendance\.xlsx$", sheet_views.attendance_book, name="attendance-book"
    ),
    re_path(rf"^meetings/{SLUG}/attendance/$", sheet_views.attendance_sheet, name="attendance"),
    re_path(rf"^meetings/{SLUG}/presence/$", meeting_views.presence, name="presence"),
    re_path(rf"^meetings/{SLUG}/minutes/$", meeting_views.minutes, name="minutes"),
    re_path(rf"^meetings/{SLUG}/notice/$", meeting_views.mail, name="mail-notice"),
    re_path(rf"^meetings/{SLUG}/publish/$", meeting_views.publish, name="publish"),
    re_path(rf"^meetings/{SLUG}/sign-in/$", meeting_views.sign_in, name="sign-in-code"),
    path("charters/", charter_views.charters, name="charters"),
    re_path(rf"^charters/{SLUG}/$", charter_views.charter, name="charter"),
    path("elections/", election_views.elections, name="elections"),
    re_path(rf"^elections/{SLUG}/$", election_views.election, name="election"),
    re_path(rf"^elections/{SLUG}/slip/$", election_views.slip, name="slip"),
    re_path(rf"^elections/{SLUG}/close/$", election_views.close, name="close-election"),
    path("ideas/", idea_views.ideas, name="ideas"),
    re_path(rf"^ideas/{SLUG}/back/$", idea_views.back, name="back-idea"),
    re_path(rf"^ideas/{SLUG}/settle/$", idea_views.settle, name="settle-idea"),
    path("outward/", outward_views.outward, name="outward"),
    path("outward/close/", outward_views.close_page, name="close-page"),
    path("outward/links/", outward_views.make_door, name="make-door"),
    re_path(rf"^outward/links/{SLUG}/close/$", outward_views.close_door, name="close-door"),
    path("book/", book_views.book, name="book"),
    path("book/contacts.xlsx", book_views.workbook, name="workbook"),
    path("activity/", book_views.activity, name="activity"),
    path("posts/", meeting_views.posts, name="posts"),
    re_path(rf"^posts/{SLUG}/leave/$", meeting_views.leave, name="leave-post"),
    path("actions/", task_views.tasks, name="tasks"),
    path("actions/actions.xlsx", sheet_views.actions_book, name="actions-book"),
    re_path(rf"^actions/{SLUG}/close/$", task_views.close, name="close-task"),
    re_path(rf"^actions/{SLUG}/hand-on/$", task_views.hand_on, name="hand-on"),
    path("actions/reminders/", task_views.remind, name="remind"),
]
