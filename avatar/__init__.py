"""Utterances -> motion of a face and body; the human that moves, as data."""
