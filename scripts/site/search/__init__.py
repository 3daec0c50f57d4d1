"""The search index: from the built pages to assets/search-index.js and the texts in sok/.

pages     a built page as units: each heading with the text below it
words     text to words and stems, the same way as overrides/assets/search-words.js
index     units to the index
write     the page step: writes the index, the engine and the texts

The engine that reads the index is overrides/assets/search-*.js. The engine and the index are
classic scripts: a page opened from file:// may run scripts, but not fetch data.
"""
