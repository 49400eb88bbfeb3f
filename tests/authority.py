"""A certificate authority of a test's own."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import os
import shutil
import ssl
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

NAME = "our own ca"
"""In small letters, as OpenSSL hashes it."""


class Authority:
    """A certificate authority, and a certificate for a server on this computer that it has issued.

    Args:
        folder: Where the files are written.

    Attributes:
        file: The authority's certificate.
        context: The server's side of TLS.
    """

    def __init__(self, folder: Path) -> None:
        self.file = str(folder / "ca.pem")
        key, name = ec.generate_private_key(ec.SECP256R1()), self._name(NAME)
        ca = self._builder(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        ca = ca.add_extension(usage, True)
        ca = ca.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        own = ec.generate_private_key(ec.SECP256R1())
        address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        leaf = self._builder(self._name("server"), name, own).add_extension(address, False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
        leaf = leaf.add_extension(issuer, False)
        pem = serialization.Encoding.PEM
        with open(self.file, "wb") as file:
            file.write(ca.sign(key, hashes.SHA256()).public_bytes(pem))
        server = folder / "server.pem"
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        server.write_bytes(own.private_bytes(pem, *plain) + leaf.sign(key, hashes.SHA256()).public_bytes(pem))
        os.chmod(server, 0o600)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(server)

    def hashed_in(self, folder: Path, *, others: int = 0) -> str:
        """A folder as `openssl rehash` leaves it, with this authority and so many others."""
        folder.mkdir()
        # What X509_NAME_hash hashes: the name, without the head of its sequence.
        digest = hashlib.sha1(self._name(NAME).public_bytes()[2:]).digest()
        name = f"{int.from_bytes(digest[:4], 'little'):08x}.0"
        shutil.copy(self.file, folder / name)
        for number in range(others):
            (folder / f"{number:08x}.0").write_text("never read, as no server has its issuer")
        return str(folder)

    def _name(self, text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
    ) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
        )
