"""What every other package may use; knows neither docs/ nor site/.

environment    makes .venv from the lock, on a bare Python
forms          fills the Jinja templates that stand beside their module
findings       one fault and where it is; how a list of them is printed
swedish        dates in words, Swedish order, short telephone numbers, the word somebody meant
"""
