"""What every other package may use; knows neither docs/ nor site/.

environment    makes .venv from the lock, on a bare Python
forms          fills the Jinja templates that stand beside their module
findings       one fault and where it is; how a list of them is printed
values         how numbers, times and statutes look in text, and their one form
near           the word somebody meant
swedish        dates in words, Swedish order, ids out of words, short telephone numbers
"""
