"""`python -m bot` is `renaksi`."""

from bot.cli import main

main()
