"""Compositional questions over any list, made by chance from a seed, with an oracle of their own.

In the spirit of behavioural testing (Ribeiro et al., "Beyond Accuracy: Behavioral Testing of NLP
Models with CheckList", 2020): conditions × asks × phrasings × turns as minimum functionality, and
relations between answers that need no oracle. A paraphrase must not change a set (invariance),
one condition more must not let it grow (direction).

The oracle reads the list with :mod:`eval.tables` and evaluates plain Python predicates; nothing of
the search is used. Where the list leaves open whether a company satisfies a condition, an answer
may hold it or not.
"""
