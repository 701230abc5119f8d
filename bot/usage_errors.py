"""A command line that cannot be read, told in Indonesian."""

from typer import TyperException


def usage_sentence(error: TyperException) -> str:
    """What is wrong with the words after `renaksi`, and where to read what is right."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "renaksi"
    return f"{_wrong(error)} Lihat {command} --help."


def _wrong(error: TyperException) -> str:
    match type(error).__name__:  # typer shows us only one of these classes
        case "MissingParameter":
            return f"{_parameter(error)} belum diisi."
        case "BadParameter":
            return f"Isi {_parameter(error)} tidak dapat dipakai."
        case "NoSuchOption":
            return f"Pilihan {getattr(error, 'option_name', '')} tidak dikenal."
        case "BadOptionUsage":
            return f"Pilihan {getattr(error, 'option_name', '')} tidak dapat dibaca."
        case _:
            return "Perintah tidak dapat dibaca."


def _parameter(error: TyperException) -> str:
    """`--port` or `FILE`."""
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "perintah"
    option = parameter.opts[0]
    return option if option.startswith("-") else option.upper()
