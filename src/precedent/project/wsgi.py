"""The application as a server runs it. Imported by web processes only: it starts what they do besides."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# The index's keeper needs the models, which are read only now.
from precedent.project import worker  # noqa: E402

worker.begin()
