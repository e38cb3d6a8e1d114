"""The pages about actions, updates and returns."""
