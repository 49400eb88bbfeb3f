"""The faces of the server; those of its keys and users are in `serve_people.py`."""

from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.cli.serve_people import File, keys, users
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

serve = Family(
    "Serve ClockEye's API on this computer.\n\n"
    "For development, for tests, or for a small team. It runs until Ctrl-C; /docs documents the API.",
    "clockeye serve --demo",
    "clockeye serve --port 9000 --data team.db --limits off",
    "clockeye serve keys add laptop --role owner",
)
serve.members["keys"] = keys
serve.members["users"] = users


@serve.run_alone
def serve_root(
    run: Context,
    port: Annotated[int, Option("--port", metavar="N", help="The port; 0 for any free port.")] = 8080,
    host: Annotated[str, Option("--host", metavar="H", help="The address to listen on.")] = "127.0.0.1",
    data: File = "",
    limits: Annotated[
        str,
        Option("--limits", metavar="M,H,D", help="Requests per minute, hour and day for each key; or off."),
    ] = "100,5000,50000",
    demo: Annotated[bool, Option("--demo", help="Serve a demo team from its own file.")] = False,
    faults: Annotated[
        str,
        Option("--faults", metavar="FILE", help="Inject the failures that this file describes."),
    ] = "",
    public_url: Annotated[
        list[str] | None,
        Option(
            "--public-url", metavar="URL", help="A public URL at which a proxy serves the API; repeatable."
        ),
    ] = None,
    log: Annotated[
        str,
        Option("--log", metavar="FILE", help="Log each request as a line of JSON; - for standard output."),
    ] = "",
) -> None:
    """Serve, unless a subcommand is given."""
    from clockeye_cli.commands.serve.serve import serve

    serve(
        run,
        host=host,
        port=port,
        data=data,
        limits=limits,
        demo=demo,
        faults=faults,
        public_urls=public_url or (),
        log=log,
    )


@serve.command(
    "backup",
    "Copy the server's data into a new file, while it serves.",
    "clockeye serve backup team-2026-11.db",
    "clockeye serve backup /mnt/backup/team.db --data team.db",
    "clockeye serve backup team.db --json",
)
def serve_backup(
    run: Context,
    file: Annotated[str, Argument(metavar="FILE", help="The new file.", may_be_empty=False)],
    data: File = "",
) -> None:
    """Back up."""
    from clockeye_cli.commands.serve.backup import backup

    backup(run, file, data=data)


@serve.command(
    "move",
    "Move the server's data from its file into PostgreSQL.",
    "clockeye serve move --to postgresql://clockeye@db.example.com/clockeye",
    "clockeye serve move --from team.db --to postgresql:///clockeye",
    "clockeye serve move --from team.db --to postgresql:///clockeye --json",
)
def serve_move(
    run: Context,
    target: Annotated[str, Option("--to", metavar="URL", help="The PostgreSQL database; it must be empty.")],
    source: Annotated[
        str, Option("--from", metavar="FILE", help="The file with the data, instead of the default one.")
    ] = "",
) -> None:
    """Move."""
    from clockeye_cli.commands.serve.move import move

    move(run, source, target)
