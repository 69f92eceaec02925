"""Django's settings, made from the environment. Nothing here reads or writes more than the secret key."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from precedent.kernel.languages import FALLBACK
from precedent.kernel.languages import LANGUAGES as SPOKEN
from precedent.project.environment import Environment, database, mail

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
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "precedent.audit",
    "precedent.notices",
    "precedent.people",
    "precedent.framework",
    "precedent.places",
    "precedent.catalogue",
    "precedent.roundtables",
    "precedent.calls",
    "precedent.submissions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "precedent.api.open.OpenToReaders",
    "precedent.web.revision.OneRevision",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "precedent.web.page.Framed",
    "precedent.web.access.Access",
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

# ---------- accounts: how people sign in ----------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "precedent.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "precedent.people.passwords.Uncommon"},
    {"NAME": "precedent.people.passwords.UnlikeTheirName"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
LOGIN_URL = "account_login"

ACCOUNT_ADAPTER = "precedent.people.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Behind a proxy everybody has its address; it says for whom it asks.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_ADAPTER = "precedent.people.accounts.SecondFactor"
# Passkeys need a script; every page here works without one.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Precedent"
# A code of the half minute before or after: clocks differ.
MFA_TOTP_TOLERANCE = 1

# ---------- sessions and forms ----------

SITE = ENVIRONMENT.address
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE.startswith("https:")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A proxy in front may speak https: the browser then names that address as the origin of its forms.
CSRF_TRUSTED_ORIGINS = [SITE]
CSRF_FAILURE_VIEW = "precedent.web.access.stale"
# In a cookie, so that a reader who was just signed out needs no session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
# Text of one form. Files are counted where they are taken in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000

# ---------- mail ----------

globals().update(mail(ENVIRONMENT))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
MAIL_FOLDER = DATA / "mail"
# At the machine itself, and where nothing but it can ask.
MAIL_IS_SHOWN = not ENVIRONMENT.mail_url and ENVIRONMENT.is_for_this_machine

# ---------- languages ----------

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
