"""The command that asks the net.

fetch          the only part that sends
verdict        what an answer means
history        what was known before, in link-state.json
drift          whether a page says something else than last time
run            all addresses, a host at a time
command        its options
"""
