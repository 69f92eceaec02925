"""Django's settings, made from the environment. Nothing here reads or writes more than the secret key."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from precedent.kernel.languages import FALLBACK
from precedent.kernel.languages import LANGUAGES as SPOKEN
from precedent.project.environment import Environment, database

ENVIRONMENT = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.folder
INDEX = DATA / "index"
SECRET_FILE = DATA / "secret-key"


def _secret_key() -> str:
    """The key from the environment or the data folder; a passing one for commands that have no folder yet."""
    if given := ENVIRONMENT.secret_key.get_secret_value():
        return given
    kept = SECRET_FILE.read_text().strip() if SECRET_FILE.is_file() else ""
    return kept or get_random_secret_key()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
ROOT_URLCONF = "precedent.project.urls"
WSGI_APPLICATION = "precedent.project.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "precedent.audit",
    "precedent.framework",
    "precedent.places",
    "precedent.catalogue",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "precedent.api.open.OpenToReaders",
    "precedent.web.revision.OneRevision",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "precedent.web.refusals.RefusalPages",
]

DATABASES = {"default": database(ENVIRONMENT) | {"TEST": {"NAME": str(DATA / "test.sqlite3")}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web"],
        "OPTIONS": {"environment": "precedent.web.jinja.environment"},
    }
]

LANGUAGE_CODE = FALLBACK
LANGUAGES = [(language.code, language.name) for language in SPOKEN]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
APPEND_SLASH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no-refusals": {"()": "precedent.project.faults.NoRefusals"}},
    "formatters": {
        "whole": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "line": {
            "()": "precedent.project.faults.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "faults": {
            "class": "precedent.project.faults.FaultFile",
            "filename": str(DATA / "precedent.log"),
            "formatter": "whole",
            "level": "ERROR",
        },
    },
    "root": {"handlers": ["stderr", "faults"], "level": "WARNING"},
    "loggers": {
        "precedent": {"level": "INFO"},
        # The command says it in a sentence of its own.
        "precedent.console": {"handlers": ["faults"], "propagate": False},
        # What a reader asked wrongly is told to the reader.
        "django.request": {"level": "ERROR", "filters": ["no-refusals"]},
        # Anybody can send a wrong Host or a thousand fields, as often as they like.
        "django.security": {"level": "CRITICAL"},
    },
}
