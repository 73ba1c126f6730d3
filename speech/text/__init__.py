"""A line's text -> what is really said: clauses, words instead of signs, pinyin."""
