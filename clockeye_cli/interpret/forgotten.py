"""The question of `stop`, `start` and `resume` when a timer over `max_timer` ended."""

from __future__ import annotations

from clockeye_cli.core.moment import Moment
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.timer import refuse_changed

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer
    from clockeye_cli.store.state import Write


class Forgotten(NamedTuple):
    """The answer.

    Attributes:
        timer: The timer that was asked about.
        ended_at: The instant at which it ended; None if it is to end now.
    """

    timer: Timer
    ended_at: int | None

    def end(self, write: Write) -> Moment | None:
        """The moment at which the timer ended; None for now.

        Raises:
            ClashError: Another command has changed the timer since the question.
        """
        refuse_changed(timers.running(write.connection), self.timer)
        return None if self.ended_at is None else Moment(self.ended_at)


def ask_when_it_ended(ctx: Context) -> Forgotten | None:
    """Ask when the running timer ended, if it is over `max_timer`; nothing is asked in a script.

    Raises:
        UsageError: There was no answer.
    """
    options = ctx.options
    if options.quiet or options.format or not ctx.can_ask:
        return None
    now, zone = ctx.session.clock(), ctx.zone
    with ctx.store.read() as connection:
        timer = timers.running(connection)
        if timer is None or now - timer.started_at <= ctx.settings.max_timer:
            return None
        from clockeye_cli.tracking.forgotten import proposed_end  # late: timers are rarely forgotten

        names = projects.names(connection)
        proposed = proposed_end(connection, timer, ctx.own_work_hours, now, zone)
    return Forgotten(timer, _answer(ctx, timer, names, proposed, now))


def _answer(ctx: Context, timer: Timer, names: dict[str, str], proposed: int | None, now: int) -> int | None:
    from clockeye_cli.core.duration import clock
    from clockeye_cli.core.moment import first_time, resolve, when_text
    from clockeye_cli.core.phrases import describe, stamp
    from clockeye_cli.core.when import parse_when

    began, zone = timer.started_at, ctx.zone

    def ended_at(text: str) -> int | None:
        if not text and proposed is not None:
            return proposed
        when = parse_when(text)
        if when.shift == 0:
            return None
        at = (first_time(when, began, zone) if when.is_bare else resolve(when, now, zone)).instant
        if not began <= at <= now:
            raise UsageError(f"{stamp(at, zone)} is not between the start, {stamp(began, zone)}, and now.")
        return at

    limit = ctx.settings.value("max_timer").text
    default = "" if proposed is None else f" [{when_text(proposed, zone)}]"
    question = (
        f"{describe(timer, names, zone, now)}: that is {clock(now - began)}, longer than max_timer ({limit})."
        f"\nWhen did it end? A time, or now{default}: "
    )
    return ctx.questions.ask(question, ended_at, "--at WHEN")
