"""What may be done to actions, ratings, updates and returns, and the rules of RAG and timescales."""
