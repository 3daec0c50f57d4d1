"""What every other package may use; knows neither docs/ nor site/.

environment    makes .venv from the lock, on a bare Python
config         mkdocs.yml, read once, and the checks of what is ours in it
findings       one fault and where it is; how a list of them is printed
near           the word somebody meant
swedish        dates in words, Swedish order, ids out of words, short telephone numbers
"""
