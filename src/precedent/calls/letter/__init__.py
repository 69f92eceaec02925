"""A call as a letter of one page to national focal points, in six languages: as a Word and as a PDF file."""
