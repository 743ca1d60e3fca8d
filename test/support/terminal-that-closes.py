"""Runs a program in a terminal of its own, which closes when standard input ends.

What the program shows goes to standard error. On standard output: "closed" once the terminal is gone, then the exit status
(negative: the signal that ended it).
"""

import os
import pty
import select
import sys

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

while True:
    ready, _, _ = select.select([terminal, 0], [], [])
    if terminal in ready:
        os.write(2, os.read(terminal, 65536))
    if 0 in ready and os.read(0, 1) == b"":
        break

os.close(terminal)
print("closed", flush=True)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
