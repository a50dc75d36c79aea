"""One supervisor for the processes of an installation.

1. `program`     what a process is: command, environment, health, port
2. `service`     the four programs of Rapport, made from the settings
3. `supervisor`  ordered start, waiting for health, watching, ordered stop
4. `child`       one running program: started, restarted with back-off, stopped
5. `guard`       the small wrapper by which a program dies with its supervisor, even after kill -9
6. `health`      asking a program whether it is well
7. `output`      one log stream out of many
8. `ports`, `state`   taken ports; the file that `rapport status` reads, and the lock on it
"""
