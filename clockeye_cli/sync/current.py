"""Reads the account's current version of an entry that it had before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clockeye_cli.api import endpoints, wire
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, NoAnswerError, RejectedError
from clockeye_cli.sync.made_again import made_again

if TYPE_CHECKING:
    from clockeye_cli.store.remote import Seen
    from clockeye_cli.sync.account import Account


def current_entry(account: Account, seen: Seen, *, follow: bool = False) -> wire.RemoteEntry | None:
    """The entry as the account has it now; None if it is gone.

    It is gone if the service says so of its id, and the list of its days answers and does not contain it: who
    answers 404 to everything says nothing about an entry.

    Args:
        account: The account.
        seen: The entry as last read.
        follow: Whether one that was made there again is the entry, too: then it has its id from now on.

    Raises:
        NoAnswerError: Also if the service refuses to list the entry's days.
        ClockeyeError: What `Client.request` raises.
    """
    remote_entry = endpoints.time_entry(account.client, seen.account_id)
    if remote_entry is not None:
        return remote_entry
    started_at = wire.instant(seen.fields.get("start_time"))
    try:
        listing = endpoints.entry_listing(
            account.client,
            start_date=None if started_at is None else utc_day(started_at, -1),
            end_date=None if started_at is None else utc_day(started_at, 1),
            user_id=wire.user_id_of(seen.fields) or account.user_id,
        )
    except (RejectedError, KeyMissingError) as error:
        raise NoAnswerError(
            f"ClockEye does not find {seen.account_id}, but lists no entries either.", hint=error.message
        ) from error
    row = next((row for row in listing.rows if wire.id_of(row) == seen.account_id), None)
    if row is not None:
        return wire.entry(row)
    return made_again(account, seen, listing.rows) if follow else None


def refuse_if_present(account: Account, seen: Seen) -> None:
    """Check an answer that an entry is gone.

    Raises:
        NoAnswerError: The account still has it, so that answer was not about the entry.
    """
    if current_entry(account, seen) is not None:
        raise NoAnswerError(f"ClockEye said that {seen.account_id} does not exist, but still has it.")


def utc_day(instant: int, days: int) -> str:
    """The UTC day of an instant, and so many days later, as the API writes it: `2026-11-20`."""
    return (datetime.fromtimestamp(instant, UTC) + timedelta(days=days)).date().isoformat()
