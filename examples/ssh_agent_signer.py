"""A party's key that this program never holds: ssh-agent signs, and with it a token or a key service behind it.

`Signer` is three things: `party`, `public` and `sign(message)`. Here they speak the agent protocol
(draft-ietf-sshm-ssh-agent, sections 3 and 5; encodings of RFC 4251, section 5; Ed25519 keys and signatures of RFC 8709,
sections 4 and 6) over a Unix socket, with the standard library alone. An agent's Ed25519 signature is one over the
exact bytes that were asked for, so it is the very signature that a statement needs. An HSM or KMS is done the same
way: replace `SshAgent.sign` by its call for "Ed25519, no prehash".

Give the party a key of its own: whoever may ask the agent for signatures may speak as the party. So load it with
`ssh-add -c` (each signature is confirmed) or `-t` (it is forgotten), and never forward that agent to another machine.

Run it: python examples/ssh_agent_signer.py                       (an agent of its own, with a new key, for show)
        python examples/ssh_agent_signer.py PARTY FINGERPRINT     (your agent: prints the key's note, for `party add`)
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trustledger import Ed25519Signer, Ledger, SignatureError, key_note, origin
from trustledger.note import ED25519, VerifierKey
from trustledger.subject import check_origin

_FAILURE: Final = 5  # SSH_AGENT_FAILURE; the numbers are those of the draft's section 6.1
_REQUEST_IDENTITIES: Final = 11
_IDENTITIES_ANSWER: Final = 12
_SIGN_REQUEST: Final = 13
_SIGN_RESPONSE: Final = 14

MAX_ANSWER: Final = 256 * 1024
"""Bytes of an agent's answer: OpenSSH's own limit (AGENT_MAX_LEN)."""
MAX_KEYS: Final = 1024
"""Keys in an answer. OpenSSH tries six of them; this is generous."""
MAX_REQUEST: Final = 256 * 1024
"""Bytes of a request, for the same reason. A statement's text has less than 32,768."""
_ALGORITHM: Final = b"ssh-ed25519"
_UINT32: Final = struct.Struct(">I")


class AgentError(Exception):
    """The agent cannot be used, refused, or answered what it should not have; says which, and what to do."""


class _Reader:
    """An answer's fields, one after the other (RFC 4251, section 5). Never reads beyond what is there."""

    def __init__(self, data: bytes, what: str) -> None:
        self._data, self._at, self._what = data, 0, what

    def uint32(self) -> int:
        """Four bytes, big-endian."""
        return int(_UINT32.unpack(self._take(4))[0])

    def string(self) -> bytes:
        """A length and so many bytes."""
        return self._take(self.uint32())

    def end(self) -> None:
        """Nothing may follow."""
        if self._at != len(self._data):
            raise AgentError(f"{self._what}: {len(self._data) - self._at} bytes after its end")

    def _take(self, count: int) -> bytes:
        left = len(self._data) - self._at
        if count > left:
            raise AgentError(f"{self._what}: {count} bytes promised at byte {self._at}, {left} are there")
        self._at += count
        return self._data[self._at - count : self._at]


def _string(value: bytes) -> bytes:
    return _UINT32.pack(len(value)) + value


@dataclass(frozen=True, slots=True)
class Identity:
    """A key that an agent holds.

    Attributes:
        blob: The public key as SSH writes it.
        comment: What its owner calls it: whatever bytes the agent sent, as printable text.
    """

    blob: bytes
    comment: str

    @property
    def fingerprint(self) -> str:
        """``SHA256:…``, as ``ssh-add -l`` shows it."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).rstrip(b"=").decode()

    @property
    def algorithm(self) -> str:
        """``ssh-ed25519`` and the like, as printable text."""
        return _printable(_Reader(self.blob, "a key").string())

    @property
    def public(self) -> bytes:
        """The 32 bytes of an Ed25519 key (RFC 8709, section 4); AgentError for any other key."""
        reader = _Reader(self.blob, f"key {self.fingerprint}")
        if (algorithm := reader.string()) != _ALGORITHM:
            hint = " (a FIDO key signs more than the bytes it is given)" if algorithm[:3] == b"sk-" else ""
            raise AgentError(
                f"{self.fingerprint} is a {_printable(algorithm)} key{hint}; a plain ssh-ed25519 key is needed: "
                f"ssh-keygen -t ed25519"
            )
        public = reader.string()
        reader.end()
        if len(public) != 32:
            raise AgentError(f"{self.fingerprint}: an Ed25519 key of {len(public)} bytes, not 32")
        return public


class SshAgent:
    """The agent behind a Unix socket. Each question is a connection of its own, with a deadline for the whole answer.

    Args:
        path: The socket; by default that of ``SSH_AUTH_SOCK``.
        timeout: Seconds until a question is given up; long enough for a person who confirms or touches a token.

    Raises:
        AgentError: No path was given, and none stands in ``SSH_AUTH_SOCK``.
    """

    def __init__(self, path: str | Path | None = None, *, timeout: float = 60) -> None:
        found = path or os.environ.get("SSH_AUTH_SOCK")
        if not found:
            raise AgentError("no ssh-agent: SSH_AUTH_SOCK is not set. Start one: eval $(ssh-agent)")
        self._path, self._timeout = str(found), timeout

    def identities(self) -> tuple[Identity, ...]:
        """The keys that the agent offers; none while it is locked."""
        reader = _Reader(self._ask(_REQUEST_IDENTITIES, b"", _IDENTITIES_ANSWER), "the list of keys")
        count = reader.uint32()
        if count > MAX_KEYS:
            raise AgentError(f"the agent claims {count} keys; at most {MAX_KEYS} are read")
        found = tuple(Identity(reader.string(), _printable(reader.string())) for _ in range(count))
        reader.end()
        return found

    def find(self, wanted: str) -> Identity:
        """The one key with this fingerprint (``SHA256:…``) or comment. A fingerprint is safer: comments are free."""
        offered = self.identities()
        if not offered:
            raise AgentError(
                "the agent offers no key. Add one (ssh-add FILE), or unlock the agent (ssh-add -X)"
            )
        found = [one for one in offered if one.fingerprint == wanted]
        found = found or [one for one in offered if one.comment == wanted]
        if len(found) == 1:
            return found[0]
        listed = "; ".join(f"{one.fingerprint} {one.comment}" for one in found or offered)
        raise AgentError(
            f"{len(found) or 'no'} keys are called {_printable(wanted.encode())}. The agent has {listed}"
        )

    def sign(self, key: Identity, message: bytes) -> bytes:
        """What the agent says is the signature, 64 bytes, not yet verified (RFC 8709, section 6)."""
        request = _string(key.blob) + _string(message) + _UINT32.pack(0)  # no flags: they are RSA's
        outer = _Reader(self._ask(_SIGN_REQUEST, request, _SIGN_RESPONSE), "the answer to a request to sign")
        inner = _Reader(outer.string(), "the signature")
        outer.end()
        if (algorithm := inner.string()) != _ALGORITHM:
            raise AgentError(f"the agent signed as {_printable(algorithm)}, not as ssh-ed25519")
        signature = inner.string()
        inner.end()
        if len(signature) != 64:
            raise AgentError(f"the agent sent a signature of {len(signature)} bytes, not 64")
        return signature

    def _ask(self, number: int, body: bytes, expected: int) -> bytes:
        """Send a request, and return its answer's content if it is the one expected."""
        if len(body) >= MAX_REQUEST:
            raise AgentError(f"a request of {len(body)} bytes; an agent takes fewer than {MAX_REQUEST}")
        deadline = time.monotonic() + self._timeout
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as agent:
                agent.settimeout(self._timeout)
                agent.connect(self._path)
                agent.sendall(_string(bytes((number,)) + body))
                (length,) = _UINT32.unpack(_receive(agent, 4, deadline))
                if not 1 <= length <= MAX_ANSWER:
                    raise AgentError(f"the agent announces {length} bytes; 1 to {MAX_ANSWER} are an answer")
                answer = _receive(agent, length, deadline)
        except TimeoutError:
            raise AgentError(f"the agent at {self._path} did not answer within {self._timeout} s") from None
        except OSError as error:
            raise AgentError(
                f"the agent at {self._path} cannot be reached: {error.strerror or error}"
            ) from None
        if answer[0] == _FAILURE:
            raise AgentError(
                "the agent refused: it is locked (ssh-add -X), the key was removed or has expired, or a person or "
                "token said no"
            )
        if answer[0] != expected:
            raise AgentError(f"the agent answered with message {answer[0]} where {expected} was expected")
        return answer[1:]


def _receive(agent: socket.socket, count: int, deadline: float) -> bytes:
    """Exactly so many bytes before the deadline, however slowly they drip; memory grows only with what came."""
    received = bytearray()
    while len(received) < count:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        agent.settimeout(left)
        part = agent.recv(min(count - len(received), 65_536))
        if not part:
            raise AgentError(f"the agent hung up after {len(received)} of {count} bytes")
        received += part
    return bytes(received)


def _printable(value: bytes) -> str:
    text = value[:200].decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "?" for character in text)


class SshAgentSigner:
    """A `trustledger.Signer` whose private key stays in an agent.

    Args:
        party: The party's URI, or a ledger's origin for a log key.
        agent: Where the key is.
        key: Its fingerprint ``SHA256:…``, or its comment if no other key has the same.

    Raises:
        AgentError: The agent doesn't answer, has no such key, or one that is not a plain Ed25519 key.
        FormatError: The name is none that can stand in a note.
    """

    def __init__(self, party: str, agent: SshAgent, key: str) -> None:
        self._agent, self._key = agent, agent.find(key)
        self._public = VerifierKey(check_origin(party), ED25519, self._key.public)

    @property
    def party(self) -> str:
        """Who signs."""
        return self._public.name

    @property
    def public(self) -> VerifierKey:
        """The public key, of type 01."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message, verified before anybody gets it; AgentError otherwise."""
        signature = self._agent.sign(self._key, message)
        try:
            self._public.verify(message, signature)
        except SignatureError as error:
            raise AgentError(f"the agent's signature by {self._key.fingerprint} is wrong: {error}") from error
        return signature


@contextmanager
def agent_for_show(folder: Path) -> Iterator[SshAgent]:
    """An agent that ends with the block, holding one new key with the comment ``green-farm``."""
    path, key = folder / "agent.sock", folder / "id_ed25519"
    keygen = [_tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", "green-farm", "-f", str(key)]
    subprocess.run(keygen, check=True)  # noqa: S603 - our own command line
    with subprocess.Popen([_tool("ssh-agent"), "-D", "-a", str(path)], stdout=subprocess.DEVNULL) as running:  # noqa: S603
        try:
            while not path.exists() and running.poll() is None:
                time.sleep(0.01)
            add = [_tool("ssh-add"), "-q", str(key)]
            subprocess.run(add, check=True, env={**os.environ, "SSH_AUTH_SOCK": str(path)})  # noqa: S603
            key.unlink()  # from here on the agent alone has it
            yield SshAgent(path, timeout=10)
        finally:
            running.terminate()


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise AgentError(f"{name} is not installed; it comes with OpenSSH")
    return found


def show(farm: SshAgentSigner) -> None:
    """A ledger in memory: the agent's key is enrolled by a note that it signs itself, and signs a statement."""
    operator = Ed25519Signer.generate("https://shop.example/")
    log = Ed25519Signer.generate("shop.example/ledger")
    with Ledger.in_memory(origin="shop.example/ledger", operator=operator, log=log) as ledger:
        ledger.enrol(
            farm.party, operator=operator, key_note=key_note(farm), roles=["producer"], name="Green Farm"
        )
        lot = f"{farm.party}lot/RAW-1"
        made = origin(
            lot, occurred_at="2026-10-01T06:00:00+08:00", name="raw milk", quantity="500", unit="kg"
        )
        print("signed by the agent, placed at", ledger.append([made], signer=farm).places[0])
        print("audit:", ledger.audit(ledger.public_card).ok)


def main() -> None:
    """For show, or with your own agent."""
    if len(sys.argv) == 3:
        party, wanted = sys.argv[1:]
        sys.stdout.write(key_note(SshAgentSigner(party, SshAgent(), wanted)).decode())
        return
    with tempfile.TemporaryDirectory() as folder, agent_for_show(Path(folder)) as agent:
        for one in agent.identities():
            print(one.fingerprint, one.algorithm, one.comment)
        show(SshAgentSigner("https://farm.example/", agent, "green-farm"))


if __name__ == "__main__":
    try:
        main()
    except AgentError as error:
        sys.exit(str(error))
