"""Which address leads to which room?"""

from django.urls import include, path
from django.views.i18n import set_language

from fenglian.web.accounts.actor import open_to_strangers
from fenglian.web.api import api
from fenglian.web.frame import choose_theme
from fenglian.web.overview.views import overview

handler400 = "fenglian.web.problems.bad_request"
handler403 = "fenglian.web.problems.forbidden"
handler404 = "fenglian.web.problems.not_found"
handler500 = "fenglian.web.problems.server_fault"

urlpatterns = [
    path("", overview, name="home"),
    path("overview/", include("fenglian.web.overview.urls")),
    path("accounts/", include("fenglian.web.accounts.urls")),
    path("audit/", include("fenglian.web.audit.urls")),
    path("access/", include("fenglian.web.access.urls")),
    path("intake/", include("fenglian.web.intake.urls")),
    path("registry/", include("fenglian.web.registry.urls")),
    path("fill/", include("fenglian.web.registry.fill_urls")),
    path("alliance/", include("fenglian.web.alliance.urls")),
    path("public/", include("fenglian.web.alliance.public_urls")),
    path("contracts/", include("fenglian.web.contracts.urls")),
    path("chain/", include("fenglian.web.chain.urls")),
    path("analysis/", include("fenglian.web.analysis.urls")),
    path("advice/", include("fenglian.web.advice.urls")),
    path("preferences/language/", open_to_strangers(set_language), name="language"),
    path("preferences/theme/", open_to_strangers(choose_theme), name="theme"),
    path("api/v1/", api.urls),
]
