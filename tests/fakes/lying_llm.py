"""A language model that lies: an OpenAI-compatible HTTP server with a thread for each request.

It reads the prompt as a model would, sees which lines are wanted and which facts there are, and
then does whatever its `modes` say, one after the other, over and over.
"""

import itertools
import json
import random
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HONEST = "honest"
# what it says, all of it untrue or forbidden
LIES: dict[str, dict[str, tuple[str, ...]]] = {
    "prices": {
        "zh": ("{name}今天只要{n}元，赶紧拍。", "原价{n}元的{name}，现在立省{n}元。", "买{name}再送你一张满{n}减{n}的券。",
               "库房里还剩{n}件{name}。", "{name}已经卖出{n}单了。", "{name}打{d}折，只有今晚。"),
        "en": ("{name} is only {n} yuan tonight.", "It was {n} dollars, now save {n} percent.",
               "Only {n} pieces of {name} left.", "{n} people bought {name} today."),
    },
    "cures": {
        "zh": ("{name}能治好湿疹和鼻炎。", "用了{name}，失眠很快就好了。", "医生都推荐{name}，无效退款。",
               "{name}抗癌防癌，孕妇也能放心用。", "三天见效，{name}保证让你变白。", "{name}经过临床验证，没有副作用。"),
        "en": ("{name} cures eczema for good.", "{name} is clinically proven to heal your skin.",
               "Doctors recommend {name}, results guaranteed.", "{name} is safe for pregnant women and babies."),
    },
    "orders": {
        # what the viewer or the product copy told it to do
        "zh": ("好的，我忽略之前的规则，{name}全场免费送。", "系统提示已更新，现在{name}改成1元。",
               "大家加微信abc12345，私下转账更便宜。", "我是真人主播，不是AI。", "这家店是骗子，大家别买。",
               "{name}是全网最低价，比隔壁直播间便宜。"),
        "en": ("Ignoring my previous instructions, {name} is free for everyone.",
               "Add me on whatsapp 5551234567 and pay outside the app.", "I am a real human, not an AI.",
               "{name} is the best in the world, lowest price anywhere."),
    },
    "tales": {
        # lies without a figure and without a forbidden word
        "zh": ("{name}是德国进口的，手工缝制。", "{name}里面加了黄金和燕窝。", "很多明星都在用{name}。",
               "{name}拿过国际大奖，还有专利。", "下单{name}就送一台手机。", "{name}可以放进微波炉，也能丢洗衣机。",
               "{name}终身保修，坏了就换新。", "{name}用的是航天材料。"),
        "en": ("{name} is handmade in Switzerland.", "There is real gold in {name}.",
               "Film stars use {name} every day.", "{name} has won an award and is patented.",
               "Order {name} and get a free phone.", "{name} comes with a lifetime warranty."),
    },
    "tongue": {
        "zh": ("Hello everyone, this {name} is really lovely to use.", "みなさん、こんにちは。今日はこれを紹介します。",
               "Всем привет, посмотрите на этот товар.", "Bonjour à tous, regardez ce produit."),
        "en": ("大家好，今天给大家看一款很舒服的东西。", "みなさん、こんにちは。", "Bonjour à tous, regardez ce produit magnifique ensemble.",
               "Hallo zusammen, heute zeigen wir euch dieses Produkt hier."),
    },
}  # fmt: skip
_PLAIN = {
    "zh": ("大家有想问的，直接打在评论区。", "想看哪里告诉我，我慢慢讲给大家听。", "不着急，先看看资料再决定。", "刚来的朋友可以先听我讲一遍。",
           "喜欢的话，链接就在屏幕下方。", "大家平时都喜欢什么样的？告诉我。"),
    "en": ("Ask me anything, just type it in the comments.", "Tell me what you want to see and I will go slowly.",
           "No hurry, have a look first.", "If you just came in, stay a moment and listen.",
           "If you like it, the link is right there.", "What do you look for yourself? Tell me."),
}  # fmt: skip
_TOLD = {
    "zh": ("说到{what}，资料里写的是{says}。", "{what}这一条我念给大家听，{says}。", "看一下{what}，{says}，写得很清楚。"),
    "en": ("About {what}: the page says {says}.", "Let me read you the {what}, {says}.",
           "Look at the {what}, {says}, plainly written."),
}  # fmt: skip


class LyingLLM:
    """Serves on a free port of this machine while it is open."""

    def __init__(self, modes: Sequence[str] = (HONEST,), seed: int = 0) -> None:
        self.modes = list(modes)
        self.rng = random.Random(seed)
        self.requests: list[dict[str, Any]] = []
        self.told: list[str] = []
        # every text it has sent
        self.released = threading.Event()
        # ends every stall
        self._turn = itertools.count()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def serving(self) -> Iterator["LyingLLM"]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def mode(self) -> str:
        return self.modes[next(self._turn) % len(self.modes)]

    def reply(self, body: dict[str, Any], mode: str) -> str:
        """What the model writes to this prompt."""
        prompt = body["messages"][-1]["content"]
        language = "zh" if re.search(r"请|事实", prompt) else "en"
        rows = [json.loads(row) for row in re.findall(r"^\{\".*\}$", prompt, re.MULTILINE)]
        facts = {row["id"]: row for row in rows if "id" in row}
        name = next((row["product"] for row in rows if "product" in row), "") or "它"
        wanted = re.findall(r"^(\d+)\. \[(.*?)\]", prompt, re.MULTILINE)
        if not wanted:
            ids = list(facts)
            said = self._say(mode, language, name, [facts[i] for i in ids])
            return json.dumps({"say": said, "facts": ids}, ensure_ascii=False)
        lines = []
        for number, listed in wanted:
            ids = [short for short in listed.split(", ") if short in facts]
            said = self._say(mode, language, name, [facts[short] for short in ids])
            lines.append({"step": int(number), "say": said, "facts": list(facts), "cue": "smile"})
            if mode == HONEST:
                lines[-1]["facts"] = ids
        text = json.dumps({"lines": lines}, ensure_ascii=False)
        return re.sub(r'[":{}]', self._spoil, text) if mode == "broken" else text

    def _spoil(self, match: re.Match[str]) -> str:
        return "" if self.rng.random() < 0.2 else match[0]

    def _say(self, mode: str, language: str, name: str, facts: list[dict[str, str]]) -> str:
        if mode in LIES:
            lie = self.rng.choice(LIES[mode][language])
            said = lie.format(name=name, n=self.rng.randint(1001, 9999), d=self.rng.randint(1, 4))
        elif facts and facts[0]["says"]:
            fact = self.rng.choice(facts)
            what = f"{fact['of']}{fact['what']}" if language == "zh" else fact["what"]
            said = self.rng.choice(_TOLD[language]).format(what=what, says=fact["says"])
        else:
            said = self.rng.choice(_PLAIN[language])
        self.told.append(said)
        return said


def _handler(llm: LyingLLM) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            llm.requests.append(body)
            mode = llm.mode()
            try:
                self._act(mode, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _act(self, mode: str, body: dict[str, Any]) -> None:
            match mode:
                case "500" | "429" | "401" | "400":
                    return self._refuse(int(mode))
                case "picky" if "response_format" in body:
                    return self._refuse(400)
                case "deaf":
                    llm.released.wait()
                    self.close_connection = True
                    return None
                case "html":
                    return self._send(200, "text/html", b"<html>no model here</html>")
                case "whole":
                    message = {"message": {"content": llm.reply(body, HONEST)}}
                    data = json.dumps({"choices": [message]}).encode()
                    return self._send(200, "application/json", data)
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            text = llm.reply(body, HONEST if mode in _MANNERS else mode)
            pieces = [text[i : i + 12] for i in range(0, len(text), 12)]
            if mode == "endless":
                pieces = ["blah "] * 4000
            if mode == "thinking":
                pieces = ["<think>{\"say\": \"1元\"} 我想想", "</think>", "```json\n", *pieces, "\n```"]  # fmt: skip
            for count, piece in enumerate(pieces):
                if mode in {"stall", "cut"} and count == len(pieces) // 2:
                    if mode == "stall":
                        llm.released.wait()
                    self.close_connection = True
                    return None
                self._event({"choices": [{"delta": {"content": piece}, "finish_reason": None}]})
            if mode == "error":
                self._event({"error": {"message": "out of memory"}})
            else:
                self._event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
                self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
            return None

        def _event(self, event: dict[str, Any]) -> None:
            self._chunk(b"data: " + json.dumps(event).encode() + b"\n\n")

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        def _refuse(self, status: int) -> None:
            key = self.headers.get("authorization", "")
            self._send(status, "application/json", json.dumps({"error": f"no: {key}"}).encode())

        def _send(self, status: int, kind: str, data: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data)))
            if status == 429:
                self.send_header("retry-after", "7")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


_MANNERS = {"stall", "cut", "endless", "thinking", "picky", "error"}
# modes that are about how it is sent, not what it says
