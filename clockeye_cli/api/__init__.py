"""A thin layer over ClockEye's REST API: every endpoint is one short function.

It works as a library by itself:

    from clockeye_cli.api import endpoints
    from clockeye_cli.api.client import Client

    with Client("https://api.clockeye.ai/v1", key="…", environ=os.environ) as client:
        for entry in endpoints.time_entries(client, start_date="2026-11-16", end_date="2026-11-20"):
            print(entry.id, entry.description)

Instants are whole seconds since 1970 UTC. Failures are errors of `clockeye_cli.errors`, which tell whether
the request may have arrived; no type or error of httpx leaves `connections.py`.
"""
