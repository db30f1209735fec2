"""Ages as days: shared by the table and by the SQL statement, without the weight of polars."""

from datetime import date


def birth_limit(years: int, on: date) -> date:
    """The last birth date of somebody who is `years` old on the day `on` (29 February: see `facts.age_on`)."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)
