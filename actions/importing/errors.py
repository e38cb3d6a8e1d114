"""The one way in which reading a file fails: with a sentence for the person who gave it."""


class UnreadableFile(Exception):
    """A file that cannot be read. `sentence` says what is wrong and what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
