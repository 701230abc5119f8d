"""`python -m bot` is `renaksi`."""

from bot.entry import main

main()
