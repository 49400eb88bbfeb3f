"""main(): the fast lane, then the app; the one place where an error becomes a message and an exit code.

The fast lane answers what shell prompts, status bars and the TAB key ask many times an hour, before Typer is
imported.
It takes only arguments that it understands whole; everything else, help and errors included, is the app's.
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
MANY = 200_000
FAST_VALUES = {"--profile": "profile", "-P": "profile", "--format": "format", "--shell": "shell"}
FAST_FLAGS = {"--json": "json", "-q": "quiet", "--quiet": "quiet"}
FAST_COMMANDS = {"status": {"profile", "format", "json", "quiet"}, "prompt": {"profile", "format", "shell"}}


def main() -> NoReturn:
    """The console script."""
    try:
        gc.set_threshold(MANY)  # looking for circles in 100,000 entries takes as long as reading them
        # A process that was started without a stream (`>&-`) has None there.
        nowhere = open(os.devnull, "r+", encoding="utf-8")  # noqa: SIM115 (as long as the process)
        stdin, stdout, stderr = sys.stdin or nowhere, sys.stdout or nowhere, sys.stderr or nowhere
        if sys.argv[1:] == ["--version"]:
            from clockeye_cli.commands.version import version

            code = _ended(lambda: version(stdout), stdout, stderr)
        else:
            from clockeye_cli.session import World

            world = World(os.environ, stdin, stdout, stderr, lambda: int(time.time()))
            code = run(sys.argv[1:], world)
    except KeyboardInterrupt:
        code = INTERRUPTED  # before there was anybody to say it, or while it was said
    # Nothing is left to do, and the interpreter's own end would say what a closed pipe has already told.
    os._exit(code)


def run(args: list[str], world: World) -> int:
    """Run a command line and say how it ended.

    Args:
        args: Without the program's name.
        world: What is around.

    Returns:
        The exit code.
    """
    return _ended(lambda: _run(args, world), world.stdout, world.stderr)


def _ended(work: Callable[[], int], stdout: TextIO, stderr: TextIO) -> int:
    """The exit code of what works, with what it wrote on its way to the reader."""
    try:
        code = work()
        stdout.flush()
        stderr.flush()
    except BrokenPipeError:
        return 0  # whoever read has seen enough; what was written to the store is there
    except OSError as error:
        # The line of success is lost; what it would have told of is in the store all the same.
        from contextlib import suppress

        with suppress(OSError):
            stderr.write(f"clockeye: the output cannot be written: {error.strerror}.\n")
            stderr.flush()
        return 1
    return code


def _run(args: list[str], world: World) -> int:
    from clockeye_cli.context import Context, Options
    from clockeye_cli.session import Session

    ctx = Context(args, Session(world), Options())
    try:
        if not _fast(args, ctx):
            _app(args, ctx)
    except KeyboardInterrupt:
        world.stderr.write("\n")
        return _say(args, ctx, ClockeyeError("Interrupted.", code="interrupted"), INTERRUPTED)
    except ClockeyeError as error:
        return _say(args, ctx, error, error.exit_code)
    except OSError:
        raise
    except Exception as error:
        mistake = ClockeyeError(
            f"A mistake in clockeye itself: {type(error).__name__}: {error}.",
            hint="Nothing half-done is stored. Please report it, with what `--debug` shows.",
            code="mistake",
        )
        mistake.__cause__ = error
        return _say(args, ctx, mistake, 1)
    finally:
        ctx.close()
    return ctx.exit_code


def _app(args: list[str], ctx: Context) -> None:
    from clockeye_cli.cli.argv import arrange

    arranged = arrange(args)
    from clockeye_cli import app
    from clockeye_cli.after import after

    ctx.follow = after
    app.main(arranged, ctx)
    ctx.follow(ctx)


def _say(args: list[str], ctx: Context, error: ClockeyeError, code: int) -> int:
    from clockeye_cli.cli.argv import asks_for_json

    if ctx.options.debug:
        import traceback

        traceback.print_exception(error, file=ctx.world.stderr)
    ctx.out.error(error, json=asks_for_json(args))
    return code


def _fast(args: list[str], ctx: Context) -> bool:
    """Answer `status`, `prompt` and `complete`; False if the arguments are not understood whole."""
    if args[:1] == ["complete"]:
        from clockeye_cli.commands.complete import complete

        complete(ctx, args[1:])
        return True
    given = _understood(args)
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


def _understood(args: list[str]) -> dict[str, str] | None:
    """The options of a fast command by name; None if there is anything that only the app knows."""
    if not args or args[0] not in FAST_COMMANDS:
        return None
    given: dict[str, str] = {}
    left = args[1:]
    while left:
        word = left.pop(0)
        name = FAST_FLAGS.get(word) or FAST_VALUES.get(word, "")
        if name not in FAST_COMMANDS[args[0]] or name in given or (word in FAST_VALUES and not left):
            return None
        given[name] = left.pop(0) if word in FAST_VALUES else "yes"
    # An empty value, or one that is no UTF-8, is refused in the app's words.
    return given if all(value and value.isprintable() for value in given.values()) else None


if __name__ == "__main__":
    main()
