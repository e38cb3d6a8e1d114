"""Writers: a `BoardReport` in, the bytes of a PDF or workbook or the text of a summary page out. No database."""
