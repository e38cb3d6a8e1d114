"""Forms about actions: rating, update, the action itself, returns, quarters."""
