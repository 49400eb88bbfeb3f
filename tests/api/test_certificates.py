"""Whose roots are trusted where the environment names none."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.api.certificates import FEWEST, trusted
from clockeye_cli.errors import UsageError
from tests.authority import Authority
from tests.tcp_server import answer, listening

if TYPE_CHECKING:
    from pathlib import Path


def connects(context: ssl.SSLContext, port: int) -> bool:
    """Whether a connection with these settings comes about."""
    with socket.create_connection(("127.0.0.1", port)) as plain:
        try:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as secure:
                secure.sendall(b"GET / HTTP/1.1\r\n\r\n")
        except ssl.SSLCertVerificationError:
            return False
        return True


def test_the_systems_hashed_folder_is_trusted_and_nothing_of_it_is_read_before(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    folder = authority.hashed_in(tmp_path / "certs", others=FEWEST)
    with listening(answer(b""), tls=authority.context) as server:
        context = trusted({}, folder)
        assert context.get_ca_certs() == []
        assert connects(context, server.port)
        assert not connects(trusted({}, folder + "-of-nobody"), server.port)


def test_a_folder_without_the_systems_list_is_not_used(tmp_path: Path) -> None:
    """As Debian has it without ca-certificates, with the certificate that `ssl-cert` makes for tests."""
    authority = Authority(tmp_path)
    folder = authority.hashed_in(tmp_path / "certs", others=3)
    with listening(answer(b""), tls=authority.context) as server:
        context = trusted({}, folder)
        assert len(context.get_ca_certs()) > 100  # certifi's
        assert not connects(context, server.port)


def test_a_folder_that_is_none_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Cannot read the certificates in .*/nowhere: no such folder"):
        trusted({"SSL_CERT_DIR": f"{tmp_path}/nowhere"})
