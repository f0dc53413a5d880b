"""Addresses of the alliance."""

from django.urls import path, re_path

from fenglian.web.alliance import (
    book_views,
    meeting_views,
    member_views,
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
    re_path(rf"^members/{SLUG}/$", member_views.member, name="member"),
    re_path(rf"^members/{SLUG}/certificate\.pdf$", member_views.certificate, name="certificate"),
    re_path(rf"^members/{SLUG}/fees/$", member_views.fee, name="fee"),
    re_path(rf"^members/{SLUG}/certificate/$", member_views.issue, name="issue"),
    re_path(rf"^members/{SLUG}/checks/$", member_views.check, name="check"),
    re_path(rf"^members/{SLUG}/tier/$", member_views.tier, name="tier"),
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
    re_path(rf"^meetings/{SLUG}/presence/$", meeting_views.presence, name="presence"),
    re_path(rf"^meetings/{SLUG}/minutes/$", meeting_views.minutes, name="minutes"),
    path("book/", book_views.book, name="book"),
    path("book/contacts.xlsx", book_views.workbook, name="workbook"),
    path("activity/", book_views.activity, name="activity"),
    path("posts/", meeting_views.posts, name="posts"),
    re_path(rf"^posts/{SLUG}/leave/$", meeting_views.leave, name="leave-post"),
    path("actions/", task_views.tasks, name="tasks"),
    re_path(rf"^actions/{SLUG}/close/$", task_views.close, name="close-task"),
]
