"""Lines -> utterances: sound with phone timing.

The room starts a `speech.client.SpeechWorker`; the voice itself lives in that worker process.
"""
