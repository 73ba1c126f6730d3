"""All that can speak, behind `speech.engines.voice.Voice`. Used in worker processes alone."""
