"""What may be done to plans, headings and reporting periods. Every function that writes checks the right again."""
