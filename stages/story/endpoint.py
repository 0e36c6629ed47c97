"""An OpenAI-compatible server (Ollama, vLLM, LM Studio, …) as a writer of drafts."""

import http.client
import ipaddress
import json
import os
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from ..errors import AlbumError
from .draft import Draft, DraftT, read_draft, schema_of
from .replies import content_of, parse_reply, shortened

ATTEMPTS: Final = 3
MAX_REPLY_BYTES: Final = 4_000_000  # a scene takes about 2,000
MODES: Final = ("json_schema", "json_object", "plain")  # what the server is asked for, best first
_KEY_NAME: Final = re.compile(r"ALBUM_[A-Z0-9_]{1,58}")


@dataclass(frozen=True)
class _Answer:
    status: int
    body: bytes


@dataclass
class EndpointWriter:
    """Writes through chat completions. Asks the server given and no other; follows no redirects, uses no proxy.

    base_url: http or https address as the server documents it, e.g. "http://127.0.0.1:11434/v1".
    model: the model's name on that server.
    key_variable: NAME of the environment variable that holds the key, "" for none. It must begin with ALBUM_, so
        that a workflow from somebody else cannot send away a key that was meant for another program.
    timeout_seconds: for connecting and for each whole answer, 1 to 3600.
    temperature: 0 to 2.

    Raises:
        AlbumError: (on making it) an argument is wrong or the variable is not set. (when writing) the server cannot
            be reached, is too slow, refuses, answers too much, or still does not fit the form after `ATTEMPTS`.
    """

    base_url: str
    model: str
    key_variable: str = ""
    timeout_seconds: float = 120.0
    temperature: float = 0.8
    _mode: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._address = _address(self.base_url)
        if not self.model.strip() or len(self.model) > 150:
            raise AlbumError("Name the server's model in at most 150 characters, e.g. the name that Ollama lists.")
        if not 1.0 <= self.timeout_seconds <= 3600.0:
            raise AlbumError(f"The time-out must be from 1 to 3600 seconds, but it is {self.timeout_seconds}.")
        if not 0.0 <= self.temperature <= 2.0:
            raise AlbumError(f"The temperature must be from 0 to 2, but it is {self.temperature}.")
        if self.key_variable:
            self._key()
            if self._address.scheme == "http" and not _is_near(self._address.hostname or ""):
                raise AlbumError(f"A key is not sent unencrypted to {self.shown_url}: use https.")

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model

    @property
    def shown_url(self) -> str:
        """Where requests go, without a query, for messages."""
        return f"{self._address.scheme}://{self._address.netloc}{self._path()}"

    def __enter__(self) -> "EndpointWriter":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is kept open between requests."""

    def write(self, messages: list[dict[str, str]], form: type[DraftT], *, seed: int) -> DraftT:
        """Fill in a form, telling the model what was wrong when an answer does not fit.

        Args:
            messages: role ("system" or "user") and content of each.
            form: what to fill in.
            seed: 0 to 2**63 - 1; a server may ignore it.
        """
        talk, problem = list(messages), ""
        for attempt in range(ATTEMPTS):
            answer = self._ask(talk, form, seed=(seed + attempt) % 2**31)
            if answer.status >= 500 or answer.status == 429:
                problem = f"status {answer.status}: {shortened(answer.body)}"
                if attempt + 1 < ATTEMPTS:
                    time.sleep(0.2 * (attempt + 1))
                continue
            if answer.status != 200:
                raise AlbumError(self._refusal(answer))
            text = ""
            try:
                text = content_of(answer.body)
                return read_draft(form, parse_reply(text))
            except ValueError as error:
                problem = str(error)
            said = {"role": "assistant", "content": text[:2000] or "(nothing)"}
            talk = [*messages, said, {"role": "user", "content": _correction(problem)}]
        raise AlbumError(
            f"The model '{self.model}' at {self.shown_url} gave no usable answer in {ATTEMPTS} tries: {problem}. "
            "Check the server and its log, choose a model that follows instructions, or plan with the rules."
        )

    def _ask(self, messages: list[dict[str, str]], form: type[Draft], *, seed: int) -> _Answer:
        """One answer, in the best mode that the server accepts; the mode is kept for the next time."""
        schema = schema_of(form)
        while True:
            answer = self._post(self._request(messages, schema, seed))
            if answer.status not in {400, 422} or self._mode + 1 >= len(MODES):
                return answer
            self._mode += 1

    def _request(self, messages: list[dict[str, str]], schema: dict[str, Any], seed: int) -> dict[str, Any]:
        mode = MODES[self._mode]
        request: dict[str, Any] = {"model": self.model, "messages": messages, "stream": False}
        if mode == "json_schema":
            described = {"name": "album", "strict": True, "schema": schema}
            request["response_format"] = {"type": "json_schema", "json_schema": described}
        else:
            told = f"{messages[1]['content']}\n\nAnswer with one JSON object of this JSON Schema only:\n"
            request["messages"] = [
                messages[0],
                {**messages[1], "content": told + json.dumps(schema, ensure_ascii=False)},
                *messages[2:],
            ]
        if mode == "json_object":
            request["response_format"] = {"type": "json_object"}
        if mode != "plain":  # the plainest request has nothing that a server might not know
            request |= {"temperature": self.temperature, "seed": seed}
        return request

    def _post(self, request: dict[str, Any]) -> _Answer:
        address = self._address
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        connection = kinds[address.scheme](address.hostname or "", address.port, timeout=self.timeout_seconds)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key_variable:
            headers["Authorization"] = f"Bearer {self._key()}"
        path = self._path() + (f"?{address.query}" if address.query else "")
        ended = threading.Event()
        clock: threading.Timer | None = None
        try:
            connection.connect()
            clock = _start_clock(self.timeout_seconds, connection.sock, ended)
            connection.request("POST", path, json.dumps(request).encode(), headers)
            response = connection.getresponse()
            body = response.read(MAX_REPLY_BYTES + 1)
            if ended.is_set():
                raise TimeoutError
            if len(body) > MAX_REPLY_BYTES:
                raise AlbumError(f"The answer of {self.shown_url} is larger than {MAX_REPLY_BYTES:,} bytes: not read.")
            if self.key_variable:  # a server may repeat it, and what it says comes into plans and messages
                body = body.replace(self._key().encode(), b"(key)")
            return _Answer(response.status, body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if ended.is_set() or isinstance(error, TimeoutError):
                raise AlbumError(
                    f"{self.shown_url} did not answer within {self.timeout_seconds:g} seconds: "
                    "raise the time-out, choose a smaller model, or check the server."
                ) from error
            raise AlbumError(
                f"{self.shown_url} cannot be reached ({_reason(error)}): check that the server runs and the address."
            ) from error
        finally:
            if clock is not None:
                clock.cancel()
            connection.close()

    def _refusal(self, answer: _Answer) -> str:
        said = shortened(answer.body)
        where = f"{self.shown_url} answered with status {answer.status}"
        if 300 <= answer.status < 400:
            return f"{where}, a redirect, which is not followed: give the final address of the server."
        if answer.status in {401, 403}:
            return f"{where} (not allowed): set the key in an environment variable and give its name. It said: {said}"
        if answer.status == 404:
            return f"{where} (not found): check the address, which often ends in /v1, and the model's name. {said}"
        return f"{where}: {said} Check the model's name and the server's log."

    def _path(self) -> str:
        path = self._address.path.rstrip("/")
        return path if path.endswith("/chat/completions") else f"{path}/chat/completions"

    def _key(self) -> str:
        if not _KEY_NAME.fullmatch(self.key_variable):  # never shown: it may be the key itself
            raise AlbumError(
                "The key field takes the name of an environment variable that begins with ALBUM_, e.g. ALBUM_API_KEY; "
                "the key itself belongs into that variable, never into a workflow."
            )
        key = os.environ.get(self.key_variable, "").strip()
        if not key or not key.isascii() or not key.isprintable():
            raise AlbumError(
                f"The environment variable {self.key_variable} holds no usable key: set it before starting the program."
            )
        return key


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
        port_fits = address.port is None or address.port > 0
    except ValueError as error:
        raise AlbumError("The server's address cannot be read: write it like http://127.0.0.1:11434/v1.") from error
    if address.scheme not in {"http", "https"} or not address.hostname or not port_fits:
        raise AlbumError("The server's address must begin with http:// or https://, e.g. http://127.0.0.1:11434/v1.")
    if address.username is not None or address.password is not None:
        raise AlbumError("The server's address must not hold a user name or password: put the key into a variable.")
    if not url.strip().isascii() or any(character.isspace() for character in url.strip()):
        raise AlbumError("The server's address has spaces or letters beyond ASCII: write it percent-encoded.")
    return address


def _is_near(host: str) -> bool:
    """This computer or its own network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def _start_clock(seconds: float, connected: socket.socket, ended: threading.Event) -> threading.Timer:
    """End a connection from another thread when the time is up; socket time-outs alone let a server drip for ever."""

    def hang_up() -> None:
        ended.set()
        try:
            connected.shutdown(socket.SHUT_RDWR)
        except OSError:
            connected.close()

    clock = threading.Timer(seconds, hang_up)
    clock.daemon = True
    clock.start()
    return clock


def _reason(error: BaseException) -> str:
    if isinstance(error, ssl.SSLError):
        return "no trusted encryption"
    return " ".join(str(error).split())[:200] or type(error).__name__


def _correction(problem: str) -> str:
    return f"That does not fit: {problem[:600]}. Answer again with the whole corrected JSON object and nothing else."
