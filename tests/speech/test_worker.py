import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from speech.messages import REPLIES, REQUESTS, Failed, Pulse, Ready, Speak, Spoken

ROOT = Path(__file__).parents[2]


def test_speaks_until_the_end_of_its_input() -> None:
    requests = [
        Speak(1, "L1", "今天只要¥99。", "zh"),
        Speak(2, "L2", "😀", "zh"),
        Speak(3, "L3", "Only $9.90 today.", "en"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "speech.worker"],
        input=b"".join(REQUESTS.encode(request) for request in requests),
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    replies = list(REPLIES.each(BytesIO(done.stdout)))
    assert isinstance(replies[0], Pulse)  # it lives while it makes ready
    ready, first, second, third = (reply for reply in replies if not isinstance(reply, Pulse))
    assert isinstance(ready, Ready)
    assert {"zh", "en"} <= set(ready.languages)
    assert isinstance(first, Spoken)
    assert (first.request_id, first.utterance.line_id) == (1, "L1")
    assert second == Failed(2, "L2", "line L2: nothing to say", retryable=False)
    assert isinstance(third, Spoken)
    assert third.utterance.language == "en"


def test_importing_the_client_loads_no_voice() -> None:
    code = (
        "import sys, speech.client, speech.files\n"
        "loud = {'pynini', 'tn', 'pypinyin', 'soxr', 'pyloudnorm', 'scipy', 'espeakng_loader'}\n"
        "sys.exit(', '.join(loud & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
