"""What a channel answers when it does not take something."""

from __future__ import annotations


class ChannelError(Exception):
    """A channel did not take it; the sentence is for a press officer.

    *permanent*: trying again is useless. *unknown*: it may have been taken, so it must not be sent again before
    somebody looked. Neither: it was surely not taken and may be sent again.
    """

    def __init__(self, sentence: str, *, permanent: bool = False, unknown: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.permanent = permanent
        self.unknown = unknown
