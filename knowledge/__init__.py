"""Product files -> facts with their source -> retrieval."""
