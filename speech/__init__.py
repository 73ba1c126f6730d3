"""Lines -> utterances: sound with phone timing."""
