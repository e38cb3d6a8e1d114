"""The pages about plans and headings."""
