"""Who is in the registry, and what is known of them? Always for an actor."""

from fenglian.web.registry.queries.derived import (
    FOREVER,
    Filter,
    OrganisationLine,
    OrganisationPage,
    Places,
    count_places,
    find_about,
    find_organisation,
    find_overview,
    list_all,
    list_organisations,
    list_verdicts,
    search,
    slugs_of,
)
from fenglian.web.registry.queries.owned import (
    FormView,
    ProfileView,
    RowView,
    find_owner,
    find_profile,
    list_proposals,
)

__all__ = [
    "FOREVER",
    "Filter",
    "FormView",
    "OrganisationLine",
    "OrganisationPage",
    "Places",
    "ProfileView",
    "RowView",
    "count_places",
    "find_about",
    "find_organisation",
    "find_overview",
    "find_owner",
    "find_profile",
    "list_all",
    "list_organisations",
    "list_proposals",
    "list_verdicts",
    "search",
    "slugs_of",
]
