"""Safe use after a purchase: buyers are told by kind of goods, after delivery, by season and upon news."""
