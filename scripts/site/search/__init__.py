"""The search index: the built pages in, assets/search-index.js and sok/ out.

pages     a built page as units: each heading with the text below it
words     text as words, the same as overrides/assets/search-words.js; what is Swedish in that
index     the index itself
write     the step: writes the files; what the editors say of the search

The engine that reads the index is overrides/assets/search-*.js. It and the index are one classic
script each, for a page opened from file:// may not fetch data, only run scripts.
"""
