"""The WSGI application that the server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "militiadb.settings")

django = get_wsgi_application()

# It reads settings and addresses, so Django must be set up.
from militiadb.storedfirst import StoredFirst  # noqa: E402

application = StoredFirst(django)
