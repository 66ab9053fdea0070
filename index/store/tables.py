"""The tables of the records store, dialect-neutral: SQLite embedded, PostgreSQL by its URL.

    documents ─┬─ origins ─┬─ rows ── cells          what the files say, line by line
               │           └─ entities ── facts      what rows of any relation are, typed
               └─ findings                           what looks wrong in them
    chunks ─── targets                               what is compared by words or by meaning
    surfaces                                         name, alias, code, place, value → what it means
    terms                                            word of the thesaurus → companies, with weight

One generation is one set of tables: a file of its own in SQLite, a schema of its own in PostgreSQL.
Every value that an answer may state is a cell (or an entity's payload) and leads to its origin.
Typed values for filtering, grouping and sorting are ``facts``: one row per distinct value that any
row of a company gives, so a company whose rows disagree has several.

Facts of companies, by field:

=============  =======================  ===================================================
field          text                     low, high
=============  =======================  ===================================================
city           short name: 苏州          –
province       short name: 江苏          –
district       as written, folded       –
founded        –                        year, year
headcount      –                        bounds; high NULL where open-ended
batch          –                        number of the batch, twice
listing        listed, unlisted, other  –
exchange       every exchange or board  –
               that holds, folded: 科创板,
               上交所, a股
board          the exchange or board    –
               that the source names
remark         what the cell of a       –
               listing says besides it,
               folded; "" for nothing
code           each stock code          –
list           source name              –
section        each heading above, not  –
               the title, folded
domain, …      each item and the whole, the number in it, in single units, where the
(text fields)  folded                   column's type is numeric
=============  =======================  ===================================================

Statistics have ``place``, ``count`` and their own columns; requirements and passages have ``list``
and ``section``.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

metadata = MetaData()

# Files that cells are cited from: the lists, and the corrections beside them, which have no
# ``summary``.
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    # Counts and lists that only `stats` and updates read, as JSON.
    Column("summary", Text, nullable=False),
)

origins = Table(
    "origins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    # The headings above the lines, outermost first, as a JSON array.
    Column("section", Text, nullable=False),
    Column("line_start", Integer, nullable=False),
    Column("line_end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("sheet", Text, nullable=False, default=""),
)

# Companies, statistics, requirements, passages and unresolved rows; ``id`` is the reading order
# within a relation.
entities = Table(
    "entities",
    metadata,
    Column("relation", String(12), nullable=False),
    Column("id", Integer, nullable=False),
    # For companies the stable public id; for others the number once more.
    Column("key", String(32), nullable=False),
    Column("name", Text, nullable=False, default=""),
    # The name as it is sorted: by the sounds of its characters.
    Column("sort", Text, nullable=False, default=""),
    # Aliases of a company as a JSON array; other relations keep their whole value as JSON.
    Column("payload", Text, nullable=False, default=""),
    Column("origin", ForeignKey("origins.id"), nullable=True),
    PrimaryKeyConstraint("relation", "id"),
    Index("entities_key", "relation", "key", unique=True),
    Index("entities_sort", "relation", "sort", "id"),
)

# Company rows as they stand in the files.
rows = Table(
    "rows",
    metadata,
    Column("id", Integer, primary_key=True),
    # NULL for a row whose company is open; its candidates are then in ``payload``.
    Column("company", Integer, nullable=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", ForeignKey("origins.id"), nullable=False),
    # Slipped cells, typed facts and candidates, as JSON.
    Column("payload", Text, nullable=False),
    Index("rows_company", "company", "position"),
)

cells = Table(
    "cells",
    metadata,
    Column("row", ForeignKey("rows.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("origin", ForeignKey("origins.id"), nullable=False),
    PrimaryKeyConstraint("row", "position"),
    sqlite_with_rowid=False,
)

facts = Table(
    "facts",
    metadata,
    Column("relation", String(12), nullable=False),
    Column("entity", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=True),
    Column("low", Float, nullable=True),
    Column("high", Float, nullable=True),
    # Whether this is the value that the first row gives, by which companies are sorted and grouped
    # where one value is needed.
    Column("first", Boolean, nullable=False),
    Column("row", Integer, nullable=True),
    Index("facts_entity", "relation", "entity", "field"),
    Index("facts_text", "relation", "field", "text", "entity"),
    Index("facts_low", "relation", "field", "low", "high", "entity"),
)

# Which fields the sources have: the registry's and the lists' own columns.
fields = Table(
    "fields",
    metadata,
    Column("key", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("own", Boolean, nullable=False),
    Column("companies", Integer, nullable=False),
    # Sources that have the column, as a JSON array.
    Column("sources", Text, nullable=False),
)

# Every stretch of text that may name something in a question, folded.
surfaces = Table(
    "surfaces",
    metadata,
    Column("surface", Text, nullable=False),
    # company, city, province, district, value, list, section, code, host, column, sound
    Column("kind", String(12), nullable=False),
    # The field of a value; empty for other kinds.
    Column("field", Text, nullable=False, default=""),
    # Company id, canonical value, source or field key.
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("surface", "kind", "field", "value"),
    sqlite_with_rowid=False,
)

# What is compared by words or by meaning: rows, facets, passages and the questions that lead to
# them; ``id`` is the order in which they were made.
chunks = Table(
    "chunks",
    metadata,
    Column("id", Integer, primary_key=True),
    # Hash of what it holds, by which Chroma and the word index know it.
    Column("key", String(24), nullable=False, unique=True),
    Column("kind", String(12), nullable=False),
    Column("field", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("origin", ForeignKey("origins.id"), nullable=False),
    # The entity that it was made from, for statistics, requirements and passages.
    Column("entity", Integer, nullable=True),
    # For a question the key of the chunk it leads to; else empty.
    Column("leads_to", String(24), nullable=False),
    Index("chunks_kind", "kind", "entity"),
)

# The companies that a row or a facet is about, in reading order.
targets = Table(
    "targets",
    metadata,
    Column("chunk", ForeignKey("chunks.id"), nullable=False),
    Column("company", Integer, nullable=False),
    PrimaryKeyConstraint("chunk", "company"),
    Index("targets_company", "company", "chunk"),
    sqlite_with_rowid=False,
)

# What companies are about by the words of their rows.
terms = Table(
    "terms",
    metadata,
    Column("term", Text, nullable=False),
    Column("company", Integer, nullable=False),
    # From 0 to 1; 1 where the word is a whole value, less where it stands within one.
    Column("weight", Float, nullable=False),
    # Whether the word stands in a field that says which trade the company is in.
    Column("trade", Boolean, nullable=False),
    PrimaryKeyConstraint("term", "company"),
    Index("terms_company", "company"),
    sqlite_with_rowid=False,
)

# The trades of the thesaurus that companies are in, by their words, by how they rank, by nearness.
trades = Table(
    "trades",
    metadata,
    Column("trade", Text, nullable=False),
    Column("company", Integer, nullable=False),
    # How far the company is in it, from 0 to 1; see :mod:`index.store.trades`.
    Column("share", Float, nullable=False),
    PrimaryKeyConstraint("trade", "company"),
    Index("trades_company", "company"),
    sqlite_with_rowid=False,
)

# The facts of a field as arrays, which filters, counts, groups and orders are computed from; see
# :mod:`index.store.columns`.
columns = Table(
    "columns",
    metadata,
    # A relation, ``terms`` or ``trades``.
    Column("relation", String(12), nullable=False),
    Column("field", Text, nullable=False),
    Column("part", String(8), nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("relation", "field", "part"),
)

# The distinct texts of a field, numbered for its arrays.
texts = Table(
    "texts",
    metadata,
    Column("relation", String(12), nullable=False),
    Column("field", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("relation", "field", "number"),
    Index("texts_text", "relation", "field", "text"),
)

# In reading order; ``company`` is the one whose rows it is about, NULL for several or none.
findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("company", Integer, nullable=True),
    Index("findings_company", "company"),
)

# The lines that a finding is about.
finding_origins = Table(
    "finding_origins",
    metadata,
    Column("finding", ForeignKey("findings.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("line_start", Integer, nullable=False),
    Column("line_end", Integer, nullable=False),
    Index("finding_origins_line", "source", "sheet", "line_start", "line_end"),
)

# Small things that are read whole, as JSON, by name.
notes = Table(
    "notes",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("payload", Text, nullable=False),
)
