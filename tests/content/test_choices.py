from __future__ import annotations

from scripts.content import choices


def test_what_is_chosen_is_ascii_and_what_is_read_is_swedish():
    """Editors write the keys, also on a foreign keyboard; readers see the words."""
    for table in (choices.SOURCE_KINDS, choices.QUESTION_KINDS, choices.VERDICTS, choices.STATUSES):
        assert all(key.isascii() and key.islower() for key in table)
        assert all(words[0].isupper() for words in table.values())
    assert set(choices.AHEAD) < set(choices.VERDICTS)
    assert choices.SETTLED in choices.QUESTION_KINDS
