"""Settings of the web room, all of them read from the environment.

=============================  =================================================  =====================
variable                       meaning                                            without it
=============================  =================================================  =====================
``FENGLIAN_HOME``              folder of the database and the secret key          ``var``
``DATABASE_URL``               another database, e.g. ``postgres://…``            SQLite in that folder
``FENGLIAN_HOSTS``             names that this server answers to                  this machine only
``FENGLIAN_HTTPS``             served by HTTPS: secure cookies, HSTS, redirect    no
``FENGLIAN_PROXIED``           a proxy in front sets ``X-Forwarded-Proto`` and    no
                               adds to ``X-Forwarded-For``
``FENGLIAN_IDLE_MINUTES``      minutes without a request until one is signed out  30
``FENGLIAN_MAIL``              server for letters, e.g.                           no mail leaves; the demo
                               ``smtp+tls://user:password@host:587``              writes files in its folder
``FENGLIAN_MAIL_FROM``         sender of letters                                  ``fenglian@localhost``
``FENGLIAN_TWO_PERSONS_FROM``  yuan from which two persons accept a sum          1000000000
``FENGLIAN_NER``               the tagger of names reads beside the rules         yes
``FENGLIAN_MODEL_URL``         a language model to ask for suggestions            no: nothing is sent
``FENGLIAN_MODEL_NAME``        which model to name to it
``FENGLIAN_MODEL_KEY``         key that it wants
``FENGLIAN_DEMO``              demo users by one click, on this machine only      no
``FENGLIAN_DEBUG``             show faults in full, to developers only            no
=============================  =================================================  =====================
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from fenglian.web.home import keep_kernels, open_home, secret_key

env = environ.Env()
HERE = Path(__file__).parent
HOME = open_home(Path(env.str("FENGLIAN_HOME", default="var")).resolve())
keep_kernels(HOME, Path(__file__).parents[1] / "engine" / "kernels")

DEBUG = env.bool("FENGLIAN_DEBUG", default=False)
# Read when first needed: type checkers and tests load this file too, and must draw no key.
SECRET_KEY = lazy(cache(secret_key), str)(HOME)
ALLOWED_HOSTS = env.list("FENGLIAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

# The order of the house; the menu follows it.
INSTALLED_APPS = [
    "fenglian.web.apps.WebConfig",
    "fenglian.web.accounts.apps.AccountsConfig",
    "fenglian.web.audit.apps.AuditConfig",
    "fenglian.web.access.apps.AccessConfig",
    "fenglian.web.overview.apps.OverviewConfig",
    "fenglian.web.intake.apps.IntakeConfig",
    "fenglian.web.registry.apps.RegistryConfig",
    "fenglian.web.alliance.apps.AllianceConfig",
    "fenglian.web.contracts.apps.ContractsConfig",
    "fenglian.web.chain.apps.ChainConfig",
    "fenglian.web.analysis.apps.AnalysisConfig",
    "fenglian.web.advice.apps.AdviceConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "fenglian.web.problems.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fenglian.web.access.gate.GateMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "fenglian.web.urls"
WSGI_APPLICATION = "fenglian.web.wsgi.application"
PAGES, APPS = "fenglian.web.pages", "django.template.loaders.app_directories"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [(f"{PAGES}.loader.Loader", [f"{APPS}.Loader"])],
            "builtins": [f"{PAGES}.constants", f"{PAGES}.kept"],
            "libraries": dict.fromkeys(("i18n", "static"), f"{PAGES}.constants"),
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "fenglian.web.navigation.frame",
                "fenglian.web.access.gate.frame",
            ],
        },
    }
]

# The words i18n and static lead to the tags of pages/constants.py, and are meant to.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# Database. What SQLite must promise is checked on every connection, see durability.py.
DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{HOME / 'fenglian.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,  # seconds to wait for another writer
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People. A demo's one-click users enter from this machine only, see accounts/views.py.
DEMO = env.bool("FENGLIAN_DEMO", default=False)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["fenglian.web.accounts.backend.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign-in"
IDLE_MINUTES = env.int("FENGLIAN_IDLE_MINUTES", default=30)  # without a request, then signed out

# Letters. On an intranet none leaves; the demo's lie as files where its database is.
_MAIL = env.str("FENGLIAN_MAIL", default=f"filemail:///{HOME / 'mail'}" if DEMO else "")
MAIL = bool(_MAIL)
for _name, _value in env.email_url_config(_MAIL or "dummymail://").items():
    globals()[_name] = _value
EMAIL_TIMEOUT = 20  # seconds that a server has to answer
DEFAULT_FROM_EMAIL = env.str("FENGLIAN_MAIL_FROM", default="fenglian@localhost")

# Review. From this sum on, in yuan, two persons accept a statement.
TWO_PERSONS_FROM = Decimal(env.str("FENGLIAN_TWO_PERSONS_FROM", default="1000000000"))

# The shipped tagger of names reads beside the rules.
NER = env.bool("FENGLIAN_NER", default=True)

# A language model that may suggest relations. Without an address nothing leaves the house.
MODEL_URL = env.str("FENGLIAN_MODEL_URL", default="")
MODEL_NAME = env.str("FENGLIAN_MODEL_NAME", default="")
MODEL_KEY = env.str("FENGLIAN_MODEL_KEY", default="")

# Language and time.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "fenglian_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Static files come straight from the packages: no collectstatic on the way to the demo.
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Uploads: a document of 5 MiB as JSON may need twice its size, see problems.py.
BODY_LIMIT = 12 * 1024 * 1024  # bytes of one request
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
FILE_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT  # hostile files are kept out of the disk's way
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Nothing from outside, nothing inline, no frames.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "fenglian.web.problems.foreign_form"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "fenglian.web.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # seconds after signing in, whatever happens; see sessions.py
SESSION_COOKIE_HTTPONLY = True  # the message cookie follows the session cookie's rules

HTTPS = env.bool("FENGLIAN_HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
PROXIED = env.bool("FENGLIAN_PROXIED", default=False)
if PROXIED:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"hide_keys": {"()": "fenglian.web.logs.HideKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
