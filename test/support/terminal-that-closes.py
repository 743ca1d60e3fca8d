"""Runs a program in a terminal of its own, types what standard input says, and closes the terminal when that ends.

What the program shows goes to standard error. On standard output: "pid" and its number; "closed" once the terminal is gone, then
the exit status (negative: the signal that ended it).
"""

import os
import pty
import select
import sys

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
print("pid", child, flush=True)

while True:
    ready, _, _ = select.select([terminal, 0], [], [])
    if terminal in ready:
        try:
            os.write(2, os.read(terminal, 65536))
        except OSError:
            break  # The program has ended.
    if 0 in ready:
        keys = os.read(0, 65536)
        if keys == b"":
            break
        os.write(terminal, keys)

os.close(terminal)
print("closed", flush=True)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
