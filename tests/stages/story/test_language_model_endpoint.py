"""Servers of every temper, all real ones on this computer."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.story import endpoint, plan_json
from synthetic_albums.stages.story.draft import SceneDraft
from synthetic_albums.stages.story.endpoint import EndpointWriter
from synthetic_albums.stages.story.language_model import plan_with_model
from synthetic_albums.stages.story.replies import parse_reply

ASKED = [{"role": "system", "content": "You plan."}, {"role": "user", "content": "A day at the park."}]
SCENE = {"title": "Noon", "caption": "The sun is high."}
KEY = "secret-4711"


def _says(text, status=200):
    """A chat completion that says a text."""
    return status, json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode(), {}


def _good(**_):
    return _says(json.dumps(SCENE))


class _Server:
    """Answers with the scripted replies in turn, the last one for ever, and keeps what it was sent."""

    def __init__(self, *replies):
        self.requests, self.headers, self.paths = [], [], []
        self._replies = list(replies)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                server.requests.append(json.loads(self.rfile.read(length)))
                server.headers.append(dict(self.headers))
                server.paths.append(self.path)
                reply = server._replies[min(len(server.requests), len(server._replies)) - 1]
                answer = reply(self) if callable(reply) else reply
                if answer is None:
                    return
                status, body, headers = answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                server.paths.append(f"GET {self.path}")
                self.send_error(404)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def serve():
    servers = []

    def start(*replies):
        servers.append(_Server(*replies))
        return servers[-1]

    yield start
    for server in servers:
        server.http.shutdown()
        server.http.server_close()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(endpoint.time, "sleep", lambda _: None)


def _write(server, **more):
    return EndpointWriter(server.url, "tiny", timeout_seconds=5, **more).write(ASKED, SceneDraft, seed=3)


def test_structured_output_is_asked_for_first(serve):
    server = serve(_says(json.dumps(SCENE)))
    assert _write(server).caption == "The sun is high."
    request = server.requests[0]
    assert server.paths == ["/v1/chat/completions"]
    assert (request["model"], request["stream"], request["messages"]) == ("tiny", False, ASKED)
    assert request["response_format"]["type"] == "json_schema"
    schema = request["response_format"]["json_schema"]["schema"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(SceneDraft.model_fields)


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_without_schemas_gets_json_mode_then_plain_words(serve, status):
    refused = (status, b'{"error": "unknown field response_format"}', {})
    server = serve(refused, refused, _says(json.dumps(SCENE)))
    writer = EndpointWriter(server.url, "tiny", timeout_seconds=5)
    assert writer.write(ASKED, SceneDraft, seed=3).title == "Noon"
    assert [request.get("response_format", {}).get("type") for request in server.requests] == [
        "json_schema",
        "json_object",
        None,
    ]
    assert '"maxLength"' in server.requests[1]["messages"][1]["content"]
    assert '"maxLength"' in server.requests[2]["messages"][1]["content"]
    assert set(server.requests[2]) == {"model", "messages", "stream"}
    writer.write(ASKED, SceneDraft, seed=4)
    assert len(server.requests) == 4, "the mode that works is kept"


@pytest.mark.parametrize(
    "text",
    [
        'Sure! Here it is:\n```json\n{"title": "Noon", "caption": "The sun is high."}\n```\nEnjoy.',
        'Here: {"title": "Noon", "caption": "The sun is high."} I hope you like it.',
        '<think>{"title": "wrong"}</think>{"title": "Noon", "caption": "The sun is high."}',
        '{"title": "Noon", "caption": "The sun is high.", "cast": [{"character": "a", "po',
        "{'title': 'Noon', 'caption': 'The sun is high.',}",
        '{"title": "Noon", "caption": "The sun is high.", "mood": "sour", "extra": [1, 2]}',
        '```\n{"title": "Noon", "caption": "The sun is high."',
    ],
)
def test_wrapped_broken_and_slightly_wrong_answers_are_understood(serve, text):
    server = serve(_says(text))
    draft = _write(server)
    assert (draft.title, draft.caption, draft.mood) == ("Noon", "The sun is high.", "joyful")
    assert len(server.requests) == 1


def test_a_wrong_answer_is_asked_for_again_with_the_reason(serve):
    server = serve(_says('{"foo": 1}'), _says(json.dumps(SCENE)))
    assert _write(server).title == "Noon"
    again = server.requests[1]["messages"]
    assert [message["role"] for message in again] == ["system", "user", "assistant", "user"]
    assert "title: Field required" in again[3]["content"]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (_says("I would rather not plan albums today."), "no JSON object"),
        (_says('{"foo": 1}'), "title: Field required"),
        (_says("[1, 2]"), "no JSON object"),
        (_says(""), "empty"),
        (_says("{" * 500), "no JSON object|required"),
        ((200, b"<html><body>Welcome</body></html>", {}), "a web page"),
        ((200, b"\xff\xfe\x00", {}), "no JSON"),
        ((200, b"[]", {}), "no choices"),
        ((200, b'{"choices": []}', {}), "no choices"),
        ((200, b'{"choices": [{}]}', {}), "empty"),
        ((200, b'{"choices": [{"message": {"content": null, "refusal": "No."}}]}', {}), "refused: No"),
        ((500, b"out of memory", {}), "status 500: out of memory"),
        ((503, b"loading", {}), "status 503"),
        ((429, b"slow down", {}), "status 429"),
    ],
)
def test_unusable_answers_end_after_three_tries(serve, reply, message):
    server = serve(reply)
    with pytest.raises(AlbumError, match=message) as caught:
        _write(server)
    assert server.url in str(caught.value)
    assert "plan with the rules" in str(caught.value)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ((401, b"no key", {}), "not allowed"),
        ((403, b"no", {}), "not allowed"),
        ((404, b"no such model", {}), "often ends in /v1.*no such model"),
        ((400, b"bad model", {}), "status 400: bad model"),
        ((418, b"teapot", {}), "status 418"),
    ],
)
def test_refusals_are_not_repeated(serve, reply, message):
    server = serve(reply)
    with pytest.raises(AlbumError, match=message):
        _write(server)
    assert len(server.requests) <= 3


def test_redirects_are_not_followed(serve):
    other = serve(_says(json.dumps(SCENE)))
    server = serve((307, b"", {"Location": other.url}))
    with pytest.raises(AlbumError, match="redirect"):
        _write(server)
    assert other.requests == []
    assert other.paths == []


def test_proxies_of_the_environment_are_not_used(serve, monkeypatch):
    proxy = serve(_says(json.dumps(SCENE)))
    server = serve(_says(json.dumps(SCENE)))
    monkeypatch.setenv("http_proxy", proxy.url)
    _write(server)
    assert proxy.requests == []


def test_an_endless_answer_is_cut(serve, monkeypatch):
    monkeypatch.setattr(endpoint, "MAX_REPLY_BYTES", 1000)
    server = serve((200, b" " * 5000, {}))
    with pytest.raises(AlbumError, match="larger than 1,000 bytes"):
        _write(server)


def _dripping(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(60):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            threading.Event().wait(0.05)
    except OSError:
        pass


def _dripping_headers(handler):
    try:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(60):
            handler.wfile.write(f"X-{number}: 1\r\n".encode())
            handler.wfile.flush()
            threading.Event().wait(0.05)
    except OSError:
        pass


def _silent(handler):
    threading.Event().wait(2)


@pytest.mark.parametrize("reply", [_silent, _dripping, _dripping_headers])
def test_a_slow_server_is_left_in_time(serve, reply):
    server = serve(reply)
    writer = EndpointWriter(server.url, "tiny", timeout_seconds=1)
    with pytest.raises(AlbumError, match="did not answer within 1 seconds"):
        writer.write(ASKED, SceneDraft, seed=3)


def test_a_server_that_hangs_up_is_named(serve):
    server = serve(lambda handler: handler.connection.close())
    with pytest.raises(AlbumError, match="cannot be reached"):
        _write(server)


def test_a_server_that_is_not_there_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    writer = EndpointWriter(f"http://127.0.0.1:{port}/v1", "tiny", timeout_seconds=2)
    with pytest.raises(AlbumError, match=f"127.0.0.1:{port}.*cannot be reached"):
        writer.write(ASKED, SceneDraft, seed=0)


def test_https_to_a_plain_server_is_said(serve):
    server = serve(_says("{}"))
    writer = EndpointWriter(server.url.replace("http:", "https:"), "tiny", timeout_seconds=2)
    with pytest.raises(AlbumError, match="cannot be reached"):
        writer.write(ASKED, SceneDraft, seed=0)


def test_the_key_goes_to_the_server_and_nowhere_else(serve, monkeypatch):
    monkeypatch.setenv("ALBUM_API_KEY", KEY)
    server = serve(_says(json.dumps({"title": "T is", "summary": "A summary.", "caption": "A caption."})))
    writer = EndpointWriter(server.url, "tiny", "ALBUM_API_KEY", timeout_seconds=5)
    plan = plan_with_model("a picnic in the park", photos=1, seed=1, style="auto", writer=writer)
    assert all(headers["Authorization"] == f"Bearer {KEY}" for headers in server.headers)
    assert KEY not in plan_json(plan)
    assert KEY not in repr(writer)
    assert plan.planner == "llm@1:tiny"


def test_a_key_that_the_model_repeats_does_not_come_into_the_draft(serve, monkeypatch):
    monkeypatch.setenv("ALBUM_API_KEY", KEY)
    server = serve(_says(json.dumps({"title": KEY, "caption": f"The key is {KEY}."})))
    assert KEY not in str(_write(server, key_variable="ALBUM_API_KEY"))


def test_without_a_key_no_authorization_is_sent(serve, monkeypatch):
    monkeypatch.setenv("ALBUM_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server = serve(_says(json.dumps(SCENE)))
    _write(server)
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("status", [401, 418, 500])
def test_a_server_that_repeats_the_key_does_not_bring_it_into_the_message(serve, monkeypatch, status):
    monkeypatch.setenv("ALBUM_API_KEY", KEY)
    server = serve((status, f"bad key {KEY}".encode(), {}))
    with pytest.raises(AlbumError) as caught:
        _write(server, key_variable="ALBUM_API_KEY")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("name", ["sk-abc123", "OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "album_key", "ALBUM_A B"])
def test_only_variables_meant_for_albums_are_read(monkeypatch, name):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(AlbumError, match="begins with ALBUM_") as caught:
        EndpointWriter("http://127.0.0.1:1/v1", "tiny", name)
    assert name not in str(caught.value)


@pytest.mark.parametrize("value", [None, "", "two\nlines", "schlüssel"])
def test_a_variable_without_a_usable_key_is_named(monkeypatch, value):
    monkeypatch.delenv("ALBUM_API_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("ALBUM_API_KEY", value)
    with pytest.raises(AlbumError, match="ALBUM_API_KEY holds no usable key"):
        EndpointWriter("http://127.0.0.1:1/v1", "tiny", "ALBUM_API_KEY")


def test_a_key_is_not_sent_unencrypted_over_the_internet(monkeypatch):
    monkeypatch.setenv("ALBUM_API_KEY", KEY)
    with pytest.raises(AlbumError, match="use https"):
        EndpointWriter("http://models.example.org/v1", "tiny", "ALBUM_API_KEY")
    EndpointWriter("https://models.example.org/v1", "tiny", "ALBUM_API_KEY")
    EndpointWriter("http://192.168.1.20:8000/v1", "tiny", "ALBUM_API_KEY")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "http://"),
        ("127.0.0.1:11434", "http://"),
        ("file:///etc/passwd", "http://"),
        ("ftp://host/v1", "http://"),
        ("http://", "http://"),
        ("http://host:99999/v1", "cannot be read"),
        ("http://[::1/v1", "cannot be read"),
        ("http://me:pw4711@host/v1", "password"),
        ("http://ho st/v1", "spaces"),
        ("http://host/v1\r\nX: y", "spaces"),
    ],
)
def test_addresses_that_cannot_be_used_are_refused(url, message):
    with pytest.raises(AlbumError, match=message) as caught:
        EndpointWriter(url, "tiny")
    assert "pw4711" not in str(caught.value)


def test_a_query_is_sent_but_not_shown(serve):
    server = serve((404, b"", {}))
    writer = EndpointWriter(f"{server.url}/?token=4711", "tiny", timeout_seconds=5)
    with pytest.raises(AlbumError) as caught:
        writer.write(ASKED, SceneDraft, seed=0)
    assert server.paths == ["/v1/chat/completions?token=4711"]
    assert "4711" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"model": " "}, "Name the server's model"),
        ({"model": "m" * 151}, "Name the server's model"),
        ({"timeout_seconds": 0.5}, "time-out"),
        ({"timeout_seconds": 4000}, "time-out"),
        ({"timeout_seconds": float("nan")}, "time-out"),
        ({"temperature": 3}, "temperature"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, message):
    with pytest.raises(AlbumError, match=message):
        EndpointWriter(**{"base_url": "http://127.0.0.1:1/v1", "model": "tiny", **arguments})


def test_without_the_repair_library_whole_answers_still_work(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "json_repair", None)
    assert parse_reply('Here: {"a": 1}.') == {"a": 1}
    with pytest.raises(ValueError, match="no JSON object"):
        parse_reply('{"a": 1')
