"""What a process of ours gives up before it touches a file of somebody else's."""

import signal


def limit_this_process(memory: int, seconds: int | None = None) -> None:
    """From now on it can take only so many bytes of address space, so many seconds of the processor, and write no file.

    Windows knows no such limits: there the owner's time limit alone ends it, however much it takes until then.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the program ends its processes
    try:
        import resource
    except ModuleNotFoundError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
