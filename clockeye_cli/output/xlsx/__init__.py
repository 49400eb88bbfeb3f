"""Spreadsheets (.xlsx): a Document as a workbook. Only `book.py` needs xlsxwriter."""
