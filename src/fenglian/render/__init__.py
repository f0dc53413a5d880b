"""Making it look right: briefs of the engine as docx, pdf, xlsx and svg.

Every ``write_`` takes a brief and a language and returns bytes; nothing here opens a page of the
web app or writes to disk.
"""
