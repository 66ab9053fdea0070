"""Words and meaning: the segmenter, the thesaurus and the sentence encoder."""
