"""Where the command starts and ends: settings read, a verb run, and whatever went wrong said in a sentence."""

import logging
import os
import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

log = logging.getLogger(__name__)

REFUSED = 1
USAGE = 2
INTERRUPTED = 130


def main() -> None:
    """The console script."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a verb; the exit code: 0 done, 1 refused, 2 not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "precedent.project.settings")
    try:
        django.setup()
    except ValidationError as error:
        return _settings_wrong(error)
    except (OSError, ImproperlyConfigured) as error:
        return _say(
            f"Precedent cannot start: {error}.", "Check the PRECEDENT_… settings and the data folder.", USAGE
        )
    return _run_verb(arguments)


def _run_verb(arguments: list[str]) -> int:
    # Read only now: the verbs reach down to the models, which need the settings.
    from precedent.console.framework import framework
    from precedent.console.people import person
    from precedent.console.template import template
    from precedent.console.verbs import precedent
    from precedent.console.vocabulary import vocabulary

    for verb in (template, person, framework, vocabulary):
        precedent.add_command(verb)

    try:
        code = precedent.main(arguments, prog_name="precedent", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", "", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read us has seen enough; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    # A panic of the search library is no Exception.
    except BaseException as error:
        return _failed(error)


def _failed(error: BaseException) -> int:
    from precedent.keeping.explaining import explained
    from precedent.keeping.folder import folder

    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else REFUSED
    if refusal := explained(error):
        return _say(str(refusal), refusal.advice, REFUSED)
    log.critical("Unexpected fault in: precedent %s", " ".join(sys.argv[1:]), exc_info=error)
    kind = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    hint = f"Nothing half done is kept. The details are in {folder() / 'precedent.log'}; please report them."
    return _say(f"Something went wrong on our side ({kind}).", hint, REFUSED)


def _settings_wrong(error: ValidationError) -> int:
    for wrong in error.errors():
        name = f"PRECEDENT_{wrong['loc'][0]}".upper() if wrong["loc"] else "PRECEDENT_…"
        # What stands in a secret or an address with a password is not repeated.
        given = f" “{wrong['input']}”" if isinstance(wrong["input"], str) and "URL" not in name else ""
        _say(f"The setting {name}{given} is not right: {wrong['msg'].removeprefix('Value error, ')}.", "", USAGE)
    return USAGE


def _say(message: str, hint: str, code: int) -> int:
    click.echo(f"{message}\n{hint}".strip(), err=True)
    return code
