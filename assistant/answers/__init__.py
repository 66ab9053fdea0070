"""What each kind of question is answered with: a query and the index in, a draft out.

Each module answers the intents that its function names; ``assistant.engine`` chooses.
"""
