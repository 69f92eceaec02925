"""The data folder, kept whole: prepared, checked, copied, put back.

What is in it belongs to the rooms below; how people ask for these things belongs to the surfaces above.
"""
