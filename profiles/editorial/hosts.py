"""Where a host is, and whether that is the public internet; asked once, since a second answer may be another."""

import ipaddress
import re
import socket
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NoReturn

from django.conf import settings


class FetchError(ValueError):
    """A page that could not or may not be fetched; the message is for the editor, and no server makes it long."""

    def __init__(self, message: str) -> None:
        super().__init__(message if len(message) <= 1000 else f"{message[:1000]}...")


_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# IANA's special-purpose registries. Older Pythons take some of these for global, so they are written out.
_NOT_PUBLIC: tuple[_Network, ...] = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # A public number that one cloud answers its own machines' questions at.
        "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Letters, digits, hyphens and underscores between dots: what names on the web are made of, once spelt in ASCII.
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?", re.ASCII)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.ASCII)
# The web's own ports, and those that any account may serve at: none of mail, files or shells.
_PORTS = (80, 443)
_MOST_ADDRESSES = 8


def plain_host(host: str) -> str:
    """A host's name in ASCII, or its address as it is usually written. FetchError for any other notation.

    `0x7f.1`, `2130706433`, `127.1` and `fe80::1%eth0` are notations of addresses that only attackers use.
    """
    if ":" in host:
        try:
            plain = ipaddress.IPv6Address(host)
        except ValueError:
            _refuse(host)
        if plain.scope_id:
            _refuse(host)
        return host
    try:
        name = host.encode("idna").decode().lower()
    except UnicodeError:
        _refuse(host)
    if len(name) > 254 or not _NAME.fullmatch(name):
        _refuse(host)
    if _NUMBER.fullmatch(name.rstrip(".").rpartition(".")[2]):
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            _refuse(host)
    return name


def _refuse(host: str) -> NoReturn:
    raise FetchError(f"{host} is not the name of a host, nor an address as it is usually written")


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """Where a host is, asked of the resolver once. FetchError names the first address that is not public."""
    if port not in _PORTS and port < 1024:
        raise FetchError(f"port {port} of {host} is not one of the web's")
    found = _resolved(host, port, seconds)
    for address in found:
        may_connect(host, address)
    return found[:_MOST_ADDRESSES]


def may_connect(host: str, address: str) -> None:
    """FetchError if the address is not public. `settings.FETCH_PRIVATE_ADDRESSES` lets tests reach themselves."""
    if not getattr(settings, "FETCH_PRIVATE_ADDRESSES", False) and not is_public(address):
        raise FetchError(
            f"{host} is not a public address"
            if host == address
            else f"{host} is at {address}, which is not a public address"
        )


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it carries another inside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour and not is_public(str(ip.sixtofour)):
            return False
        if ip not in _GLOBAL_UNICAST:
            return False
    return not any(ip in network for network in _NOT_PUBLIC if network.version == ip.version)


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The resolver's answer; it may hang for minutes, so it is asked in a thread that is left behind."""
    answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise FetchError(f"the host {host} was not found within {seconds:g} seconds") from None
    if isinstance(answer, Exception):
        raise FetchError(f"the host {host} cannot be found: {answer}")
    return answer
