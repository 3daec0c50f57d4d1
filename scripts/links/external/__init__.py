"""The command that asks the net.

answers        what is asked and what comes back
guard          which addresses may be dialled
net            the only part that sends
tape           recorded answers
fetch          an address followed to its end
verdict        what an answer means
history        what was known before, in link-state.json
drift          whether a page says something else than last time
register       sources.yml: what it says of an address, moves written in
run            all addresses, a host at a time
command        its options
"""
