"""`clockeye screenshots`: list screenshots, download them, or put them on a contact sheet."""

from __future__ import annotations

from clockeye_cli.core.origin import is_loopback
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import Mine
from clockeye_cli.errors import ClockeyeError, PartlyDoneError, StorageError, UsageError
from clockeye_cli.files import make_folder
from clockeye_cli.interpret.account_days import say_pulled
from clockeye_cli.interpret.filters import by_ids
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.interpret.whose import whose_of
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.output.pictures import SAFE_ID, embedded, file_of, keep
from clockeye_cli.present.screenshots import (
    COLUMNS,
    META,
    screenshot_list,
    screenshot_sheet,
    screenshot_table,
)
from clockeye_cli.sync.account import INTERACTIVE_SECONDS, connect
from clockeye_cli.sync.screenshots import Pictures, read_screenshots, with_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Filter, TypedPeriod
    from clockeye_cli.sync.screenshots import Screenshot

SHEET = {"html": ".html"}
"""The format that only this command has, with its ending."""

MOST_ON_SHEET = 64 * 1024 * 1024
"""Bytes of pictures, so that browsers can still open the page."""

SHAPE = JsonShape(COLUMNS, META, is_list=True, has_meta=True)


class Fetched(NamedTuple):
    """The pictures, by the ids of their screenshots.

    Attributes:
        files: The paths of the files, including existing ones.
        embedded: The pictures as embedded in a sheet.
        failed: The reasons why pictures are missing.
        new: How many files are new.
    """

    files: dict[str, str]
    embedded: dict[str, str]
    failed: dict[str, str]
    new: int


def screenshots(ctx: Context, typed_period: TypedPeriod, filters: Filter, *, download: str = "") -> None:
    """List screenshots, save their pictures in a folder, or put them on a sheet (`--save FILE.html`).

    Args:
        ctx: What the command works with.
        typed_period: The period; this week by default.
        filters: The user, and conditions for their entries.
        download: A folder; empty for none.

    Raises:
        ClashError: The profile has no account.
        PartlyDoneError: Some pictures could not be downloaded; each is named.
        StorageError: The folder or a file cannot be written.
    """
    if filters.is_unbilled:
        raise UsageError("Screenshots cannot be listed by what was billed.", hint="Leave --unbilled out.")
    is_sheet = bool(ctx.out.check_save(SHEET))
    period = period_of(ctx, typed_period, "week")
    access = ctx.access()
    wanted = by_ids(ctx, filters)
    patience = None if download or is_sheet else INTERACTIVE_SECONDS
    with connect(ctx.store, access, patience=patience) as account:
        whose = whose_of(ctx, account, wanted.whose)
        with ctx.out.progress("Reading") as each:
            listed, pulled = read_screenshots(account, period, ctx.rule, whose=whose, each=each)
        is_unclear = isinstance(whose, Mine) and account.user_id is None
    say_pulled(ctx, pulled)
    fitting = [shot for shot in with_entries(ctx.store, listed) if shot.fits(wanted)]
    shots = [shot for shot in fitting if not (is_unclear and shot.remote.user_id)]
    with Pictures(access.environ, may_be_here=is_loopback(access.url)) as pictures:
        fetched = _fetch(ctx, pictures, shots, download, is_sheet=is_sheet)
    _show(ctx, period, shots, fetched, download, is_sheet=is_sheet)
    if left_out := len(fitting) - len(shots):
        count = counted(left_out, "screenshot is", "screenshots are")
        ctx.out.notice(
            f"{count} left out, since your user on the account is unknown. Use `--user all` to show them."
        )
    if fetched.failed:
        named = [f"{_named(key)}: {why}" for key, why in fetched.failed.items()]
        raise PartlyDoneError(
            "\n".join([f"{len(named)} of {len(shots)} pictures are missing:", *named]),
            hint="Run the same command again to retry them.",
        )


def _show(
    ctx: Context,
    period: Period,
    shots: Sequence[Screenshot],
    fetched: Fetched,
    folder: str,
    *,
    is_sheet: bool,
) -> None:
    """Write the sheet, say what was downloaded, or list the screenshots."""
    table = screenshot_table(ctx, period, shots, fetched.files)
    skipped = len(fetched.files) - fetched.new
    done = f"Downloaded {fetched.new} to {folder}" + (f"; {skipped} already existed." if skipped else ".")
    if is_sheet:
        sheet = screenshot_sheet(ctx, period, shots, fetched.embedded, fetched.failed)
        ctx.out.file([sheet.encode("utf-8", "backslashreplace")])()
        if folder:
            ctx.out.notice(done)
    elif folder:
        ctx.out.done(done if shots else table.empty, table)
    else:
        ctx.out.table(table, look=lambda width: [screenshot_list(ctx, shots, width)])


def _fetch(
    ctx: Context, pictures: Pictures, shots: Sequence[Screenshot], folder: str, *, is_sheet: bool
) -> Fetched:
    """Get the pictures that are needed: those missing in the folder, and all for a sheet."""
    files: dict[str, str] = {}
    on_sheet: dict[str, str] = {}
    failed: dict[str, str] = {}
    new = held = 0
    if folder and shots:
        _make(folder)
    with ctx.out.progress("Downloading") as each:
        for number, shot in enumerate(shots if folder or is_sheet else ()):
            each(number, len(shots))
            key = shot.remote.id
            try:
                path = file_of(folder, key) if folder else ""
                has_room = is_sheet and held < MOST_ON_SHEET
                content = pictures.get(shot.remote.url) if path is None or has_room else b""
                if folder:
                    files[key] = path or keep(folder, key, content)
                    new += path is None
                if has_room:
                    on_sheet[key] = embedded(content)
                    held += len(content)
                elif is_sheet:
                    failed[key] = "The sheet is full; choose a shorter period."
            except StorageError:
                raise
            except ClockeyeError as error:
                failed[key] = error.message
    return Fetched(files, on_sheet, failed, new)


def _make(folder: str) -> None:
    try:
        make_folder(folder, is_private=False)
    except OSError as error:
        raise StorageError(f"Cannot create the folder {folder}: {error.strerror}.") from error


def _named(key: str) -> str:
    """An id as it is shown: in a single line, with unsafe characters escaped."""
    return key if SAFE_ID.fullmatch(key) else ascii(key[:60])
