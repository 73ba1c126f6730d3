"""Motion -> pictures and sound -> sinks."""
