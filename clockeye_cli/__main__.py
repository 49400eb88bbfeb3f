"""main(): the fast lane, then the app; the only place where an error becomes a message and an exit code.

The fast lane serves shell prompts, status bars and the TAB key, which run many times an hour, before Typer is
imported. It handles only command lines that it understands completely; everything else, help and errors
included, goes to the app.
"""

from __future__ import annotations

import gc
import os
import sys
import time

from clockeye_cli.errors import ClockeyeError

TYPE_CHECKING = False  # typing's own would make `--version` pay for typing
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn, TextIO

    from clockeye_cli.context import Context
    from clockeye_cli.session import World

INTERRUPTED = 130
STORAGE = 7
MANY = 200_000
FAST_VALUES = {"--profile": "profile", "-P": "profile", "--format": "format", "--shell": "shell"}
FAST_FLAGS = {"--json": "json", "-q": "quiet", "--quiet": "quiet"}
FAST_COMMANDS = {"status": {"profile", "format", "json", "quiet"}, "prompt": {"profile", "format", "shell"}}


def main() -> NoReturn:
    """The console script."""
    try:
        gc.set_threshold(MANY)  # searching 100,000 entries for cycles takes as long as reading them
        # In a process that was started without a stream (`>&-`), it is None.
        nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115 (open for the life of the process)
        stdin = sys.stdin or nowhere
        stdout, stderr = _complete(sys.stdout or nowhere), _complete(sys.stderr or nowhere)
        if sys.argv[1:] == ["--version"]:
            from clockeye_cli.commands.version import version

            code = _exit_code_of(lambda: version(stdout), stdout, stderr)
        else:
            from clockeye_cli.session import World

            world = World(os.environ, stdin, stdout, stderr, lambda: int(time.time()))
            code = run(sys.argv[1:], world)
    except KeyboardInterrupt:
        code = INTERRUPTED  # before the error could be reported, or while it was being written
    # Skips the interpreter's shutdown, which would report a closed pipe a second time.
    os._exit(code)


def run(args: list[str], world: World) -> int:
    """Run a command line.

    Args:
        args: Without the program's name.
        world: The environment, the streams and the clock.

    Returns:
        The exit code.
    """
    return _exit_code_of(lambda: _run(args, world), world.stdout, world.stderr)


def _exit_code_of(work: Callable[[], int], stdout: TextIO, stderr: TextIO) -> int:
    """The exit code of a run, once its output has been flushed."""
    code = 0
    try:
        code = work()
        stdout.flush()
        stderr.flush()
    except BrokenPipeError:
        return 0  # the reader has seen enough; changes to the store are committed
    except OSError as error:
        # The success message is lost, but the change that it reports is stored.
        from contextlib import suppress

        with suppress(OSError):
            if code != STORAGE:  # else it has been reported
                stderr.write(f"clockeye: Cannot write to standard output: {error.strerror}.\n")
            stderr.flush()
        return STORAGE
    return code


def _complete(stream: TextIO) -> TextIO:
    """A stream that writes everything or fails, as one of Python's own does where it has a buffer."""
    if hasattr(stream.buffer, "raw") and os.get_blocking(stream.fileno()):
        return stream
    from clockeye_cli.output.streams import buffered

    return buffered(stream)


def _run(args: list[str], world: World) -> int:
    from clockeye_cli.context import Context, Options
    from clockeye_cli.session import Session

    ctx = Context(args, Session(world), Options())
    try:
        if not _fast(args, ctx):
            _app(ctx)
    except KeyboardInterrupt:
        world.stderr.write("\n")
        return _report(ctx, ClockeyeError("Interrupted.", code="interrupted"), INTERRUPTED)
    except ClockeyeError as error:
        return _report(ctx, error, error.exit_code)
    except BrokenPipeError:
        raise
    except Exception as error:
        # An impossible value in a damaged store can break anything that works with it, system calls included.
        reported = ctx.session.damage()
        if reported is None and isinstance(error, OSError):
            raise
        reported = reported or ClockeyeError(
            f"Internal error: {type(error).__name__}: {error}. This is a bug in clockeye.",
            hint="No partial change was stored. Please report it with the output of `--debug`.",
            code="mistake",
        )
        reported.__cause__ = error
        return _report(ctx, reported, reported.exit_code)
    finally:
        ctx.close()
    return ctx.exit_code


def _app(ctx: Context) -> None:
    from clockeye_cli.cli.aliases import expanded
    from clockeye_cli.cli.argv import arrange

    ctx.args = expanded(ctx.args, ctx)
    arranged = arrange([*ctx.args])
    from clockeye_cli import app
    from clockeye_cli.after import after

    ctx.follow, ctx.session.run_line = after, run
    app.main(arranged, ctx)
    ctx.follow(ctx)


def _report(ctx: Context, error: ClockeyeError, code: int) -> int:
    from clockeye_cli.cli.argv import asks_for_json

    if ctx.options.debug:
        import traceback

        traceback.print_exception(error, file=ctx.world.stderr)
    if ctx.options.profile:
        from clockeye_cli.core.command_lines import in_profile

        error.hint = in_profile(error.hint, ctx.options.profile)
    ctx.out.error(error, json=asks_for_json([*ctx.args]))
    return code


def _fast(args: list[str], ctx: Context) -> bool:
    """Answer `status`, `prompt` and `complete`; False if any argument is not understood."""
    if args[:1] == ["complete"]:
        from clockeye_cli.commands.complete import complete

        complete(ctx, args[1:])
        return True
    given = _fast_options(args)
    if given is None:
        return False
    from clockeye_cli.context import Options

    ctx.choose(Options(given.get("profile", ""), "quiet" in given, format="json" if "json" in given else ""))
    ctx.session.is_in_a_hurry = True
    if args[0] == "status":
        from clockeye_cli.commands.status import status

        status(ctx, template=given.get("format", ""))
    else:
        from clockeye_cli.commands.prompt import prompt

        prompt(ctx, template=given.get("format", ""), shell=given.get("shell", ""))
    return True


def _fast_options(args: list[str]) -> dict[str, str] | None:
    """The options of a fast command by name; None if any argument is one that only the app understands."""
    if not args or args[0] not in FAST_COMMANDS:
        return None
    given: dict[str, str] = {}
    words = args[1:]
    while words:
        word = words.pop(0)
        name = FAST_FLAGS.get(word) or FAST_VALUES.get(word, "")
        if name not in FAST_COMMANDS[args[0]] or name in given or (word in FAST_VALUES and not words):
            return None
        given[name] = words.pop(0) if word in FAST_VALUES else "yes"
    # The app refuses an empty value, or one that is not UTF-8.
    return given if all(value and value.isprintable() for value in given.values()) else None


if __name__ == "__main__":
    main()
