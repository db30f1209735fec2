"""What a person reads before she agrees: every version ever published, in French, in easy French and in English."""
