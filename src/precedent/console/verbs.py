"""The verbs of the command. Each parses, asks the rooms below, and shows what they answered."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from precedent import __version__
from precedent.catalogue import queries as catalogue
from precedent.catalogue.bulk import Row
from precedent.console import loading
from precedent.console.telling import Terminal
from precedent.keeping import assets, database, folder
from precedent.keeping import backup as backups
from precedent.keeping import check as checks
from precedent.keeping import restore as restoring
from precedent.keeping.check import Outcome
from precedent.keeping.preparing import prepare
from precedent.keeping.telling import WAITING
from precedent.people.actors import operator
from precedent.search import keeper

as_json = click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object, for programs.")
PATH = click.Path(path_type=Path)


def told(value: object) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="precedent")
def precedent() -> None:
    """Precedent: a searchable database of policies and practices.

    \b
    Start it:           precedent up
    Is it whole:        precedent check
    Keep a copy:        precedent backup monday.zip

    Settings are environment variables, such as PRECEDENT_DATA (folder) and PRECEDENT_PORT.
    """


@precedent.command()
@click.option("--no-serve", is_flag=True, help="Prepare the data folder and stop there.")
def up(no_serve: bool) -> None:
    """Prepare what is missing, then serve.

    The first start makes the data folder, its database and its search index, and loads the starter catalogue.
    Every later start finds them and changes nothing.

    \b
    Example:  PRECEDENT_PORT=8123 PRECEDENT_DATA=~/precedent precedent up
    """
    # The server's library is read by the verbs that serve, and by no other.
    from precedent.console import serving

    held = None if no_serve else serving.reserve_port()
    prepared = prepare(Terminal())
    _report_starter(prepared.refused)
    if held is None:
        click.echo(f"{folder.folder()} is ready: {prepared.entries} entries.")
        return
    with folder.served():
        serving.serve(held)


def _report_starter(refused: Iterable[Row]) -> None:
    for row in refused:
        for finding in row.findings:
            click.echo(f"Starter entry {row.key}, {finding.field}: {finding.message} ({finding.hint})", err=True)


@precedent.command()
def serve() -> None:
    """Serve a data folder that is prepared.

    Changes nothing: where something is missing it says so, and `precedent up` prepares it.

    \b
    Example:  PRECEDENT_HOST=0.0.0.0 PRECEDENT_HOSTS=precedent.example.org precedent serve
    """
    from precedent.console import serving

    held = serving.reserve_port()
    database.must_be_ready()
    assets.must_be_in_place()
    with folder.served():
        serving.serve(held)


@precedent.command()
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be taken in, and take in nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Take in nothing where a single row breaks a rule.")
@click.option("--by", metavar="NAME", help="Who does this, for the history. Else: your account on this machine.")
@click.option("--reason", metavar="TEXT", help="Why, for the history. Else: the names of the files.")
@as_json
def load(
    paths: tuple[Path, ...], dry_run: bool, all_or_nothing: bool, by: str | None, reason: str | None, as_json: bool
) -> int:
    """Take in entries from files.

    JSON lines (.jsonl), answers of the API (.json), tables (.csv), workbooks (.xlsx) and forms (.docx), with the
    keys that data/README.md tells. Every row is read and judged first. A row that breaks a rule is named with its
    file, line, field, reason and remedy; the good ones are taken in. Loading a file twice adds nothing: a row is
    known by its "id", and where it has none, by its text. What the catalogue holds already is never changed.

    With --dry-run --json each row is printed as the "document" it was understood to be, with its "findings".

    \b
    Examples:  precedent load --dry-run practices.xlsx
               precedent load practices.csv --by "Editors' desk" --reason "Survey of 2026"
               precedent load --all-or-nothing --json a.jsonl b.docx
    """
    database.must_be_ready()
    judged = loading.judge(paths)
    if not as_json:
        loading.show(judged)
    refused = any(part.findings for part in judged)
    nothing = dry_run or (all_or_nothing and refused)
    taken = {} if nothing else _take_in(paths, judged, by, reason, all_or_nothing)
    if as_json:
        for piece in loading.as_json(paths, judged, taken, dry_run=dry_run):
            click.echo(piece, nl=False)
        click.echo()
    else:
        click.echo(loading.summary(judged, taken, dry_run=dry_run, nothing=nothing))
    return 1 if refused else 0


def _take_in(
    paths: tuple[Path, ...], judged: list[loading.Judged], by: str | None, reason: str | None, at_once: bool
) -> dict[str, str]:
    terminal = Terminal()
    with terminal.progress("Loading entries") as progress:
        taken = loading.take_in(paths, judged, reason, progress, at_once=at_once, by=operator(by))
    with terminal.progress("Indexing entries") as progress:
        keeper.catch_up(progress, wait=True)
    return taken


@precedent.command()
@click.option("--rebuild", is_flag=True, help="Build it anew, even where nothing is wrong with it.")
@as_json
def index(rebuild: bool, as_json: bool) -> None:
    """Bring the search index up to date.

    Where it is lost or damaged, it is built anew. Readers are answered from the old index until the new one takes
    its place.

    \b
    Example:  precedent index --rebuild
    """
    database.must_be_ready()
    before = keeper.faults()
    with Terminal().progress("Indexing entries") as progress:
        if rebuild:
            keeper.rebuild(progress)
        else:
            keeper.catch_up(progress, wait=True)
    entries = catalogue.count()
    if as_json:
        told({"entries": entries, "found": before, "rebuilt": rebuild})
        return
    for fault in before:
        click.echo(f"Was: {fault}", err=True)
    click.echo(f"The search index is up to date: {entries} entries.")


@precedent.command()
@as_json
def check(as_json: bool) -> int:
    """Say whether everything is whole.

    Looks at settings, folder, database, audit chain, the links between records, and the search index. Changes
    nothing. Says what is wrong and what to do about it, and ends with exit code 1.

    \b
    Example:  precedent check --json
    """
    outcomes = []
    for outcome in checks.run():
        outcomes.append(outcome)
        if not as_json:
            _show_outcome(outcome)
    good = not any(outcome.problems or outcome.skipped for outcome in outcomes)
    if as_json:
        told(
            {"ok": good, "checks": [_outcome(o) for o in outcomes], "catalogue": checks.facts() if good else None}
        )
    return 0 if good else 1


def _show_outcome(outcome: Outcome) -> None:
    if outcome.skipped:
        click.echo(f"–     {outcome.check.name}: not looked at, because of what is wrong above")
    elif not outcome.problems:
        click.echo(f"ok    {outcome.check.name}: {outcome.check.whole}")
    for problem in outcome.problems:
        click.echo(f"wrong {outcome.check.name}: {problem.message} {problem.hint}")


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.check.name,
        "ok": not outcome.problems and not outcome.skipped,
        "skipped": outcome.skipped,
        "problems": [{"message": p.message, "hint": p.hint} for p in outcome.problems],
    }


@precedent.command()
@click.argument("file", type=PATH)
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@as_json
def backup(file: Path, force: bool, as_json: bool) -> None:
    """Write a consistent copy of the catalogue to FILE.

    Also while the service runs; what was written is read again and proven. It is a ZIP file with the database and
    a manifest of checksums. The search index is not in it, being made again from the rest; nor is the secret key,
    which has no business where backups go: without it people sign in again.

    \b
    Example:  precedent backup monday.zip
    """
    database.must_be_sqlite("back up", "Use pg_dump --format=custom, and pg_restore to put it back.")
    database.must_be_ready()
    file = file.expanduser().absolute()
    terminal = Terminal()
    with folder.alone(lambda: terminal.note(WAITING)) as work, terminal.progress("Writing the backup") as progress:
        manifest = backups.write(file, work, progress, replace=force)
    if as_json:
        told({"file": str(file), "size": file.stat().st_size, **manifest.model_dump(mode="json")})
        return
    click.echo(f"{file}: {manifest.entries} entries, written and proven.\nContent {manifest.content_hash}")


@precedent.command()
@click.argument("file", type=PATH)
@as_json
def restore(file: Path, as_json: bool) -> None:
    """Put a backup in the catalogue's place.

    Also while the service runs. The backup is proven to its last byte before anything is touched, and what is
    there now is kept as a backup in the data folder. Into an empty data folder it restores as well.

    \b
    Example:  precedent restore monday.zip
    """
    database.must_be_sqlite("restore", "Use pg_restore with a file that pg_dump --format=custom wrote.")
    terminal = Terminal()
    restored = restoring.restore(file.expanduser().absolute(), terminal)
    with terminal.progress("Indexing entries") as progress:
        keeper.catch_up(progress, wait=True)
    manifest = restored.manifest
    if as_json:
        safety = str(restored.safety) if restored.safety else None
        told({"file": str(file), "before": safety, **manifest.model_dump(mode="json")})
        return
    click.echo(f"Restored {manifest.entries} entries as of {manifest.created:%Y-%m-%d %H:%M:%S} UTC.")
    click.echo(f"Content {manifest.content_hash}")
