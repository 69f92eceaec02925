"""The pages: a folder a noun, its templates beside its views. A view is parse → ask → show."""
