"""Questions understood in the old way, as queries of the algebra.

    types.Query ──▶ Adapter.to_query ──▶ query.Query

It dies when questions are parsed into queries of the algebra at once.
"""

from assistant.adapter.adapter import Adapter
from assistant.adapter.known import Known

__all__ = ["Adapter", "Known"]
