"""The web server: is its port free, start it, and say so once it answers."""

import errno
import http.client
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import click
from django.conf import settings
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from precedent.kernel.refusals import Conflict, Invalid, Unavailable

PATIENCE = 60.0
"""Seconds the server may take until it answers before we say that something is wrong."""
LAST_WORD = 10
"""Seconds a web process may take to finish its requests when it is stopped."""

LOGGING = {
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "generic"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
}


class PortTaken(Conflict):
    code = "port-taken"
    message = "Port {port} is taken by another program."
    hint = "Choose another: make run PORT={other}, or precedent up with PRECEDENT_PORT={other}."


class PortForbidden(Conflict):
    code = "port-forbidden"
    message = "This account may not listen on port {port}."
    hint = "Choose one above 1023: make run PORT={other}, or precedent up with PRECEDENT_PORT={other}."


class HostUnknown(Invalid):
    code = "host-unknown"
    message = "This machine has no address {host} to listen on."
    hint = "Set PRECEDENT_HOST to one it has: 127.0.0.1 for this machine alone, 0.0.0.0 for every one."


class ServerFailed(Unavailable):
    code = "server-failed"
    message = "The web server stopped, because its processes failed one after the other."
    hint = "The reason is in the lines above and in {log}."


def listening_address() -> str:
    """The numeric address to listen on. Raises HostUnknown."""
    host = settings.ENVIRONMENT.host.strip("[]")
    try:
        found = socket.getaddrinfo(host, settings.ENVIRONMENT.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnknown(host=host) from error
    return str(found[0][4][0])


def reserve_port() -> socket.socket:
    """Take the port before anything slow is done; close what you get when the server runs.

    Raises PortTaken, PortForbidden, HostUnknown.
    """
    address, port = listening_address(), settings.ENVIRONMENT.port
    try:
        held = _bound(address, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(port=port, other=_free_after(address, port)) from error
        if error.errno == errno.EACCES:
            raise PortForbidden(port=port, other=_free_after(address, 7999)) from error
        raise HostUnknown(host=address) from error
    # The web processes share the port in this way; it is ours already, and we never listen.
    if hasattr(socket, "SO_REUSEPORT"):
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return held


def _bound(address: str, port: int) -> socket.socket:
    taken = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((address, port))
    except OSError:
        taken.close()
        raise
    return taken


def _free_after(address: str, port: int) -> int:
    """The next port that is free, for advice."""
    for other in range(port + 1, min(port + 100, 65_536)):
        try:
            _bound(address, other).close()
        except OSError:
            continue
        return other
    return 8000


def _reachable() -> str:
    """An address under which this machine reaches what it listens on."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listening_address(), listening_address())  # noqa: S104


def site() -> str:
    """The address people open."""
    host = _reachable()
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.ENVIRONMENT.port}/"


def _answers() -> bool:
    names = [name for name in settings.ALLOWED_HOSTS if name != "*"] or ["localhost"]
    asked = http.client.HTTPConnection(_reachable(), settings.ENVIRONMENT.port, timeout=5)
    try:
        asked.request("GET", "/healthz", headers={"Host": names[0].lstrip(".")})
        return asked.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _announce(stopping: Callable[[], bool]) -> None:
    """Print the address once the service answers under it."""
    until = time.monotonic() + PATIENCE
    while not stopping() and time.monotonic() < until:
        if _answers():
            click.echo(f"Precedent is ready at {site()}")
            return
        time.sleep(0.05)
    if not stopping():
        click.echo(f"Precedent does not answer at {site()} yet. The reason may be in the lines above.", err=True)


class _Server(MPServer):
    """Granian, which tells when it has started its web processes."""

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        hangup = signal.getsignal(signal.SIGHUP)
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        # Granian would start its processes anew when the terminal is closed. We stop, unless run under nohup.
        signal.signal(signal.SIGHUP, hangup if hangup == signal.SIG_IGN else self.signal_handler_interrupt)
        # Only after the fork: a forked process must not inherit a thread at work.
        threading.Thread(target=_announce, args=(lambda: self.interrupt_signal,), daemon=True).start()


def serve(held: socket.socket) -> None:
    """Serve until stopped by a signal. Raises ServerFailed."""
    environment = settings.ENVIRONMENT
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    server = _Server(
        f"{module}:{name}",
        address=listening_address(),
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.workers,
        blocking_threads=environment.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_WORD,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
        websockets=False,
    )
    # A connection must not be carried across a fork.
    connections.close_all()
    try:
        server.serve()
    except SystemExit as error:
        if error.code:
            raise ServerFailed(log=settings.DATA / "precedent.log") from error
    finally:
        held.close()
