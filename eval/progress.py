"""The stages of a build, unseen: measurements print only their figures."""

from index.embedding import Silent

__all__ = ["Silent"]
