"""Online half of xiaojuren: understand a question, retrieve, answer with citations."""
