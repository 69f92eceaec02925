"""The settings that people may make: one table of environment variables, each with its default."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """`PRECEDENT_…` variables. The descriptions are printed in `docs/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="PRECEDENT_", frozen=True)

    data: Path = Field(Path("precedent-data"), description="Folder of the database, index, secrets and files.")
    database_url: str = Field(
        "", description="Empty: SQLite in the data folder. Else postgresql://user:password@host:port/name."
    )
    host: str = Field("127.0.0.1", description="Address to listen on. 0.0.0.0 listens on every one.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    hosts: str = Field(
        "localhost,127.0.0.1,[::1]",
        description="Names under which the site may be asked for, separated by commas. *: any.",
    )
    proxies: int = Field(
        0,
        ge=0,
        le=9,
        description="Proxies in front that add X-Forwarded-For. Attempts to sign in are counted by what it says.",
    )
    workers: int = Field(1, ge=1, le=64, description="Web processes. They share one index with one writer.")
    threads: int = Field(4, ge=1, le=256, description="Threads of each web process; each holds a connection.")
    secret_key: SecretStr = Field(SecretStr(""), description="Empty: made on the first start, in the data folder.")
    site: str = Field(
        "",
        description="Address under which people reach the service, for links in mails. Empty: http://localhost:{port}.",
    )
    mail_url: str = Field(
        "",
        description="Empty: mails go into the folder mail of the data folder. "
        "Else smtp://user:password@host:port, or smtps://.",
    )
    mail_from: str = Field("Precedent <precedent@localhost>", description="Sender of the mails.")
    chromium: Path = Field(Path("/usr/bin/chromium"), description="The browser that the tests drive.")

    @field_validator("database_url")
    @classmethod
    def _only_postgresql(cls, url: str) -> str:
        """Another database would be taken for PostgreSQL, and fail later in words nobody understands."""
        if url and urlsplit(url).scheme not in ("postgresql", "postgres"):
            raise ValueError("it begins with postgresql://, or is left empty")
        if url and urlsplit(url).port == 0:
            raise ValueError("its port is none")
        return url

    @field_validator("mail_url")
    @classmethod
    def _only_smtp(cls, url: str) -> str:
        """As above: what is no mail server would be noticed only when the first mail is sent."""
        if url and (urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname):
            raise ValueError("it begins with smtp:// or smtps:// and names a host, or is left empty")
        return url

    @field_validator("site")
    @classmethod
    def _only_http(cls, url: str) -> str:
        """Links in mails begin with it."""
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("it begins with http:// or https:// and names a host, or is left empty")
        return url.rstrip("/")

    @property
    def address(self) -> str:
        """The service's address without a slash at its end."""
        return self.site or f"http://localhost:{self.port}"

    @property
    def is_for_this_machine(self) -> bool:
        """Does it listen where nobody else can ask?"""
        return self.host in ("localhost", "127.0.0.1", "::1")

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return self.data.expanduser().resolve()

    @property
    def allowed_hosts(self) -> list[str]:
        return [name.strip() for name in self.hosts.split(",") if name.strip()]


def database(environment: Environment) -> dict[str, object]:
    """Django's description of the database that the settings ask for."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(environment.folder / "precedent.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes its lock at once, so that two never wait for each other in a circle.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # WAL: readers never wait for the writer. NORMAL: whole after a killed process.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    url = urlsplit(environment.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(environment: Environment) -> dict[str, object]:
    """Django's settings for sending mail: into the data folder, or to the server that the settings name."""
    if not environment.mail_url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(environment.folder / "mail"),
        }
    url = urlsplit(environment.mail_url)
    whole = url.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "",
        "EMAIL_PORT": url.port or (465 if whole else 587 if url.username else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": whole,
        # A password never travels in the clear.
        "EMAIL_USE_TLS": bool(url.username) and not whole,
        "EMAIL_TIMEOUT": 20,
    }
