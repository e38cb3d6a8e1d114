"""Reading the plan a council already has: Word, Excel, CSV or pasted text to a draft plan.

Three steps, each pure and testable, none of which touches the database:

1. `gate.check_file` looks at size, type and zip directory before anything is parsed.
2. A reader (`read_docx`, `read_xlsx`, `read_csv`, `read_text`) turns bytes into a neutral `grid.Document`.
3. `understanding.understand` turns the document, with a person's answers if there are any, into a `draft.DraftPlan`.

`sandbox.read_file_safely` does all three in a child process with limits; that is the one to call for a stranger's file.
Read first: `sandbox.read_file_safely`, `understanding.understand`, `grid.Document`.
"""
