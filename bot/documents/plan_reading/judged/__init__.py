"""What a plan prints, judged: numbers, modes, questions, and the plan of an office."""
