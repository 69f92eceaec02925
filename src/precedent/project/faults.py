"""Where faults are written down: one line to the terminal, the whole of it to the log in the data folder."""

import logging
from contextlib import suppress
from logging.handlers import WatchedFileHandler


class OneLine(logging.Formatter):
    """A fault as a line; its traceback is for the log file."""

    def formatException(self, ei: object) -> str:
        return ""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler's traceback is kept on the record, and would be said here too.
        told, record.exc_text = record.exc_text, None
        try:
            line = super().format(record).rstrip()
        finally:
            record.exc_text = told
        if record.exc_info and record.exc_info[1] is not None:
            kind = type(record.exc_info[1])
            line = f"{line} ({kind.__module__}.{kind.__qualname__}; see precedent.log)"
        return line


class NoRefusals(logging.Filter):
    """“Search is coming back” (503) is an answer, and no fault of the service."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", 500) != 503


class FaultFile(WatchedFileHandler):
    """The log in the data folder, opened when there is something to write."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, delay=True, encoding="utf-8")

    def emit(self, record: logging.LogRecord) -> None:
        """Where it cannot be written, the work goes on: the line is on the terminal."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """As above: a full disk shows only here."""
