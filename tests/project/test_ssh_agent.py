"""The signer that asks ssh-agent: against a real agent where there is one, and against agents that lie."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time

import pytest
from documents import ROOT

from trustledger import Ed25519Signer, FormatError, Ledger, Signer, key_note, origin
from trustledger.keys import open_key_note

EXAMPLE = ROOT / "examples" / "ssh_agent_signer.py"
pytestmark = pytest.mark.skipif(
    not EXAMPLE.exists() or not hasattr(socket, "AF_UNIX"), reason="needs the checkout and Unix sockets"
)

FARM = "https://farm.example/"
KEY = Ed25519Signer.from_seed(FARM, bytes(range(32)))
REFUSED = b"\x05"


def uint32(number):
    return struct.pack(">I", number)


def string(value):
    return uint32(len(value)) + value


BLOB = string(b"ssh-ed25519") + string(KEY.public.public)
RSA = string(b"ssh-rsa") + string(b"\x03") + string(b"\x01" * 64)
FIDO = string(b"sk-ssh-ed25519@openssh.com") + string(KEY.public.public) + string(b"ssh:")


def listing(*keys):
    return b"\x0c" + uint32(len(keys)) + b"".join(string(blob) + string(comment) for blob, comment in keys)


def honest(request):
    """An agent as the draft has it."""
    if request == b"\x0b":
        return listing((BLOB, b"farm"), (RSA, b"old"))
    assert request[0] == 13
    blob_size = struct.unpack_from(">I", request, 1)[0]
    blob, rest = request[5 : 5 + blob_size], request[5 + blob_size :]
    size = struct.unpack_from(">I", rest)[0]
    message, flags = rest[4 : 4 + size], rest[4 + size :]
    assert blob == BLOB
    assert flags == bytes(4)
    return signed(KEY.sign(message))


def signed(signature, algorithm=b"ssh-ed25519"):
    return b"\x0e" + string(string(algorithm) + string(signature))


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("ssh_agent_signer", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


class FakeAgent:
    """Answers each connection with what ``answer`` makes of the request; bytes are framed, a callable is called."""

    def __init__(self, path, answer):
        self.path, self.answer, self.stop, self.asked = path, answer, threading.Event(), []
        self.server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.server.bind(str(path))
        self.server.listen()
        self.thread = threading.Thread(target=self.serve)

    def serve(self):
        while True:
            connection, _ = self.server.accept()
            with connection:
                if self.stop.is_set():
                    return
                with connection.makefile("rb") as file:
                    request = file.read(struct.unpack(">I", file.read(4))[0])
                self.asked.append(request)
                answer = self.answer(request)
                try:
                    if callable(answer):
                        answer(connection, self.stop)
                    else:
                        connection.sendall(string(answer))
                except OSError:
                    pass  # whoever asked has gone

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as last:
            last.connect(str(self.path))
        self.thread.join()
        self.server.close()


@pytest.fixture
def agent(tmp_path, example):
    """Starts an agent that answers as told, and returns a client of it."""
    running = []

    def start(answer=honest, timeout=5):
        fake = FakeAgent(tmp_path / f"{len(running)}.sock", answer).__enter__()
        running.append(fake)
        return example.SshAgent(fake.path, timeout=timeout)

    yield start
    for fake in running:
        fake.__exit__()


def test_an_agents_key_signs_what_a_ledger_takes_and_an_audit_finds_right(agent, example):
    signer: Signer = example.SshAgentSigner(FARM, agent(), "farm")
    assert signer.public == KEY.public
    assert open_key_note(key_note(signer)) == KEY.public
    operator, log = Ed25519Signer.generate("https://shop.example/"), Ed25519Signer.generate("shop.example/l")
    with Ledger.in_memory(origin="shop.example/l", operator=operator, log=log) as ledger:
        ledger.enrol(FARM, operator=operator, key_note=key_note(signer), roles=["producer"], name="Farm")
        lot = f"{FARM}lot/1"
        receipt = ledger.append([origin(lot, occurred_at="2026-10-01T06:00:00Z", name="milk")], signer=signer)
        assert receipt.new == 1
        assert [placed.party for placed in ledger.chain(lot)] == [FARM]
        assert ledger.audit(ledger.public_card).ok


def test_an_agent_that_refuses_leaves_the_ledger_as_it_was(agent, example):
    fail = False
    signer = example.SshAgentSigner(
        FARM, agent(lambda r: REFUSED if fail and r[0] == 13 else honest(r)), "farm"
    )
    operator, log = Ed25519Signer.generate("https://shop.example/"), Ed25519Signer.generate("shop.example/l")
    with Ledger.in_memory(origin="shop.example/l", operator=operator, log=log) as ledger:
        ledger.enrol(FARM, operator=operator, key_note=key_note(signer), roles=["producer"], name="Farm")
        size, made = ledger.size, [origin(f"{FARM}lot/1", occurred_at="2026-10-01T06:00:00Z", name="milk")]
        fail = True
        with pytest.raises(example.AgentError, match="refused"):
            ledger.append(made, signer=signer)
        assert ledger.size == size
        fail = False
        assert ledger.append(made, signer=signer).new == 1


def test_the_fingerprint_is_the_one_that_ssh_shows(agent):
    """Known answer: ``ssh-keygen -l`` of this key."""
    assert agent().identities()[0].fingerprint == "SHA256:lbmsoA0yIEcEiVDRnMWuzm+nV+3ZEEpVIURqFoeSspg"


def test_a_key_is_found_by_its_fingerprint_before_any_comment(agent):
    farm = agent().identities()[0].fingerprint
    impostor = listing((RSA, farm.encode()), (BLOB, b"farm"))  # its comment is the other's fingerprint
    assert agent(lambda _: impostor).find(farm).blob == BLOB


@pytest.mark.parametrize(
    ("keys", "wanted", "says"),
    [
        ([], "farm", "offers no key.*unlock"),
        ([(BLOB, b"farm")], "other", "no keys are called other.*SHA256:.* farm"),
        ([(BLOB, b"farm"), (RSA, b"farm")], "farm", "2 keys are called farm"),
        ([(RSA, b"farm")], "farm", "ssh-rsa key; a plain ssh-ed25519 key is needed"),
        ([(FIDO, b"farm")], "farm", "FIDO"),
        ([(BLOB[:-1], b"farm")], "farm", "32 bytes promised at byte 19, 31 are there"),
        ([(BLOB + b"x", b"farm")], "farm", "1 bytes after its end"),
        ([(string(b"ssh-ed25519") + string(bytes(31)), b"farm")], "farm", "of 31 bytes, not 32"),
    ],
)
def test_a_key_that_cannot_be_used_is_said_to_be_so(agent, example, keys, wanted, says):
    with pytest.raises(example.AgentError, match=says):
        example.SshAgentSigner(FARM, agent(lambda _: listing(*keys)), wanted)


def test_a_comment_cannot_drive_a_terminal(agent):
    shown = agent(lambda _: listing((BLOB, b"\x1b[2Jfarm\n\xff" + b"x" * 5000))).identities()[0].comment
    assert shown.startswith("?[2Jfarm?\ufffdxxx")
    assert len(shown) < 201


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (REFUSED, "refused: it is locked"),
        (b"\x06", "message 6 where 12 was expected"),
        (b"\x0c", "4 bytes promised at byte 0, 0 are there"),
        (b"\x0c" + uint32(2**32 - 1), "4294967295 keys"),
        (b"\x0c" + uint32(1025), "1025 keys"),
        (b"\x0c" + uint32(1) + uint32(2**31) + BLOB, "2147483648 bytes promised"),
        (b"\x0c" + uint32(2) + string(BLOB) + string(b""), "promised at byte"),
        (listing((BLOB, b"farm")) + b"\0", "1 bytes after its end"),
    ],
)
def test_a_list_of_keys_that_is_none_is_refused(agent, example, answer, says):
    with pytest.raises(example.AgentError, match=says):
        agent(lambda _: answer).identities()


GOOD = KEY.sign(b"message")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (REFUSED, "refused"),
        (signed(GOOD[:-1] + bytes((GOOD[-1] ^ 1,))), "is wrong"),
        (signed(KEY.sign(b"another message")), "is wrong"),
        (signed(Ed25519Signer.from_seed(FARM, bytes(32)).sign(b"message")), "is wrong"),
        (signed(GOOD[:63]), "of 63 bytes, not 64"),
        (signed(GOOD + b"\0"), "of 65 bytes, not 64"),
        (signed(GOOD, b"rsa-sha2-256"), "signed as rsa-sha2-256"),
        (signed(GOOD, b"sk-ssh-ed25519@openssh.com"), "signed as sk-"),
        (signed(GOOD) + b"\0", "1 bytes after its end"),
        (b"\x0e" + string(string(b"ssh-ed25519") + string(GOOD) + b"\0"), "1 bytes after its end"),
        (b"\x0e" + uint32(2**32 - 1), "4294967295 bytes promised"),
        (signed(GOOD)[:-1], "promised"),
        (b"\x0c" + uint32(0), "message 12 where 14 was expected"),
    ],
)
def test_a_signature_that_is_none_is_never_used(agent, example, answer, says):
    signer = example.SshAgentSigner(FARM, agent(lambda r: answer if r[0] == 13 else honest(r)), "farm")
    with pytest.raises(example.AgentError, match=says):
        signer.sign(b"message")


def _raw(*parts, then_wait=False, pause=0):
    def act(connection, stop):
        for part in parts:
            connection.sendall(part)
            stop.wait(pause)
        if then_wait:
            stop.wait(5)

    return lambda _: act


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (_raw(), "hung up after 0 of 4"),
        (_raw(b"\0\0"), "hung up after 2 of 4"),
        (_raw(uint32(9) + b"\x0c\0"), "hung up after 2 of 9"),
        (_raw(uint32(0)), "announces 0 bytes"),
        (_raw(uint32(256 * 1024 + 1)), "announces 262145 bytes"),
        (_raw(uint32(2**32 - 1)), "announces 4294967295 bytes"),
        (_raw(then_wait=True), "did not answer within"),
        (_raw(uint32(9), then_wait=True), "did not answer within"),
        (_raw(uint32(200), *[b"\x0c"] * 199, pause=0.03), "did not answer within"),  # each byte comes in time
    ],
)
def test_an_agent_that_is_slow_or_hangs_up_is_given_up(agent, example, answer, says):
    began = time.monotonic()
    with pytest.raises(example.AgentError, match=says):
        agent(answer, timeout=0.2).identities()
    assert time.monotonic() - began < 2


def test_what_is_too_long_is_not_sent(agent, example):
    signer = example.SshAgentSigner(FARM, agent(), "farm")
    with pytest.raises(example.AgentError, match="takes fewer than 262144"):
        signer.sign(bytes(256 * 1024))


def test_without_an_agent_it_says_what_to_do(example, tmp_path, monkeypatch):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with pytest.raises(example.AgentError, match="SSH_AUTH_SOCK is not set"):
        example.SshAgent()
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nobody.sock"))
    with pytest.raises(example.AgentError, match="cannot be reached: No such file"):
        example.SshAgent().identities()


def test_a_name_that_no_note_can_hold_is_refused(agent, example):
    with pytest.raises(FormatError) as failed:
        example.SshAgentSigner("a name", agent(), "farm")
    assert failed.value.code == "subject.origin"


@pytest.fixture
def real_agent(example, tmp_path):
    missing = [name for name in ("ssh-agent", "ssh-keygen", "ssh-add") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with example.agent_for_show(tmp_path) as running:
        yield running


def test_a_real_agent_signs_until_its_keys_are_taken_away(real_agent, example, tmp_path):
    (identity,) = real_agent.identities()
    signer = example.SshAgentSigner(FARM, real_agent, identity.fingerprint)
    assert not (tmp_path / "id_ed25519").exists()
    for message in (b"", b"message", bytes(32_768)):
        signer.public.verify(message, signer.sign(message))
    assert open_key_note(key_note(signer)) == signer.public
    subprocess.run(["ssh-add", "-q", "-D"], env={"SSH_AUTH_SOCK": str(tmp_path / "agent.sock")}, check=True)
    with pytest.raises(example.AgentError, match="refused"):
        signer.sign(b"message")
    with pytest.raises(example.AgentError, match="offers no key"):
        example.SshAgentSigner(FARM, real_agent, identity.fingerprint)
