"""Which certificate authorities are trusted: the environment's, else the system's, else those of certifi."""

from __future__ import annotations

import os
import ssl

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 20
"""A folder with fewer authorities is not the system's list: Debian's `ssl-cert` alone adds one of its own."""

HASH_DIGITS = 8

KEY_LOG = "SSLKEYLOGFILE"
"""Python opens this file, for the secrets of TLS connections, with the settings (`ssl`)."""


def trusted(environ: Mapping[str, str], system_folder: str | None = None) -> ssl.SSLContext:
    """The settings of TLS connections, with the authorities to trust.

    CLOCKEYE_CA_FILE beats SSL_CERT_FILE and SSL_CERT_DIR, and all of them replace the other authorities. From
    a folder with files named by hashes (see `openssl rehash`), OpenSSL reads only the file that it needs.
    Parsing a file with 140 certificates takes as long as starting Python.

    Args:
        environ: CLOCKEYE_CA_FILE, SSL_CERT_FILE, SSL_CERT_DIR (folders, separated as in PATH).
        system_folder: The system's folder of certificates; None for OpenSSL's.

    Raises:
        UsageError: What the environment names cannot be read.
    """
    file = environ.get("CLOCKEYE_CA_FILE", "")
    folder = "" if file else environ.get("SSL_CERT_DIR", "")
    file = file or environ.get("SSL_CERT_FILE", "")
    try:
        if folder and not any(map(os.path.isdir, folder.split(os.pathsep))):
            raise NotADirectoryError("no such folder")
        if file or folder:
            return ssl.create_default_context(cafile=file or None, capath=folder or None)
        folder = system_folder or ssl.get_default_verify_paths().openssl_capath
        if _is_hashed(folder):
            return ssl.create_default_context(capath=folder)
        import certifi

        return ssl.create_default_context(cafile=certifi.where())
    except OSError as error:
        if error.filename is not None and error.filename == os.environ.get(KEY_LOG):
            raise UsageError(
                f"Cannot write to {error.filename}, which {KEY_LOG} names: {error.strerror}.",
                hint=f"Unset it: unset {KEY_LOG}",
            ) from error
        raise UsageError(
            f"Cannot read the certificates in {file or folder}: {error}.",
            hint="Set CLOCKEYE_CA_FILE to a PEM file.",
        ) from error


def _is_hashed(folder: str) -> bool:
    """Whether a folder holds the system's authorities in files named by hashes, such as `5ed36f99.0`."""
    try:
        names = os.listdir(folder)
    except OSError:
        return False
    hashed = [name for name in names if len(name) == HASH_DIGITS + 2 and name.endswith(".0")]
    return len(hashed) >= FEWEST
