"""What a start refuses and what it leaves for later."""

import errno
import os
import socket
import subprocess
import sys
import threading

import pytest
from django.conf import settings

from militiadb import serve


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def started(monkeypatch):
    """What would have been run."""
    commands = []

    class Server:
        def __init__(self, command, **options):
            self.command, self.told = command, threading.Event()
            commands.append(command)

        def wait(self, timeout=None):
            # A worker stays until it is told to end.
            if "work" in self.command and not self.told.wait(5):
                raise AssertionError("the worker was not told to end")
            return 0

        def terminate(self):
            self.told.set()

    monkeypatch.setattr(serve.subprocess, "Popen", Server)
    monkeypatch.setattr(serve.signal, "signal", lambda *_: None)
    monkeypatch.delenv("GRANIAN_HOST", raising=False)
    return commands


@pytest.mark.parametrize("port", ["99999", "65536", "0", "-5", "abc", "", " 80", "8_0", "８０８０", "9" * 5000])
def test_what_is_no_port_is_told_in_one_sentence(port, started, capsys):
    assert serve.main(port) == 2
    assert capsys.readouterr().err == f"PORT must be a whole number from 1 to 65535, not {port!r}.\n"
    assert started == []


def test_a_port_that_is_taken_is_told(started, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve.main(str(port)) == 2
    assert capsys.readouterr().err.startswith(f"Port {port} is taken; name another one: PORT=")
    assert started == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "Port 80 is not for this account; name one from 1024 on: PORT=8000 make run\n"),
        (
            errno.EADDRNOTAVAIL,
            "Nothing can be served at 127.0.0.1, port 80: " + os.strerror(errno.EADDRNOTAVAIL) + ".\n",
        ),
    ],
)
def test_a_port_that_cannot_be_had_is_told(number, sentence, started, capsys, monkeypatch):
    class Refusing(socket.socket):
        def bind(self, address):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(serve.socket, "socket", Refusing)
    assert serve.main("80") == 2
    assert capsys.readouterr().err == sentence
    assert started == []


def test_a_free_port_is_served(started, capsys):
    port = free_port()
    assert serve.main(f"0{port}") == 0
    server = [sys.executable, "-m", "granian", "--port", port, "militiadb.wsgi:application"]
    assert started == [server, [sys.executable, str(serve.MANAGE), "work", "--with-parent"]]
    assert capsys.readouterr().out == f"MilitiaDB: http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"


def test_the_worker_can_be_a_service_of_its_own(started, monkeypatch):
    monkeypatch.setenv("MILITIADB_WORKER", "0")
    assert serve.main(free_port()) == 0
    assert [command[2] for command in started] == ["granian"]


def test_a_worker_that_ends_is_begun_again(monkeypatch):
    monkeypatch.setattr(serve, "WORKER_AGAIN", 0.05)
    begun = threading.Semaphore(0)
    real = subprocess.Popen

    def begin(command, **options):
        begun.release()
        return real([sys.executable, "-c", "import time; time.sleep(0.05)"], **options)

    monkeypatch.setattr(serve.subprocess, "Popen", begin)
    worker = serve.Worker(dict(os.environ))
    assert all(begun.acquire(timeout=10) for _ in range(3))
    worker.stop()
    assert not worker.watch.is_alive()


def test_a_start_leaves_for_later_what_few_requests_need():
    """Each of them takes a tenth of a second or more."""
    code = """
import sys
from django.urls import get_resolver
import militiadb.wsgi
get_resolver().url_patterns
from profiles.values import number_entry
print([name for name in ("openpyxl", "edtf", "pyparsing", "trafilatura", "lxml", "pypdf") if name in sys.modules])
print(number_entry._rules.cache_info().currsize)
"""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False
    )
    assert (result.stdout.split("\n")[:2], result.returncode) == (["[]", "0"], 0), result.stderr
