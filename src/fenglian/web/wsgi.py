"""The door for WSGI servers: ``fenglian.web.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenglian.web.settings")
application = get_wsgi_application()
