"""Lists of a national size, made up, and what indexing and asking them takes.

    python -m eval.national [--sizes 12000,100000,1000000] [--embed-up-to 12000] [FOLDER]

Everything runs in processes of its own and is told in processor time, on which other work hardly
bears, and in the memory that the process held. Of more than ``--embed-up-to`` companies only the
facts are written, by :mod:`eval.facts`: they are measured without vectors.
"""
