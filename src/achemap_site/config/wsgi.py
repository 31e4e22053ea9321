"""The WSGI application that gunicorn loads."""

import os

from django.core.wsgi import get_wsgi_application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achemap_site.config.settings")

application = get_wsgi_application()

from achemap_site.delivery.starting import align_address, warm  # noqa: E402 - needs the apps


align_address()
warm()
