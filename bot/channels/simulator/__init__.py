"""The simulator: phones of the office on a web page, a channel like any other, and a clock to move."""
