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
    workers: int = Field(1, ge=1, le=64, description="Web processes. They share one index with one writer.")
    threads: int = Field(4, ge=1, le=256, description="Threads of each web process; each holds a connection.")
    secret_key: SecretStr = Field(SecretStr(""), description="Empty: made on the first start, in the data folder.")
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
