"""Text without meaning: equality folding, sentences and words, each with positions in the original.

Nothing here knows of articles or news. Positions are spans of characters in the text as given.
"""

from revtrack.text.folding import fold
from revtrack.text.lexing import words
from revtrack.text.normal import Normal, normalize
from revtrack.text.segment import sentences

__all__ = ["Normal", "fold", "normalize", "sentences", "words"]
