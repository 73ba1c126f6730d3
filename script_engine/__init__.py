"""Facts -> lines to say: pitch and answers, every claim checked against its fact."""
