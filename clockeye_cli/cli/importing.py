"""The faces for moving from another tracker: import and imports."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family, examples
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye import toggl.csv --dry-run      # shows everything, stores nothing",
    "clockeye import 2024.csv 2025.csv 2026.csv",
    "clockeye import --as watson              # from Watson's own place",
    "clockeye import --as timewarrior --project-from tags:website,admin",
    "clockeye import harvest.csv --map names.toml",
    writes=True,
)
def import_(
    run: Context,
    files: Annotated[
        list[str] | None,
        Argument(
            metavar="[FILE|FOLDER|-]...", help="Files, folders, or - for standard input.", may_be_empty=False
        ),
    ] = None,
    sources: Annotated[
        bool, Option("--sources", help="List the programs, and what is kept from each.")
    ] = False,
    source: Annotated[str, Option("--as", metavar="NAME", help="Read the files as this program's.")] = "",
    map_file: Annotated[
        str,
        Option("--map", metavar="FILE", help="A file that says what names become here; created if missing."),
    ] = "",
    zone: Annotated[str, Option("--zone", metavar="ZONE", help="The time zone of the file.")] = "",
    dates: Annotated[
        str, Option("--dates", metavar="iso|dmy|mdy", help="The order of the file's dates.")
    ] = "",
    encoding: Annotated[
        str, Option("--encoding", metavar="NAME", help="The encoding of the file, such as latin-1.")
    ] = "",
    user: Annotated[str, Option("--user", metavar="EMAIL", help="Only the rows of this person.")] = "",
    project_from: Annotated[
        str,
        Option(
            "--project-from",
            metavar="RULE",
            help="Which tag is the project: prefix:project:, tags:A,B, known, none.",
        ),
    ] = "",
    task: Annotated[
        str,
        Option(
            "--task", metavar="tag|description|project|drop", help="What becomes of tasks; by default a tag."
        ),
    ] = "",
    first: Annotated[str, Option("--from", metavar="DAY", help="The first day to import.")] = "",
    last: Annotated[str, Option("--to", metavar="DAY", help="The last day to import.")] = "",
    update: Annotated[
        bool, Option("--update", help="Update entries whose rows have changed since the last import.")
    ] = False,
    partial: Annotated[
        bool, Option("--partial", help="Store what can be stored, despite bad rows or totals that differ.")
    ] = False,
    yes: o.Yes = False,
) -> None:
    """The source is recognised by the content. At a terminal, everything is shown before one question.

    Rows that are stored already are not stored again, whatever file and order they come in.
    """
    from clockeye_cli.commands.import_ import import_, list_sources
    from clockeye_cli.interpret.importing import ImportOptions

    if sources:
        list_sources(run)
        return
    options = ImportOptions(
        source,
        map_file,
        zone,
        dates,
        encoding,
        user,
        project_from,
        task,
        first,
        last,
        update=update,
        partial=partial,
    )
    import_(o.answered(run, yes), files or [], options)


imports = Family(
    "List the imports, and undo one.\n\nWithout a subcommand, lists the imports.",
    "clockeye imports",
    "clockeye imports list --json",
    "clockeye imports undo 3",
)


@imports.command("list", "List the imports.", "clockeye imports list --json", is_alone=True)
def imports_list(run: Context, columns: o.Columns = "", save: o.Save = "", force: o.Force = False) -> None:
    """List the imports."""
    from clockeye_cli.commands.imports.list import list_imports

    list_imports(o.listing(run, columns, save=save, force=force))


@imports.command(
    "undo",
    "Undo an import; entries that were edited or billed since then stay.",
    "clockeye imports undo 3",
    writes=True,
)
def imports_undo(
    run: Context,
    number: Annotated[str, Argument(metavar="N", help="The number of the import.")],
    yes: o.Yes = False,
) -> None:
    """Take an import back."""
    from clockeye_cli.commands.imports.undo import undo_import

    undo_import(o.answered(run, yes), number)
