"""The `desk` command. Each subcommand is a module of bot/commands; this one names them and reads the settings."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from bot.commands.ask import ask
from bot.commands.audit import audit
from bot.commands.builds import builds
from bot.commands.cancellation import cancellation
from bot.commands.doctor import doctor
from bot.commands.drafts import drafts
from bot.commands.evaluate import evaluate
from bot.commands.fetch import fetch
from bot.commands.ingest import ingest
from bot.commands.plain_faults import PlainFaults
from bot.commands.recall import recall
from bot.commands.report import report
from bot.commands.rulings import rulings
from bot.commands.run import run
from bot.commands.search import search
from bot.commands.session import Session
from bot.commands.show import show
from bot.settings import load_settings

app = typer.Typer(
    name="desk",
    cls=PlainFaults,
    help="Answers crime-recording questions (England and Wales) from the rules themselves, with cited passages.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: read in logs, pipes and narrow windows alike
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"desk {version('recording-desk')}")
        except PackageNotFoundError:  # run from a working tree that `make setup` has not been to
            typer.echo("desk, of a version that was not installed")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read the settings, unless a test has put a session of its own there."""
    if context.obj is None:
        context.obj = Session(load_settings(os.environ))


app.command()(run)
app.command()(ask)
app.command()(search)
app.command()(ingest)
app.command()(fetch)
app.add_typer(drafts, name="drafts")
app.add_typer(builds, name="builds")
app.add_typer(audit, name="audit")
app.add_typer(rulings, name="rulings")
app.command()(show)
app.command()(recall)
app.command()(report)
app.add_typer(cancellation, name="cancellation")
app.command()(evaluate)
app.command()(doctor)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A question or a passage may hold what the terminal's encoding lacks; that is no reason to fall over.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace" if stream is sys.stdin else "backslashreplace")
    app()


if __name__ == "__main__":
    main()
