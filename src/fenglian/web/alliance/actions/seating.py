"""What an election leads to: who was elected holds the post, and who held it leaves (换届)."""

from django.utils import timezone

from fenglian.engine.alliance.elections import Elected
from fenglian.engine.alliance.membership import MEMBER
from fenglian.engine.alliance.tiers import check_tier
from fenglian.web.access.wall import on_behalf_of_the_house
from fenglian.web.accounts.actor import Actor
from fenglian.web.alliance.actions.outward import renew_page
from fenglian.web.alliance.actions.records import note
from fenglian.web.alliance.models import Candidate, Election, Member, Post

PLAIN = "member"  # the tier of a unit that has left its post


def seat_elected(actor: Actor, row: Election, found: Elected) -> None:
    """Fill the post with who was elected, in the transaction of the count.

    Those who held it before leave on the first day of the new terms; but where a seat stayed open
    only those who were elected again: the others hold theirs until another is elected.
    """
    candidates = {each.slug: each for each in row.candidates.select_related("unit")}
    winners = [candidates[slug] for slug in found.elected]
    new = {(each.unit_id, each.person) for each in winners}
    held = Post.objects.filter(alliance_id=actor.alliance.id, name=row.post, left_on=None)
    for post in held.filter(since__lt=row.since):
        again = (post.unit_id, post.person) in new
        if again or not found.seats_open:
            post.left_on = row.since
            post.save(update_fields=["left_on"])
            note(actor, "end", post)
            if row.tier and not again:
                _set_tier(actor, row, post.unit_id, PLAIN)
    for each in winners:
        _fill(actor, row, each, found.votes[each.slug])
        if row.tier:
            _set_tier(actor, row, each.unit_id, row.tier)
    renew_page(actor)


def _fill(actor: Actor, row: Election, winner: Candidate, votes: int) -> None:
    post = Post.objects.create(
        alliance_id=actor.alliance.id,
        name=row.post,
        unit=winner.unit,
        person=winner.person,
        since=row.since,
        years=row.years,
        grounds=f"{row.title}（{votes} 票）",
        noted_at=timezone.now(),
        noted_by_id=actor.user,
    )
    note(actor, "add", post, election=row.slug)


def _set_tier(actor: Actor, row: Election, owner: int, tier: str) -> None:
    with on_behalf_of_the_house():
        rows = Member.objects.whole().filter(owner_id=owner, state__in=MEMBER)
        member = rows.first()
        # Only a unit that has the tier of the post loses it with the post.
        if member is None or (tier == PLAIN and member.tier != row.tier):
            return
        if member.tier != tier:
            rows.update(tier=check_tier(tier))
            note(actor, "change", member, tier=tier)
