"""
From a Paper to files: text, Markdown, Word, PDF, scans.

A writer knows how people and programs lay out what is printed, and not what any line means.
"""
